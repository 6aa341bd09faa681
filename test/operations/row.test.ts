// A new operation is one row: with a row put into the table, the parser, the compiler and the kernels know it, and nothing else was told.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { genred } from "../../src/index.ts"
import type { Operation } from "../../src/operations/operation.ts"
import { operations } from "../../src/operations/table.ts"
import "../../src/jit/index.ts"

const table = operations as Record<string, Operation>
const rows: Record<string, Operation> = {
  Sech: { args: ["f"], shape: "same", scalar: "2 / (exp(f) + exp(-f))", doc: "The hyperbolic secant." },
  Cube: { args: ["f"], shape: "same", means: "f * Square(f)", doc: "f * f * f." },
}

const apply = genred as unknown as (
  formula: string,
  aliases: readonly string[],
  options: object,
) => { with(options: object): (...inputs: unknown[]) => Promise<{ data: Float32Array }> }

async function sums(formula: string): Promise<Float32Array> {
  const reduction = apply(formula, ["x = Vi(2)", "y = Vj(2)"], { reduction: "Sum", over: "j" }).with({ backend: "wasm" })
  return (await reduction([1, -2, 0.5, 3], [0.25, 1, -1, 2, 0, 0])).data
}

const pairs = [1, -2, 0.5, 3].map((x, at) => [0.25, 1, -1, 2, 0, 0].filter((_, k) => k % 2 === at % 2).map((y) => x - y))

describe("a row added to the table", () => {
  test("is unknown before", async () => {
    await expect((async () => sums("Sech(x - y)"))()).rejects.toThrow(/unknown operation `Sech`/)
  })
  describe("is known after", () => {
    beforeAll(() => void Object.assign(table, rows))
    afterAll(() => {
      for (const name of Object.keys(rows)) delete table[name]
    })
    test("and runs if defined by primitives", async () => {
      const expected = pairs.map((row) => row.reduce((sum, value) => sum + 1 / Math.cosh(value), 0))
      for (const [at, value] of (await sums("Sech(x - y)")).entries()) expect(Math.abs(value / expected[at]! - 1)).toBeLessThan(1e-6)
    })
    test("and runs if defined by a formula", async () => {
      const expected = pairs.map((row) => row.reduce((sum, value) => sum + value ** 3, 0))
      for (const [at, value] of (await sums("Cube(x - y)")).entries()) expect(Math.abs(value - expected[at]!)).toBeLessThan(1e-5)
    })
  })
})
