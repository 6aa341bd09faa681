// The public API at run time: what it returns, what it rejects and with which sentences, without a compiler and with one.
import { afterEach, describe, expect, test } from "vitest"
import { compileReduction } from "../../src/compiler/compile-reduction.ts"
import { measure } from "../../src/formula/dimensions/reduction.ts"
import { genericArgKMin, genericSum, genred, keops, Matrix, Pm, Vi, Vj } from "../../src/index.ts"
import { currentCompiler, setCompiler } from "../../src/keops/compiler.ts"
import { method, reductions } from "../../src/reductions/reductions.ts"

// The API as a user without types calls it.
// biome-ignore lint/suspicious/noExplicitAny: what types reject must be rejected at run time as well
const untyped = (value: unknown): any => value

const [x, y, g] = [Vi("x", 3), Vj("y", 3), Pm("g", 1)]
const f = keops(["Exp(-", " * SqNorm2(", " - ", "))"], g, x, y)
const cpu = { backend: "wasm" } as const

describe("a formula", () => {
  test("interleaves pieces and terms", () => {
    expect(f.text).toBe("Exp(-g * SqNorm2(x - y))")
    expect(f.category).toBe("ij")
    expect(f.variables.map(({ name }) => name)).toEqual(["g", "x", "y"])
    expect(keops(["", " + ", " * ", ""], f, -2, x).text).toBe("(Exp(-g * SqNorm2(x - y))) + (-2) * x")
    expect(keops(["", " + ", ""], 1e-7, 0.5).text).toBe("1e-7 + 0.5")
  })

  test("reads declarations from its text", () => {
    const inline = keops("Exp(-$<g:Pm(1)> * SqNorm2($< x : Vi( 3 ) > - $<y:Vj(3)>)) * $<g>")
    expect(inline.text).toBe("Exp(-g * SqNorm2(x - y)) * g")
    expect(inline.variables).toEqual([
      { name: "g", category: "Pm", dim: 1 },
      { name: "x", category: "Vi", dim: 3 },
      { name: "y", category: "Vj", dim: 3 },
    ])
  })

  test("is made by a template tag", () => {
    expect(keops`Exp(${x} - ${y})`.text).toBe("Exp(x - y)")
  })

  test("has a category", () => {
    expect([x.category, y.category, g.category, keops("1").category]).toEqual(["i", "j", "pm", "pm"])
  })

  test("has one method for each reduction", () => {
    for (const name of ["sum", "logSumExp", "maxSumShiftExp", "minArgMin", "kMinArgKMin"]) expect(untyped(f)[name]).toBeTypeOf("function")
    for (const name of Object.keys(reductions)) expect(untyped(f)[method(name)]).toBeTypeOf("function")
  })

  test("has a dimension if the build specifies it, or if it is a variable", () => {
    expect(x.dim).toBe(3)
    expect(untyped(keops)(["", ""], x, { tskeops: 2, dim: 3 }).dim).toBe(3)
    expect(() => f.dim).toThrow("`Exp(-g * SqNorm2(x - y))` is not compiled")
  })
})

describe("a signature", () => {
  test("is data", () => {
    expect(f.kMin(2, { over: "i" }).signature).toEqual({
      formula: "Exp(-g * SqNorm2(x - y))",
      reduction: "KMin",
      over: "i",
      k: 2,
      variables: [
        { name: "g", category: "Pm", dim: 1 },
        { name: "x", category: "Vi", dim: 3 },
        { name: "y", category: "Vj", dim: 3 },
      ],
      output: { category: "j", dim: undefined, kind: "values" },
    })
  })

  test("orders aliases by their positions", () => {
    const { variables } = genred("x - y", ["y = Vj(1, 3)", "x = Vi(0,3)"], { reduction: "Sum" }).signature
    expect(variables.map(({ name }) => name)).toEqual(["x", "y"])
  })
})

describe("keops rejects", () => {
  test.each<[string, () => unknown]>([
    ["in `2x = Vi(3)`: `2x` is not a name", () => Vi(untyped("2x"), 3)],
    ["in `x = Vi(0)`: the dimension `0` must be an integer from 1 to 16777216", () => Vi("x", untyped(0))],
    ["in `x = Vj(3.5)`: the dimension `3.5` must be an integer from 1 to 16777216", () => Vj("x", untyped(3.5))],
    ["`x` is declared in two ways", () => untyped(keops)(["", " - ", ""], x, Vj("x", 3))],
    ["got 3 pieces and 1 terms", () => untyped(keops)(["", " - ", ""], x)],
    ["term 1 is not finite", () => untyped(keops)(["", ""], Number.NaN)],
    ["term 1 is a string; a term must be a variable", () => untyped(keops)(["", ""], "x")],
    ["`$<x>` is not declared in this text", () => untyped(keops)("Exp($<x>)")],
    ["`$<x>` needs the build: run `npx tskeops init`, or write", () => keops`Exp($<x>)`],
    ["in `x = Vk(3)`: the category `Vk` must be Vi, Vj or Pm", () => untyped(genericSum)("x", "a = Vi(3)", "x = Vk(3)")],
    ["`x: Vi(3)` is not an alias; write it like `x = Vi(3)`", () => untyped(genericSum)("x", "a = Vi(3)", "x: Vi(3)")],
    ["`x` is declared twice", () => untyped(genericSum)("x", "a = Vi(3)", "x = Vi(3)", "x = Vi(3)")],
    ["the output `a = Pm(3)` must be Vi or Vj", () => untyped(genericSum)("x", "a = Pm(3)", "x = Vi(3)")],
    ["the positions of aliases must be 0, 1, 2 and so on", () => untyped(genred)("x", ["x = Vi(1, 3)"], { reduction: "Sum" })],
    ["reduction: expected Sum, LogSumExp", () => untyped(genred)("x", ["x = Vi(3)"], { reduction: "Median" })],
    ["KMin needs K, 1 or more: add `k: 5` to the options", () => untyped(genred)("x", ["x = Vi(3)"], { reduction: "KMin" })],
    ["Sum accepts no K; leave `k` out", () => untyped(genred)("x", ["x = Vi(3)"], { reduction: "Sum", k: 2 })],
    ["K, the number of entries to keep, must be an integer from 1 to 65536, got 1.5", () => f.kMin(untyped(1.5))],
    ["K, the number of entries to keep, must be an integer from 1 to 65536, got 0", () => f.kMin(untyped(0))],
    ["SumSoftMaxWeight needs a weight: give a second formula as `weight`", () => untyped(f).sumSoftMaxWeight()],
    ["SumSoftMaxWeight needs a weight", () => untyped(f).sumSoftMaxWeight("y")],
    ["LogSumExp needs a weight", () => untyped(f).logSumExp({ weight: 5 })],
    ["LogSumExp needs a weight", () => untyped(f).logSumExp({ weight: null })],
    ["SumSoftMaxWeight needs a weight", () => untyped(genred)("x", ["x = Vi(1)"], { reduction: "SumSoftMaxWeight" })],
    ["Sum accepts no weight; leave `weight` out", () => untyped(f).sum({ weight: y })],
    ["`x` is declared in two ways", () => untyped(f).sumSoftMaxWeight(Vj("x", 3))],
    ['over: expected "i" or "j", got "k"', () => f.sum(untyped({ over: "k" }))],
    ['there is no option "axis", only over, weight', () => f.sum(untyped({ axis: 0 }))],
    ['there is no option "k", only over, weight', () => f.kMin(3, untyped({ k: 5 }))],
    [
      'there is no option "axis", only reduction, k, over, weight',
      () => untyped(genred)("x", ["x = Vi(3)"], { reduction: "Sum", axis: 0 }),
    ],
    ['`["a = Vi(3)","x = Vi(3)"]` is not an alias', () => untyped(genericSum)("x", ["a = Vi(3)", "x = Vi(3)"])],
    ['`["x = Vi(3)"]` is not an alias', () => untyped(genericSum)("x", "a = Vi(3)", ["x = Vi(3)"])],
  ])("%s", (sentence, make) => expect(make).toThrow(sentence))
})

describe("without a compiler a call", () => {
  test("reports what is missing", async () => {
    await expect(f.sum()({ x: [], y: [], g: [1] })).rejects.toThrow(
      '`Exp(-g * SqNorm2(x - y))` is not compiled: run `npx tskeops init`, or import "tskeops/jit"',
    )
    await expect(f.sum()({ x: [], y: [], g: [1] })).rejects.toThrow('import "tskeops/jit"')
  })
})

describe("with the compiler a formula", () => {
  const before = currentCompiler()
  const withCompiler = <T>(body: () => T): T => {
    setCompiler(compileReduction, measure)
    return body()
  }
  afterEach(() => setCompiler(before?.compile as never, before?.measure))

  test("has its dimension and its mistakes at once", () => {
    withCompiler(() => {
      expect(f.dim).toBe(1)
      expect(() => untyped(keops)("$<x:Vi(3)> - $<y:Vj(2)>").sum()).toThrow("in `x - y`: dimensions 3 and 2 differ")
      expect(() => untyped(genericSum)("SqNorm2(x)", "a = Vi(2)", "x = Vi(3)")).toThrow(
        "the output `a = Vi(2)` does not fit: the formula has dimension 1",
      )
    })
  })

  test("accepts a record in any order, and rejects unknown names", async () => {
    setCompiler(compileReduction, measure)
    const sum = keops(["Exp(-", " * SqNorm2(", " - ", "))"], g, x, y).sum().with(cpu)
    const out = await sum({
      y: [
        [0, 0, 0],
        [1, 0, 0],
      ],
      x: [0, 0, 0],
      g: [1],
    })
    expect(out).toBeInstanceOf(Matrix)
    expect(out.data[0]).toBeCloseTo(1 + Math.exp(-1), 6)
    expect(sum.signature.output.dim).toBe(1)
    await expect(untyped(sum)({ x: [0, 0, 0], g: [1] })).rejects.toThrow("y: this input is missing")
    await expect(untyped(sum)({ x: [0, 0, 0], y: [], g: [1], z: [] })).rejects.toThrow("z: the formula has no such variable; it has")
    await expect(untyped(sum)([0, 0, 0])).rejects.toThrow("expected one record of inputs")
  })

  test("returns pairs, indices and ranks", async () => {
    setCompiler(compileReduction, measure)
    const distance = keops(["SqDist(", ", ", ")"], x, y)
    const inputs = {
      x: [[0, 0, 0]],
      y: [
        [3, 0, 0],
        [1, 0, 0],
        [2, 0, 0],
      ],
    }
    const { values, indices } = await distance.kMinArgKMin(2).with(cpu)(inputs)
    expect([values.toArray(), indices.toArray()]).toEqual([[[1, 4]], [[1, 2]]])
    expect(indices.data).toBeInstanceOf(Int32Array)
    const knn = genericArgKMin("SqDist(x, y)", "a = Vi(2)", "x = Vi(3)", "y = Vj(3)").with(cpu)
    expect((await knn(inputs.x, inputs.y)).toArray()).toEqual([[1, 2]])
    const other = await distance.min({ over: "i" }).with(cpu)(inputs)
    expect([other.category, other.toArray()]).toEqual(["j", [[9], [1], [4]]])
  })

  test("with a weight has the variables of both formulas as inputs", async () => {
    setCompiler(compileReduction, measure)
    const b = Vj("b", 2)
    const mean = keops(["-SqDist(", ", ", ")"], x, y).sumSoftMaxWeight(keops(["2 * ", ""], b))
    expect(mean.signature.variables.map(({ name }) => name)).toEqual(["x", "y", "b"])
    expect(mean.signature.weight).toBe("2 * b")
    const inputs = {
      x: [[0, 0, 0]],
      y: [
        [0, 0, 0],
        [1, 0, 0],
      ],
      b: [
        [1, 2],
        [3, 5],
      ],
    }
    const out = await mean.with(cpu)(inputs)
    const share = Math.exp(-1) / (1 + Math.exp(-1))
    expect(out.dim).toBe(2)
    expect(out.data[0]).toBeCloseTo(2 + 4 * share, 5)
    expect(out.data[1]).toBeCloseTo(4 + 6 * share, 5)
    const log = await keops(["", " | ", ""], x, y).logSumExp({ weight: b, over: "i" }).with(cpu)(inputs)
    expect([log.category, log.rows, log.dim]).toEqual(["j", 2, 2])
    expect(log.data[3]).toBeCloseTo(Math.log(5), 5)
    const general = genred("x | y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "Max_SumShiftExp", weight: "y" }).with(cpu)
    expect((await general(inputs.x, inputs.y)).toArray()).toEqual([[0, 1, 0, 0]])
    expect(() => untyped(keops(["", " - ", ""], x, y)).sumSoftMaxWeight(b)).toThrow("the formula must have dimension 1, got 3")
    expect(() => untyped(genred)("x | y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "LogSumExp", weight: "q" })).toThrow(
      "unknown variable `q`",
    )
  })

  test("runs without variables, and concurrently", async () => {
    setCompiler(compileReduction, measure)
    const one = keops("2 + 3").sum().with(cpu)
    const [a, b] = await Promise.all([one(), one()])
    expect([a.data[0], b.data[0]]).toEqual([5, 5])
  })
})
