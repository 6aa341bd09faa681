// Long lists of nearest neighbours, K up to 256, on the CPU: order, ties and missing entries, and columns in the worst order.
import { expect, test } from "vitest"
import { random, run } from "../support/run.ts"

/** The K smallest of the numbers that are not NaN, with their indices, ties in order of index; then missing entries. */
function smallest(numbers: ArrayLike<number>, k: number) {
  const sorted = Array.from(numbers, (value, j) => [value, j] as const)
    .filter(([value]) => !Number.isNaN(value))
    .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]))
  const all = [...sorted, ...Array.from({ length: k }, () => [Number.POSITIVE_INFINITY, -1] as const)].slice(0, k)
  return { values: all.map(([value]) => value), indices: all.map(([, j]) => j) }
}

const orders: Readonly<Record<string, (n: number) => Float32Array>> = {
  "in random order": (n) => random(5, n),
  ascending: (n) => Float32Array.from({ length: n }, (_, j) => j),
  "descending, the worst case": (n) => Float32Array.from({ length: n }, (_, j) => -j),
  "with many ties": (n) => random(6, n).map((value) => Math.round(value * 5)),
  "with infinities and NaN": (n) =>
    random(7, n).map((value, j) => (j % 3 === 0 ? Number.NaN : j % 5 === 0 ? Number.POSITIVE_INFINITY : value)),
}

for (const [name, make] of Object.entries(orders)) {
  test.each([1, 2, 10, 100, 256])(`K-min finds the K best with columns ${name}, K = %i`, async (k) => {
    for (const columns of [1, k - 1, k, k + 1, 3000]) {
      const numbers = make(columns)
      const { values, indices } = await run("y", ["y = Vj(1)"], "KMin_ArgKMin", [numbers], { k })
      expect({ values, indices }).toEqual(smallest(numbers, k))
    }
  })
}

test("K-min keeps a separate list for each row, K = 256", async () => {
  const [x, y] = [random(1, 21), random(2, 2000)]
  const { indices } = await run("Square(x - y)", ["x = Vi(1)", "y = Vj(1)"], "ArgKMin", [x, y], { k: 256 })
  for (let i = 0; i < 21; i++) {
    const numbers = Array.from(y, (value) => Math.fround(Math.fround(x[i]! - value) ** 2))
    expect(indices!.slice(i * 256, (i + 1) * 256)).toEqual(smallest(numbers, 256).indices)
  }
})
