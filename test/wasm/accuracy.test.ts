// Accuracy on the CPU of every function of one number in the table, against the oracle.
import { expect, test } from "vitest"
import { definitions } from "../support/oracle.ts"
import { random, run } from "../support/run.ts"

/** Ranges, and the largest error that is allowed: relative to max(|exact|, floor). */
const cases: Readonly<Record<string, readonly (readonly [low: number, high: number, error: number, floor: number])[]>> = {
  Sin: [
    [-10, 10, 2e-7, 0.5],
    [-1e4, 1e4, 1e-6, 1],
  ],
  Cos: [
    [-10, 10, 2e-7, 0.5],
    [-1e4, 1e4, 1e-6, 1],
  ],
  Tan: [[-1.5, 1.5, 1e-6, 1e-3]],
  Asin: [[-1, 1, 4e-7, 1e-3]],
  Acos: [[-1, 1, 4e-7, 1e-3]],
  Atan: [
    [-1, 1, 3e-7, 1e-6],
    [-100, 100, 3e-7, 1e-6],
  ],
  Sinh: [
    [-1, 1, 4e-7, 1e-6],
    [-88, 88, 1e-6, 1],
  ],
  Cosh: [
    [-1, 1, 4e-7, 1],
    [-88, 88, 1e-6, 1],
  ],
  Tanh: [
    [-0.5, 0.5, 8e-7, 1e-6],
    [-20, 20, 4e-7, 1e-2],
  ],
  Sigmoid: [[-20, 80, 4e-7, 1e-10]],
  Softplus: [[-20, 80, 4e-7, 1e-10]],
  Erf: [
    [-1, 1, 4e-7, 1e-6],
    [-5, 5, 4e-7, 1e-3],
  ],
  Log1p: [
    [-0.29, 0.41, 4e-7, 1e-6],
    [-0.9, 100, 4e-7, 1e-2],
  ],
  Expm1: [
    [-0.34, 0.34, 4e-7, 1e-6],
    [-10, 80, 8e-7, 1e-2],
  ],
  XLogX: [[0, 5, 4e-7, 1e-2]],
  SinXDivX: [[-20, 20, 4e-7, 0.1]],
  Exp: [[-80, 80, 2e-7, 1e-35]],
  Log: [[1e-6, 1e6, 2e-7, 1e-6]],
  Rsqrt: [[1e-6, 1e6, 2e-7, 1e-6]],
}

for (const [name, ranges] of Object.entries(cases)) {
  test.each(ranges)(`${name} is accurate from %d to %d`, async (low, high, error, floor) => {
    const inputs = random(3, 20_000, low, high)
    const { values } = await run(`${name}(x)`, ["x = Vi(1)"], "Sum", [inputs])
    let worst = 0
    for (const [n, value] of values!.entries()) {
      const [exact] = definitions[name]!([inputs[n]!]) as [number]
      worst = Math.max(worst, Math.abs(value - exact) / Math.max(Math.abs(exact), floor))
    }
    expect(worst).toBeLessThan(error)
  })
}

test("functions of one number are as defined at edge values", async () => {
  const at = async (formula: string, inputs: readonly number[]) => (await run(formula, ["x = Vi(1)"], "Sum", [inputs])).values
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number
  expect(await at("Tanh(x)", [0, 100, -100, infinity, -infinity, nan])).toEqual([0, 1, -1, 1, -1, nan])
  expect(await at("Sigmoid(x)", [0, 200, -200, nan])).toEqual([0.5, 1, 0, nan])
  expect(await at("Erf(x)", [0, 10, -10, nan])).toEqual([0, 1, -1, nan])
  expect(await at("Softplus(x)", [200, -200])).toEqual([200, 0])
  expect(await at("XLogX(x)", [0, 1])).toEqual([0, 0])
  expect(await at("SinXDivX(x)", [0])).toEqual([1])
  expect(await at("Sin(x)", [0, infinity, nan])).toEqual([0, nan, nan])
  for (const name of ["Sin", "Cos"]) {
    const large = await at(`${name}(x)`, [1e6, -1e9, 1e17, -1e30, 3e38])
    expect(Math.max(...large!.map(Math.abs)), `${name} of large numbers`).toBeLessThanOrEqual(1.0000001)
  }
  expect(await at("Asin(x)", [2, nan])).toEqual([nan, nan])
  expect(await at("Acos(x)", [2])).toEqual([nan])
  expect(await at("Round(x, 0)", [0.5, -0.5, 2.5, 0.49999997, -2.4])).toEqual([1, -1, 3, 0, -2])
  expect(await at("Round(x, -1)", [25, 24])).toEqual([30, 20])
  expect(await at("Atan(x)", [infinity, -infinity])).toEqual([Math.fround(Math.PI / 2), Math.fround(-Math.PI / 2)])
})

test("Atan2 is right in all quadrants", async () => {
  const { values } = await run("Atan2(x, y)", ["x = Vi(1)", "y = Vi(1)"], "Sum", [
    [1, 1, -1, -1, 0, 0, 2, 0],
    [1, -1, 1, -1, 1, -1, 0, 0],
  ])
  const exact = [Math.PI / 4, (3 * Math.PI) / 4, -Math.PI / 4, (-3 * Math.PI) / 4, 0, Math.PI, Math.PI / 2, 0]
  for (const [n, value] of values!.entries()) expect(value).toBeCloseTo(exact[n]!, 6)
})
