// User-defined operations at run time: their values, their gradients, and the errors of invalid definitions.
import { describe, expect, test } from "vitest"
import { compileReduction } from "../../src/compiler/compile-reduction.ts"
import { ownRows } from "../../src/formula/user-operations.ts"
import { defineOperation, genericSum, genred, keops, type OwnOperation, Vi, Vj } from "../../src/index.ts"
import "../../src/jit/index.ts"

const [x, y] = [Vi("x", 2), Vj("y", 2)]
const points = [1, -2, 0.5, 3]
const samples = [0.25, 1, -1, 2, 0, 0]
const wasm = { backend: "wasm" } as const
const Gauss = defineOperation({ name: "Gauss", args: ["f", "g"], shape: "pair", means: "Exp(-SqDist(f, g))", doc: "A Gaussian." })
const Sech = defineOperation({
  name: "Sech",
  args: ["f"],
  shape: "same",
  scalar: "2 / (exp(f) + power(exp(f), -1))",
  gradient: { f: "-e * Tanh(f) / Cosh(f)" },
})
const rows = (flat: readonly number[]) => Array.from({ length: flat.length / 2 }, (_, n) => flat.slice(2 * n, 2 * n + 2))
const close = (got: ArrayLike<number>, exact: readonly number[]) => {
  expect(got.length).toBe(exact.length)
  for (const [n, value] of exact.entries()) expect(Math.abs(got[n]! - value)).toBeLessThan(2e-6 * (1 + Math.abs(value)))
}

describe("defineOperation", () => {
  test("`means` expands to its formula, also among other terms", async () => {
    const f = keops(["2 * ", "(", ", ", ")"], Gauss, x, y)
    expect(f.text).toBe("2 * Gauss(x, y)")
    expect(f.dim).toBe(1)
    const sums = await keops(["", " + ", "(", ", x)"], f, Gauss, y).sum().with(wasm)({ x: points, y: samples })
    close(
      sums.data,
      rows(points).map((p) => rows(samples).reduce((sum, q) => sum + 3 * Math.exp(-((p[0]! - q[0]!) ** 2) - (p[1]! - q[1]!) ** 2), 0)),
    )
  })

  test("`scalar` is applied to each component, and has the given gradient", async () => {
    const f = keops(["", "(", " - ", ")"], Sech, x, y).sum().with(wasm)
    const all = (term: (d: number) => number) =>
      rows(points).flatMap((p) => p.map((value, k) => rows(samples).reduce((sum, q) => sum + term(value - q[k]!), 0)))
    close(
      (await f({ x: points, y: samples })).data,
      all((d) => 1 / Math.cosh(d)),
    )
    const gradient = await f.grad("x")({ x: points, y: samples, cotangent: [1, 1, 1, 1] })
    close(
      gradient.data,
      all((d) => -Math.tanh(d) / Math.cosh(d)),
    )
  })

  test("`means` determines the gradient", async () => {
    const byMeaning = keops(["", "(", ", ", ")"], Gauss, x, y).sum().with(wasm)
    const plain = keops(["Exp(-SqDist(", ", ", "))"], x, y).sum().with(wasm)
    const inputs = { x: points, y: samples, cotangent: [1, 2] }
    close((await byMeaning.grad("x")(inputs)).data, Array.from((await plain.grad("x")(inputs)).data))
    const laplacian = await keops(["Laplacian(", "(", ", ", "), x)"], Gauss, x, y).sum().with(wasm)({ x: points, y: samples })
    close(
      laplacian.data,
      Array.from((await keops(["Laplacian(Exp(-SqDist(", ", ", ")), x)"], x, y).sum().with(wasm)({ x: points, y: samples })).data),
    )
  })

  test("definitions may use others in `means` and in gradients, which are carried along", async () => {
    const Half = defineOperation({ name: "Half", args: ["f"], shape: "same", means: "f / 2" })
    const Bell = defineOperation({
      name: "Bell",
      args: ["f", "g"],
      shape: "pair",
      uses: [Gauss, Half],
      means: "Half(Gauss(f, g)) + Half(1)",
    })
    const Soft = defineOperation({
      name: "Soft",
      args: ["f"],
      shape: "same",
      uses: [Sech, Half],
      means: "Sech(2 * Half(f))",
      gradient: { f: "3 * e * Sech(f)" },
    })
    const inputs = { x: points, y: samples, cotangent: [1, 2] }
    const plain = keops(["Exp(-SqDist(", ", ", ")) / 2 + 1 / 2"], x, y).sum().with(wasm)
    const bell = keops(["", "(", ", ", ")"], Bell, x, y).sum().with(wasm)
    close((await bell({ x: points, y: samples })).data, Array.from((await plain({ x: points, y: samples })).data))
    close((await bell.grad("x")(inputs)).data, Array.from((await plain.grad("x")(inputs)).data))
    const wide = { x: points, y: samples, cotangent: [1, 2, 3, 4] }
    const soft = keops(["", "(", " - ", ")"], Soft, x, y).sum().with(wasm)
    const sech = keops(["1 / Cosh(", " - ", ")"], x, y).sum().with(wasm)
    const { data } = await sech({ x: points, y: samples })
    close((await soft({ x: points, y: samples })).data, Array.from(data))
    close(
      (await soft.grad("x")(wide)).data,
      Array.from(data, (value, n) => 3 * value * wide.cotangent[n]!),
    )
    // beside the others in one formula
    const all = keops(["", "(", ", ", ") - ", "(", "(", ", ", ")) - 1 / 2"], Bell, x, y, Half, Gauss, x, y)
    close((await all.sum().with(wasm)({ x: points, y: samples })).data, [0, 0])
  })

  test("expands a definition that is used twice only once, however long the chain", () => {
    const operations = Array.from({ length: 30 }, (_, n) =>
      n === 0 ? "operation D0(f): same; means f * Exp(f)" : `operation D${n}(f): same; uses D${n - 1}; means D${n - 1}(f) + D${n - 1}(f)`,
    )
    const variables = [{ name: "x", category: "Vi", dim: 1 }] as const
    const sizes = ["D29(x)", "Grad(D29(x), x, 1)"].map((formula) => {
      return compileReduction({ formula, variables, reduction: "Sum", over: "j", operations }).wgsl.code.length
    })
    expect(Math.max(...sizes)).toBeLessThan(10_000)
  })

  test("`means` may differentiate with respect to its arguments", async () => {
    const Twice = defineOperation({ name: "Twice", args: ["f"], shape: "same", means: "Grad(f * f, f, 1)" })
    const Spread = defineOperation({
      name: "Spread",
      args: ["f", "g"],
      shape: "pair",
      uses: [Gauss],
      means: "Laplacian(Gauss(f, g), f)",
    })
    const inputs = { x: points, y: samples, cotangent: [1, 2, 3, 4] }
    const twice = keops(["", "(", " * ", ")"], Twice, x, y).sum().with(wasm)
    const plain = keops(["2 * ", " * ", ""], x, y).sum().with(wasm)
    close((await twice({ x: points, y: samples })).data, Array.from((await plain({ x: points, y: samples })).data))
    close((await twice.grad("x")(inputs)).data, Array.from((await plain.grad("x")(inputs)).data))
    // within itself and within another: (4 s - 4) exp(-s), where s is the squared distance of vectors of dimension 2
    const spread = "(4 * SqDist(x, y) - 4) * Exp(-SqDist(x, y))"
    const value = async (text: string) => {
      const f = keops([`${text} + 0 * `, "(", ", ", ")"], Spread, x, y)
      return Array.from((await f.sum().with(wasm)({ x: points, y: samples })).data)
    }
    close(await value("Spread(x, y)"), await value(spread))
    close(await value("Laplacian(Spread(x, y), x)"), await value(`Laplacian(${spread}, x)`))
    const nested = (one: string) => `Laplacian((4 * SqNorm2(${one} * x) - 4) * Exp(-SqNorm2(${one} * x)), y)`
    close(await value("Laplacian(Spread(Spread(x, y) * x, 0 * y), y)"), await value(nested(spread)))
  })

  test("is accepted among the aliases of genericSum and genred", async () => {
    const Half = defineOperation({ name: "Half", args: ["f"], shape: "same", uses: [Gauss], means: "f / (2 * Gauss(f, f))" })
    const exact = await keops(["", "(", ", ", ") / 2"], Gauss, x, y).sum().with(wasm)({ x: points, y: samples })
    const generic = genericSum("Half(Gauss(x, y))", "a = Vi(1)", "x = Vi(2)", Half, "y = Vj(2)").with(wasm)
    close((await generic(points, samples)).data, Array.from(exact.data))
    const aliases = [Half, "y = Vj(1, 2)", "x = Vi(0, 2)"] as const
    const general = genred("Half(Gauss(x, y))", aliases, { reduction: "Sum" }).with(wasm)
    close((await general(points, samples)).data, Array.from(exact.data))
    const slope = await general.grad("x")(points, samples, [1, 2])
    const plain = keops(["Exp(-SqDist(", ", ", ")) / 2"], x, y).sum().with(wasm)
    close(slope.data, Array.from((await plain.grad("x")({ x: points, y: samples, cotangent: [1, 2] })).data))
    // @ts-expect-error
    expect(() => genericSum("Gauss(x, x)", "a = Vi(2)", "x = Vi(2)", Gauss)).toThrow("does not fit: the formula has dimension 1")
    // @ts-expect-error
    expect(() => genericSum("Half(x)", "a = Vi(2)", "x = Vi(2)", Sech)).toThrow("unknown operation `Half`")
    // @ts-expect-error
    expect(() => genred("Gauss(x)", [Gauss, "x = Vi(2)"], { reduction: "Sum" })).toThrow("Gauss takes (f, g), got 1 argument")
    // @ts-expect-error
    expect(() => genred("Sech(x)", ["x = Vi(2)", Sech, "x = Vj(2)"], { reduction: "Sum" })).toThrow("`x` is declared twice")
    // @ts-expect-error
    expect(() => genred("Sech(x)", ["x = Vi(2)", Sech, x], { reduction: "Sum" })).toThrow("is not an alias")
  })

  test("errors of formulas name its arguments, dimension rule and name", () => {
    const dim = (f: { readonly dim: number }) => () => f.dim
    const z = Vi("z", 3)
    // @ts-expect-error
    expect(dim(keops(["", "(", ")"], Gauss, x))).toThrow("in `Gauss(x)`: Gauss takes (f, g), got 1 argument")
    // @ts-expect-error
    expect(dim(keops(["", "(", ", ", ")"], Gauss, x, z))).toThrow("in `Gauss(x, z)`: dimensions 2 and 3 differ")
    // @ts-expect-error
    expect(dim(keops(["", " + ", "()"], x, Gauss))).toThrow("Gauss takes (f, g), got no arguments")
    // @ts-expect-error
    expect(dim(keops(["Gaus(", ", x) + ", "(x, x)"], x, Gauss))).toThrow("unknown operation `Gaus` (did you mean `Gauss`?)")
    // @ts-expect-error
    expect(dim(keops(["", " * ", ""], x, Gauss))).toThrow("`Gauss` is an operation; write `Gauss(f, g)`")
  })
})

describe("defineOperation: an invalid definition", () => {
  test("is rejected by types", () => {
    // @ts-expect-error
    defineOperation({ name: "Exp", args: ["f"], shape: "same", means: "f" })
    // @ts-expect-error
    defineOperation({ name: "Mine", args: ["f", "g"], shape: "same", means: "f" })
    // @ts-expect-error
    defineOperation({ name: "Mine", args: ["f"], shape: "sane", means: "f" })
    // @ts-expect-error
    defineOperation({ name: "Mine", args: ["f"], shape: "same" })
    // @ts-expect-error
    defineOperation({ name: "Mine", args: ["f"], shape: "scalar", scalar: "f" })
    // @ts-expect-error
    defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "f", gradient: { g: "e" } })
    const mine = defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "f" })
    expect(mine satisfies OwnOperation<"Mine", "operation Mine(f): same; means f">).toMatchObject({ name: "Mine" })
  })
  type Row = Record<string, unknown>
  const define = defineOperation as unknown as (row: Row) => typeof Sech
  const row = { name: "Mine", args: ["f"], shape: "same", means: "f * f" }
  const of =
    (change: Row, args = 1) =>
    () =>
      keops(["", `(${Array.from({ length: args }, () => "x").join(", ")}) + `, ""], define({ ...row, ...change }), x).dim
  test.each<[Row, string, number?]>([
    [{ name: "Exp" }, "`Exp` cannot name an operation"],
    [{ name: "2x" }, "`2x` cannot name an operation"],
    [{ shape: "sane" }, "unknown shape `sane`; it must be one of same, "],
    [{ shape: "broadcast2" }, "the shape `broadcast2` requires 2 arguments, got 1"],
    [{ args: ["e"] }, "`e` cannot name an argument"],
    [{ args: ["f", "f"], shape: "pair" }, "`f` cannot name an argument", 2],
    [{ means: undefined }, "it has no definition"],
    [{ means: "f *" }, "in the definition of `Mine`: the formula ends after `f *`"],
    [{ means: "Sum(f)" }, "the rule gives the result dimension 2, but `means` has 1"],
    [{ means: "f; gradient f: e" }, "in the definition of `Mine`: unexpected `;` after `f`"],
    [{ means: undefined, scalar: "f +" }, "in the definition of `Mine`: `f +` ends where a number, an argument or a primitive is expected"],
    [{ means: undefined, scalar: "exp(f" }, "`exp(f` ends where"],
    [{ means: undefined, scalar: "f > 1" }, "unexpected `>` in `f > 1`, an expression of the primitives"],
    [{ means: undefined, scalar: "f * * f" }, "unexpected `*` in `f * * f`"],
    [{ means: undefined, scalar: "foo(f)" }, "unknown primitive `foo`; `scalar` is made of add, "],
    [{ means: undefined, scalar: "f + g" }, "unknown name `g` in `scalar`; the arguments are f"],
    [{ means: undefined, scalar: "exp(f, f)" }, "the primitive `exp` requires 1 argument, got 2"],
    [{ means: undefined, scalar: "select(f, 1, 2)" }, "argument 1 of the primitive `select` must be a comparison, like f < 0"],
    [{ means: undefined, scalar: "1 + (f < 2)" }, "argument 2 of the primitive `add` must be a number, not a comparison"],
    [{ means: undefined, scalar: "power(f, 0.5)" }, "argument 2 of the primitive `power` must be an integer literal, like 2"],
    [{ means: undefined, scalar: "f < 2" }, "`f < 2` is a comparison, not a number; write `select(f < 2, 1, 0)`"],
    [{ gradient: { g: "e" } }, "the arguments are f"],
    [{ gradient: { f: "Concat(e, e)" } }, "`f` has dimension 2, but its gradient has 4"],
    [{ shape: "scalar", means: undefined, scalar: "f * f" }, "the shape must be one of same, "],
    [{ shape: "sameInteger", args: ["f", "n"] }, "requires integer literals", 2],
  ])("%j: %s", (change, sentence, args) => {
    expect(of(change, args)).toThrow(sentence)
  })
  test("with the name of another in one formula is rejected", () => {
    const [one, two] = [define(row), define({ ...row, means: "f + f" })]
    expect(() => keops(["", "(", ") + ", "(x)"], one, x, two).dim).toThrow("two operations of this name")
  })
  test("that uses an unknown operation, itself, or another of its name is rejected", () => {
    const [mine, other] = [define(row), define({ ...row, name: "Other" })]
    expect(of({ uses: [undefined] })).toThrow("in the definition of `Mine`: it uses `undefined`, which is not an operation")
    expect(of({ uses: ["Gauss"] })).toThrow("it uses `Gauss`, which is not an operation that `defineOperation` made")
    expect(of({ uses: [mine], means: "Mine(f)" })).toThrow("two operations of this name")
    expect(of({ means: "Sech(f)" })).toThrow("in the definition of `Mine`: unknown operation `Sech`")
    expect(of({ uses: [Sech], means: "Seh(f)" })).toThrow("in the definition of `Mine`: unknown operation `Seh` (did you mean `Sech`?)")
    // A definition cannot use an operation of the formula that it does not declare.
    expect(() => keops(["", "(", ") + ", "(x)"], define({ ...row, means: "Other(f)" }), x, other).dim).toThrow("unknown operation `Other`")
    const uses = [define({ ...row, name: "Other", means: "Sum(f)", shape: "scalar" })]
    expect(of({ uses, means: "Other(f)" })).toThrow("the rule gives the result dimension 2, but `means` has 1")
    const wrong = [define({ ...row, name: "Other", means: "Sum(f)" })]
    expect(of({ uses: wrong, means: "Other(f)" })).toThrow("in the definition of `Mine`: in the definition of `Other`: the rule gives")
    const texts = ["operation A(f): same; uses B; means B(f)", "operation B(f): same; uses A; means A(f)"]
    expect(() => ownRows(texts)).toThrow("in the definition of `B`: circular definition: it uses `A`, which uses it")
    expect(() => ownRows(texts.slice(1))).toThrow("in the definition of `B`: it uses `A`, which is not an operation")
  })
  test("that differentiates an operation without derivative is rejected", async () => {
    const change = { shape: "scalar", means: "TraceOperator(f ** 2, f)" }
    await expect(keops(["", "(", ")"], define({ ...row, ...change }), x).sum()({ x: points })).rejects.toThrow(
      "in the definition of `Mine`: in `TraceOperator(f ** 2, f)`: the formula is not linear in `f`",
    )
  })
  test("with `scalar` and without `gradient` has no gradient", async () => {
    const mine = defineOperation({ name: "Mine", args: ["f"], shape: "same", scalar: "f * f" })
    expect(() => keops(["", "(", ")"], mine, x).sum().grad("x")).toThrow("`Mine` has no derivative here")
  })
})
