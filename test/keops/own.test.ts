// Operations of a user's own, at run time: their values, their gradients, and what is said of definitions that do not hold together.
import { describe, expect, test } from "vitest"
import { defineOperation, keops, type OwnOperation, Vi, Vj } from "../../src/index.ts"
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
  scalar: "2 / (exp(f) + exp(-f))",
  gradient: { f: "-e * Tanh(f) / Cosh(f)" },
})
const rows = (flat: readonly number[]) => Array.from({ length: flat.length / 2 }, (_, n) => flat.slice(2 * n, 2 * n + 2))
const close = (got: ArrayLike<number>, exact: readonly number[]) => {
  expect(got.length).toBe(exact.length)
  for (const [n, value] of exact.entries()) expect(Math.abs(got[n]! - value)).toBeLessThan(2e-6 * (1 + Math.abs(value)))
}

describe("an operation of one's own", () => {
  test("that means a formula is that formula, beside others and in terms", async () => {
    const f = keops(["2 * ", "(", ", ", ")"], Gauss, x, y)
    expect(f.text).toBe("2 * Gauss(x, y)")
    expect(f.dim).toBe(1)
    const sums = await keops(["", " + ", "(", ", x)"], f, Gauss, y).sum().with(wasm)({ x: points, y: samples })
    close(
      sums.data,
      rows(points).map((p) => rows(samples).reduce((sum, q) => sum + 3 * Math.exp(-((p[0]! - q[0]!) ** 2) - (p[1]! - q[1]!) ** 2), 0)),
    )
  })

  test("that is an expression of the primitives is applied to each component, and has the gradient that is given", async () => {
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

  test("has the gradient of what it means", async () => {
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

  test("is counted, ruled and named in the sentences of formulas", () => {
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

describe("a definition that does not hold together", () => {
  test("is refused by types", () => {
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
    [{ shape: "broadcast2" }, "the shape `broadcast2` takes 2 arguments, got 1"],
    [{ args: ["e"] }, "`e` cannot name an argument"],
    [{ args: ["f", "f"], shape: "pair" }, "`f` cannot name an argument", 2],
    [{ means: undefined }, "it means nothing"],
    [{ means: "f *" }, "in the definition of `Mine`: the formula ends after `f *`"],
    [{ means: "Sum(f)" }, "the rule gives the result dimension 2, but `means` has 1"],
    [{ gradient: { g: "e" } }, "the arguments are f"],
    [{ gradient: { f: "Concat(e, e)" } }, "`f` has dimension 2, but its gradient has 4"],
    [{ shape: "scalar", means: undefined, scalar: "f * f" }, "the shape must be one of same, "],
    [{ shape: "sameInteger", args: ["f", "n"] }, "takes integers written out", 2],
  ])("%j: %s", (change, sentence, args) => {
    expect(of(change, args)).toThrow(sentence)
  })
  test("two of one name in a formula", () => {
    const [one, two] = [define(row), define({ ...row, means: "f + f" })]
    expect(() => keops(["", "(", ") + ", "(x)"], one, x, two).dim).toThrow("two operations of this name")
  })
  test("no gradient where an expression of the primitives says nothing of one", async () => {
    const mine = defineOperation({ name: "Mine", args: ["f"], shape: "same", scalar: "f * f" })
    expect(() => keops(["", "(", ")"], mine, x).sum().grad("x")).toThrow("`Mine` has no derivative here")
  })
})
