// Zeros that a branch makes in a derivative stand for nothing: also in operations of one's own, and at no cost where there is no branch.
import { describe, expect, test } from "vitest"
import { planGradient } from "../../src/calculus/plan-gradient.ts"
import { defineOperation, keops, Vi, Vj } from "../../src/index.ts"
import "../../src/jit/index.ts"
import { programOf } from "../../src/compiler/compile-reduction.ts"
import { schedule } from "../../src/ir/schedule.ts"
import type { Statement } from "../../src/ir/statement.ts"
import { verify } from "../../src/ir/verify.ts"

const wasm = { backend: "wasm" } as const
const x = Vi("x", 1)

describe("a user-defined operation", () => {
  const at = async (f: { sum(): unknown }, points: readonly number[]) => {
    const sum = f.sum() as { grad(name: "x"): { with(options: object): (inputs: object) => Promise<{ data: Float32Array }> } }
    const { data } = await sum.grad("x").with(wasm)({ x: points, cotangent: points.map(() => 1) })
    return Array.from(data, (value) => value + 0)
  }
  const choice = { args: ["f"], shape: "same" } as const

  test("may branch in its gradient", async () => {
    const Own = defineOperation({
      ...choice,
      name: "Own",
      scalar: "select(f < 1, 0, sqrt(f - 1))",
      gradient: { f: "IfElse(f - 1, e / Sqrt(f - 1) / 2, 0)" },
    })
    expect(await at(keops(["", "(", ")"], Own, x), [-3, 2, 5])).toEqual([0, 0.5, 0.25])
    expect(await at(keops(["", "(Log(", "))"], Own, x), [0, 1])).toEqual([0, 0])
  })
  test("may use a mask in its gradient, of the table or of its own", async () => {
    const Open = defineOperation({ ...choice, name: "Open", scalar: "select(f < 0, 0, 1)", gradient: {} as { f: string } })
    const Gate = defineOperation({
      ...choice,
      name: "Gate",
      uses: [Open],
      scalar: "select(f < 0, 0, 2 * f)",
      gradient: { f: "2 * e * Open(f)" },
    })
    const Step = defineOperation({ ...choice, name: "Ramp", scalar: "select(f < 0, 0, f)", gradient: { f: "Step(f) * e" } })
    for (const [own, slope] of [
      [Gate, 2],
      [Step, 1],
    ] as const) {
      expect(await at(keops(["", "(Log(", "))"], own, x), [0, 0.5, 4])).toEqual([0, 0, slope / 4])
    }
  })
  test("may mean a formula that branches", async () => {
    const Safe = defineOperation({ ...choice, name: "Safe", means: "IfElse(f, Sqrt(f), f * f * f)" })
    expect(await at(keops(["", "(", ")"], Safe, x), [-2, -1, 0.25, 4])).toEqual([12, 3, 1, 0.25])
  })
})

const dims = { x: ["Vi", 3], y: ["Vj", 3], g: ["Pm", 1], e: ["Vi", 1], u: ["Vi", 3] } as const

/** What is computed for each pair: operations of the kernel, and how many of them choose or compare. */
function counts(formula: string): { all: number; choices: number } {
  const variables = Object.entries(dims).map(([name, [category, dim]]) => ({ name, category, dim }))
  const { constant, row, column, pair } = schedule(verify(programOf({ formula, variables, reduction: "Sum", over: "j" })))
  const made = { all: 0, choices: 0 }
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === "fold" || statement.kind === "reduce") visit(statement.body)
      if (statement.kind !== "let" || statement.value.kind !== "apply") continue
      made.all++
      if (/^(select|lt|le|eq|ne|and|or|not)$/.test(statement.value.primitive)) made.choices++
    }
  }
  for (const statements of [constant, row, column, pair]) visit(statements)
  return made
}

describe("a gradient without branches needs no guards", () => {
  test.each([
    ["Grad(Exp(-g * SqDist(x, y)), x, e)", 17],
    ["Grad(Exp(-g * SqDist(x, y)), g, e)", 14],
    ["Grad(Exp(-SqDist(x, y) / g), x, e)", 18],
    ["Grad(SqDist(x, y), x, e)", 7],
    ["Grad(Grad(Exp(-g * SqDist(x, y)), x, e), x, u)", 36],
    ["Laplacian(Exp(-g * SqDist(x, y)), x)", 36],
    ["Grad(Exp(x | y), x, e)", 10],
    ["Grad(1 / (1 + SqDist(x, y)), x, e)", undefined],
    ["Grad(Log(1 + SqDist(x, y)), x, e)", undefined],
  ])("%s", (formula, most) => {
    const { all, choices } = counts(formula)
    expect(choices).toBe(0)
    if (most !== undefined) expect(all).toBeLessThanOrEqual(most)
  })
  test.each([
    ["Grad(Norm2(x - y), x, e)", 18],
    ["Grad(Exp(-Norm2(x - y)), x, e)", 22],
    ["Grad(SqDist(x, y) ** 0.75, x, e)", 23],
    ["Grad(Exp(-Sum(Abs(x - y))), x, e)", 27],
    ["Grad(Sum(ReLU(x - y)), x, e)", 12],
    ["Grad(Sum(Clamp(x - y, 0, 1)), x, e)", 18],
    ["Grad(Max(x - y), x, e)", 35],
  ])("nor does %s, though it chooses", (formula, most) => {
    const { all, choices } = counts(formula)
    expect(choices).toBeGreaterThan(0)
    expect(all).toBeLessThanOrEqual(most)
  })
})

test("requests of gradients contain only text that users can write", () => {
  const variables = [
    { name: "x", category: "Vi", dim: 1 },
    { name: "y", category: "Vj", dim: 1 },
  ] as const
  for (const reduction of ["Sum", "LogSumExp", "Max"]) {
    const request = { formula: "IfElse(x, Concat(x * y, Log(y)), ReLU(x))", variables, reduction, over: "j" } as const
    for (const of of [[], ["y"]]) {
      const made = planGradient({
        ...request,
        wrt: "y",
        of,
        variables: [...variables, ...of.map(() => ({ name: "cotangent", category: "Vi", dim: 2 }) as const)],
      })
      for (const each of made.reductions) expect(each.request.formula).not.toMatch(/Guarded|SumOver|#/)
    }
  }
})

test("in gradients of K-min all components but that of the slot are absent", async () => {
  const y = Vj("y", 1)
  const b = Vj("b", 1)
  const nearest = keops(["Concat(", ", ", " * ", ")"], y, b, y).kMin(2)
  const given = { y: [1, 2, -3], b: [Number.POSITIVE_INFINITY, 2, 4] }
  const { data } = await nearest.grad("y").with(wasm)({ ...given, cotangent: [1, 10, 100, 1000] })
  // component 0: -3 and 1; component 1: -12 and 4
  expect(Array.from(data)).toEqual([100, 2000, 1 + 40])
})
