// Bytes of the kernels' text, against bench/budgets.json: loops over components keep it from growing with the dimension.
import { describe, expect, test } from "vitest"
import budgets from "../../bench/budgets.json" with { type: "json" }
import { compileReduction } from "../../src/compiler/compile-reduction.ts"

const formulas = {
  gaussian: { formula: "Exp(-SqNorm2(x - y))", reduction: "Sum", k: 0 },
  logSumExp: { formula: "-SqNorm2(x - y)", reduction: "LogSumExp", k: 0 },
  argKMin: { formula: "SqDist(x, y)", reduction: "ArgKMin", k: 10 },
} as const

function sizes(name: keyof typeof formulas, dim: number): { wgsl: number; wasm: number } {
  const { formula, reduction, k } = formulas[name]
  const variables = [
    { name: "x", category: "Vi", dim },
    { name: "y", category: "Vj", dim },
  ] as const
  const { wgsl, wasm } = compileReduction({ formula, variables, reduction, over: "j", k })
  return { wgsl: Buffer.byteLength(wgsl.code), wasm: wasm.module.length / 2 }
}

describe("the size of a kernel", () => {
  const dims = [3, 100, 784] as const
  test.each((Object.keys(formulas) as (keyof typeof formulas)[]).flatMap((name) => dims.map((dim) => [name, dim] as const)))(
    "%s, D = %i",
    (name, dim) => {
      const budget = budgets.kernels[name][`${dim}`]
      const size = sizes(name, dim)
      expect(size.wgsl, "bytes of WGSL").toBeLessThanOrEqual(budget.wgsl)
      expect(size.wasm, "bytes of WASM").toBeLessThanOrEqual(budget.wasm)
    },
  )
  test.each(Object.keys(formulas) as (keyof typeof formulas)[])("%s does not grow from D = 784 to D = 4096", (name) => {
    const [small, large] = [sizes(name, 784), sizes(name, 4096)]
    expect(large.wgsl - small.wgsl).toBeLessThan(100)
    expect(large.wasm - small.wasm).toBeLessThan(100)
  })
})
