// Accuracy and edge values of exp and log in WASM.
import { expect, test } from "vitest"
import { random, run } from "../support/run.ts"

const apply = async (formula: string, numbers: ArrayLike<number>) => (await run(formula, ["x = Vi(1)"], "Sum", [numbers])).values!

function largestRelativeError(got: readonly number[], inputs: Float32Array, exact: (x: number) => number): number {
  return Math.max(...got.map((value, n) => Math.abs(value - exact(inputs[n]!)) / Math.abs(exact(inputs[n]!))))
}

test("exp is within 2e-7 wherever its result is a normal number", async () => {
  for (const [seed, low, high] of [
    [1, -86.5, 88.7],
    [2, -1, 1],
    [3, -1e-3, 1e-3],
  ] as const) {
    const inputs = random(seed, 100_000, low, high)
    expect(largestRelativeError(await apply("Exp(x)", inputs), inputs, Math.exp)).toBeLessThan(2e-7)
  }
})

test("exp of a non-positive argument uses the short form and is as accurate", async () => {
  const inputs = random(4, 100_000, -9.2, 9.2)
  expect(largestRelativeError(await apply("Exp(-Square(x))", inputs), inputs, (x) => Math.exp(-Math.fround(x * x)))).toBeLessThan(2e-7)
})

test("exp is as defined at edge values", async () => {
  const [zero, one, small, large, plus, minus, nan, negativeZero] = await apply("Exp(x)", [-200, 0, -1e30, 89, 1 / 0, -1 / 0, 0 / 0, -0])
  expect([zero, one, small, large, plus, minus, nan, negativeZero]).toEqual([0, 1, 0, 1 / 0, 1 / 0, 0, Number.NaN, 1])
  expect(await apply("Exp(-Square(x))", [0, 20, 1e30, 1 / 0, 0 / 0])).toEqual([1, 0, 0, 0, Number.NaN])
})

test("log is within 2e-7, near 1 and for subnormal numbers too", async () => {
  for (const [seed, low, high] of [
    [5, 1e-3, 10],
    [6, 0.9, 1.1],
    [7, 1e30, 3e38],
    [8, 1e-44, 1e-38],
    [9, 1e-38, 1e-30],
  ] as const) {
    const inputs = random(seed, 100_000, low, high).filter((x) => x !== 1)
    expect(largestRelativeError(await apply("Log(x)", inputs), inputs, Math.log)).toBeLessThan(2e-7)
  }
})

test("log is as defined at edge values", async () => {
  expect(await apply("Log(x)", [1, 0, -0, 1 / 0, -1, -1 / 0, 0 / 0])).toEqual([
    0,
    -1 / 0,
    -1 / 0,
    1 / 0,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ])
})
