// Errors if the transformer has not run: at a term, and at a `$<x>` of a tag, with and without the compiler. The compiler comes last.
import { describe, expect, test } from "vitest"
import { genericArgKMin, genericArgMin, genericLogSumExp, genericSum, keops, Matrix, Pm, Vi, Vj } from "../../src/index.ts"

const untyped = keops as unknown as (
  pieces: unknown,
  ...terms: readonly unknown[]
) => { readonly text: string; sum(): (inputs: object) => Promise<unknown> }
const x = Vi("x", 3)
const y = Vj("y", 3)
const term = "; a term must be a variable, a formula, an operation or a finite number"

test.each([
  [`term 1 is not finite${term}`, Number.NaN],
  [`term 1 is not finite${term}`, Number.POSITIVE_INFINITY],
  [`term 1 is a string${term}`, "x"],
  [`term 1 is a boolean${term}`, true],
  [`term 1 is a bigint${term}`, 3n],
  [`term 1 is undefined${term}`, undefined],
  [`term 1 is null${term}`, null],
  [`term 1 is an object${term}`, { a: 1 }],
  [`term 1 is a function${term}`, () => 2],
  [`term 1 is a reduction${term}`, x.sum()],
  ['term 1 is data; declare a variable for it, like `Vi("x", 3)`, and pass the data at the call', [1, 2]],
  ['term 1 is data; declare a variable for it, like `Vi("x", 3)`, and pass the data at the call', new Float32Array(3)],
  [
    'term 1 is data; declare a variable for it, like `Vi("x", 3)`, and pass the data at the call',
    new Matrix(new Float32Array(3), 1, 3, "i"),
  ],
])("keops rejects a term: %s", (sentence, wrong) => {
  expect(() => untyped(["", " * ", ""], wrong, x)).toThrow(new TypeError(sentence))
})

test.each([
  [42, "42 * x"],
  [-0.5, "(-0.5) * x"],
  [1e-3, "0.001 * x"],
  [1e21, "1e+21 * x"],
  [-1e-7, "(-1e-7) * x"],
])("keops writes the number %s as %s", (number, text) => {
  expect(untyped(["", " * ", ""], number, x).text).toBe(text)
})

test.each([
  ["Exp($<x>)", "`$<x>` is not declared in this text; write for example `$<x:Vi(3)>`"],
  ["Exp($<a.b>)", "`$<a.b>` is not declared in this text; write for example `$<x:Vi(3)>`"],
  ["Exp($<>)", "`$<>` is not declared in this text; write for example `$<x:Vi(3)>`"],
  ["Exp($<x:Vi(3)> - $<y)", "`>` is missing to close `$<y)`"],
])("keops rejects the text %s: %s", (text, sentence) => {
  expect(() => untyped(text)).toThrow(new RegExp(`^${sentence.replace(/[$().]/g, "\\$&")}$`))
})

describe("a tag that was not transformed", () => {
  const tag = () => keops`Exp($<p>)` as unknown
  const sentence = "`$<p>` needs the build: run `npx tskeops init`, or write `$" + "{p}`"
  test("reports both remedies without the compiler", () => {
    expect(tag).toThrow(sentence)
  })
  test("reports with the compiler a remedy that works", async () => {
    await import("../../src/jit/index.ts")
    let said = ""
    try {
      tag()
    } catch (error) {
      said = (error as Error).message
    }
    expect(said).toBe(sentence)
    const p = Pm("p", 1)
    const f = keops`${p} * ${x}`.sum() as unknown as (inputs: object) => Promise<Matrix>
    expect([...(await f({ p: [2], x: [1, 2, 3] })).data]).toEqual([2, 4, 6])
  })
})

test("kMin without K reports what to pass", () => {
  const f = keops(["SqDist(", ", ", ")"], x, y) as unknown as Record<"kMin" | "argKMin" | "kMinArgKMin", () => unknown>
  for (const method of ["kMin", "argKMin", "kMinArgKMin"] as const) {
    expect(() => f[method]()).toThrow(new RangeError("K, the number of entries to keep, must be an integer from 1 to 65536, got undefined"))
  }
})

test.each([
  [["x = Vi(3)", "y = Vj(3)"], "x"],
  [["y = Vj(3)", "x = Vi(3)"], "y"],
])("generic functions report a missing output: %s", async (aliases, name) => {
  await import("../../src/jit/index.ts")
  const sentence = `the first alias, \`${aliases[0]}\`, is the output, but the formula reads \`${name}\`; put an output before it, like \`a = Vi(1)\` (over j) or \`a = Vj(1)\` (over i)`
  for (const generic of [genericSum, genericLogSumExp, genericArgMin, genericArgKMin]) {
    const untyped = generic as unknown as (formula: string, ...aliases: readonly string[]) => unknown
    expect(() => untyped("SqDist(x, y)", ...aliases)).toThrow(sentence)
  }
})

test("valueAndGrad reports an empty list of names", async () => {
  await import("../../src/jit/index.ts")
  const r = x.sum() as unknown as { valueAndGrad(names?: readonly string[]): unknown; grad(name?: string): unknown }
  for (const none of [() => r.valueAndGrad([]), () => r.valueAndGrad(), () => r.grad()]) {
    expect(none).toThrow("a gradient needs the name of one variable or more; for the value alone call the reduction itself")
  }
})
