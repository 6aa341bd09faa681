// The estimate of a WASM kernel's instructions, by which the runtime limits one call.
import { describe, expect, test } from "vitest"
import { build } from "../support/run.ts"

const work = (formula: string, aliases: readonly string[], reduction = "Sum", k?: number) =>
  build(formula, aliases, reduction, { k }).wasm.work
const distance = (dim: number) => work("SqDist(x, y)", [`x = Vi(${dim})`, `y = Vj(${dim})`])

describe("the work of a WASM kernel", () => {
  test("per pair grows with the dimension", () => {
    const ratio = distance(1000).pair / distance(100).pair
    expect(ratio).toBeGreaterThan(8)
    expect(ratio).toBeLessThan(11)
    expect(distance(100).pair).toBeGreaterThan(4 * distance(10).pair)
  })
  test("counts nested loops, and those of recurrences", () => {
    const product = (n: number) => work("MatVecMult(A, b)", [`A = Vj(${n * n})`, `b = Vi(${n})`]).pair
    expect(product(200) / product(100)).toBeGreaterThan(3.5)
    const warping = (n: number) => work("SoftDTW_SqDist(x, y, g)", [`x = Vi(${n})`, `y = Vj(${n})`, "g = Pm(1)"]).pair
    expect(warping(40) / warping(20)).toBeGreaterThan(3)
  })
  test("counts values of rows per step, of columns per column, of parameters per call", () => {
    const [rows, columns, parameters] = ["Vi", "Vj", "Pm"].map((category) =>
      work("Norm2(x) * y * z", [`x = ${category}(500)`, "y = Vi(1)", "z = Vj(1)"]),
    )
    expect(rows!.step).toBeGreaterThan(columns!.step + 1000)
    expect(columns!.column).toBeGreaterThan(rows!.column + 500)
    expect(parameters!.call).toBeGreaterThan(rows!.call + 1000)
    for (const { pair } of [rows!, columns!, parameters!]) expect(pair).toBeLessThan(100)
  })
  test("of K-min grows with K", () => {
    const best = (k: number) => work("x - y", ["x = Vi(1)", "y = Vj(1)"], "ArgKMin", k).pair
    expect(best(100) / best(10)).toBeGreaterThan(8)
  })
})
