// Invalid input through the public interface: each has a defined error sentence, or a defined value.
import { describe, expect, test } from "vitest"
import { genericArgKMin, genericSum, genred, keops, Pm, Vi, Vj } from "../../src/index.ts"
import "../../src/jit/index.ts"

type Loose = (...inputs: readonly unknown[]) => Promise<{ readonly data: ArrayLike<number>; readonly rows: number }>
const sum = genericSum as unknown as (...texts: readonly string[]) => Loose & { with(options: object): Loose }
const kMin = genericArgKMin as unknown as (...texts: readonly string[]) => Loose
const general = genred as unknown as (formula: string, aliases: readonly string[], options: object) => Loose
const variable = { Vi, Vj, Pm } as unknown as Record<"Vi" | "Vj" | "Pm", (name: string, dim: number) => unknown>

const x3 = "x = Vi(3)"
const y3 = "y = Vj(3)"
const three = new Float32Array([1, 2, 3])

/** Builds and calls: a user may get the error from either. */
const sums = async (formula: string, ...aliases: string[]) =>
  sum(formula, "a = Vi(1)", ...aliases).with({ backend: "wasm" })(...aliases.map(() => three))

describe("a formula is rejected with", () => {
  test.each([
    ["an unknown operation", "Exq(x|y)", [x3, y3], /unknown operation `Exq`.*did you mean `Exp`/],
    ["an unknown variable", "x|z", [x3, y3], /unknown variable `z`/],
    ["a wrong number of arguments", "Sum(Clamp(x, y))", [x3, y3], /Clamp takes \(f, a, b\)/],
    ["unequal dimensions", "Sum(x - y)", [x3, "y = Vj(2)"], /in `x - y`: dimensions 3 and 2 differ/],
    ["a parenthesis that is not closed", "Exp(-(x|y)", [x3, y3], /`\)`/],
    ["a parenthesis that was not opened", "Exp(x|y))", [x3, y3], /`\)`/],
    ["Elem out of range", "Elem(x, 3) * Sum(y)", [x3, y3], /3/],
    ["a chained comparison", "Sum(x < y < x)", [x3, y3], /compar/],
    ["division by the literal 0", "Sum(x + y) / 0", [x3, y3], /0/],
    ["a duplicate alias", "x|x", [x3, "x = Vj(3)"], /`x`|x:/],
    ["an unknown category", "x|y", [x3, "y = Vk(3)"], /Vk/],
    ["an alias that is none", "x|y", [x3, "y Vj(3)"], /y Vj\(3\)/],
    ["dimension 0", "Sum(x)", ["x = Vi(0)"], /0/],
    ["a dimension that is not an integer", "Sum(x)", ["x = Vi(3.5)"], /3\.5/],
  ] as const)("%s", async (_name, formula, aliases, sentence) => {
    await expect(sums(formula, ...aliases)).rejects.toThrow(sentence)
  })
  test("an output of another dimension", async () => {
    await expect((async () => sum("x - y", "a = Vi(2)", x3, y3)(three, three))()).rejects.toThrow(/3/)
  })
  test("an unknown reduction", async () => {
    await expect((async () => general("x|y", [x3, y3], { reduction: "Median" })(three, three))()).rejects.toThrow(/Median/)
  })
  test.each([0, -1, 2.5])("K = %s", async (k) => {
    await expect((async () => general("x|y", [x3, y3], { reduction: "ArgKMin", k })(three, three))()).rejects.toThrow(/K|k/)
  })
  test.each([
    ["Vi", 0],
    ["Vj", 3.5],
    ["Pm", -1],
    ["Vi", Number.NaN],
  ] as const)("%s of dimension %s", (category, dim) => {
    expect(() => variable[category]("x", dim)).toThrow(new RegExp(String(dim)))
  })
})

describe("an array is rejected, with the name of its variable, for", () => {
  const scalar = sum("Exp(-SqNorm2(x - y))", "a = Vi(1)", x3, y3).with({ backend: "wasm" })
  test.each([
    ["a length that is no multiple", [new Float32Array(3), new Float32Array(4)], /^y: expected a multiple of 3 numbers \(Vj\(3\)\), got 4/],
    ["no array", [new Float32Array(3), undefined], /y/],
    ["a text", ["abc", new Float32Array(3)], /x/],
    [
      "rows of unequal length",
      [
        [
          [1, 2, 3],
          [4, 5],
        ],
        new Float32Array(3),
      ],
      /x/,
    ],
    ["an array too few", [new Float32Array(3)], /y|2/],
    ["an array too many", [three, three, three], /\(x, y\), got 3/],
  ] as const)("%s", async (_name, inputs, sentence) => {
    await expect((async () => scalar(...inputs))()).rejects.toThrow(sentence)
  })
  test("different numbers of rows", async () => {
    const weighted = sum("(x|y) * b", "a = Vi(1)", x3, y3, "b = Vj(1)").with({ backend: "wasm" })
    await expect((async () => weighted(three, new Float32Array(6), new Float32Array(3)))()).rejects.toThrow(/b/)
  })
  test("an unknown backend", async () => {
    await expect((async () => sum("x|y", "a = Vi(1)", x3, y3).with({ backend: "cuda" })(three, three))()).rejects.toThrow(/cuda/)
  })
})

describe("a reduction is defined for", () => {
  test("NaN and infinity", async () => {
    const exps = sum("Exp(x - y)", "a = Vi(1)", "x = Vi(1)", "y = Vj(1)").with({ backend: "wasm" })
    const { data } = await exps([0, Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], [0, 0])
    expect(Array.from(data)).toEqual([2, Number.NaN, 0, Number.POSITIVE_INFINITY])
  })
  test("K greater than the number of rows", async () => {
    const { data } = await kMin("SqDist(x, y)", "a = Vi(4)", "x = Vi(1)", "y = Vj(1)")([0, 9], [5, 1])
    expect(Array.from(data)).toEqual([1, 0, -1, -1, 0, 1, -1, -1])
  })
  test("no rows to reduce, no rows of output", async () => {
    const norms = sum("SqDist(x, y)", "a = Vi(1)", "x = Vi(2)", "y = Vj(2)").with({ backend: "wasm" })
    expect(Array.from((await norms([1, 2, 3, 4], [])).data)).toEqual([0, 0])
    expect((await norms([], [1, 2])).rows).toBe(0)
  })
  test("two calls at the same time", async () => {
    const norms = sum("SqDist(x, y)", "a = Vi(1)", "x = Vi(1)", "y = Vj(1)").with({ backend: "wasm" })
    const [first, second] = await Promise.all([norms([1, 2], [0]), norms([3], [0, 1])])
    expect(Array.from(first.data)).toEqual([1, 4])
    expect(Array.from(second.data)).toEqual([13])
  })
  test("a formula that is used twice", async () => {
    const distance = keops("SqDist($<x:Vi(1)>, $<y:Vj(1)>)")
    const inputs = { x: [0, 10], y: [1, 4] }
    expect(Array.from((await distance.min()(inputs)).data)).toEqual([1, 36])
    expect(Array.from((await distance.max()(inputs)).data)).toEqual([16, 81])
  })
})
