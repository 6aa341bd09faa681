// The reductions on the CPU: against plain loops in float64, and at the edges (design.md, "Semantics").
import { describe, expect, test } from "vitest"
import { random, run } from "../support/run.ts"

const distances = (x: Float32Array, y: Float32Array, dim: number, row: number) =>
  Array.from({ length: y.length / dim }, (_, j) => {
    let sum = 0
    for (let k = 0; k < dim; k++) sum += (x[row * dim + k]! - y[j * dim + k]!) ** 2
    return sum
  })

describe.each([1, 2, 3, 4, 7, 15, 16, 17, 31, 64, 100, 130])("SqDist of dimension %i", (dim) => {
  const x = random(dim, 13 * dim)
  const y = random(dim + 1, 37 * dim)
  const aliases = [`x = Vi(${dim})`, `y = Vj(${dim})`]

  test("Sum of a Gaussian agrees with float64", async () => {
    const { values } = await run(`Exp(-SqDist(x, y) / ${dim})`, aliases, "Sum", [x, y])
    for (const [row, value] of values!.entries()) {
      const exact = distances(x, y, dim, row).reduce((sum, d) => sum + Math.exp(-d / dim), 0)
      expect(Math.abs(value - exact) / exact).toBeLessThan(1e-6)
    }
  })

  test("ArgMin and ArgKMin find the nearest, in order", async () => {
    const { indices } = await run("SqDist(x, y)", aliases, "ArgKMin", [x, y], { k: 5 })
    const nearest = await run("SqDist(x, y)", aliases, "ArgMin", [x, y])
    for (let row = 0; row < 13; row++) {
      const order = distances(x, y, dim, row)
        .map((d, j) => [d, j] as const)
        .sort((a, b) => a[0] - b[0])
      expect(indices!.slice(row * 5, row * 5 + 5)).toEqual(order.slice(0, 5).map(([, j]) => j))
      expect(nearest.indices![row]).toBe(order[0]![1])
    }
  })

  test("Sum of a vector over i agrees with float64", async () => {
    const { values } = await run("(x | y) * (x - y)", aliases, "Sum", [x, y], { over: "i" })
    for (let j = 0; j < 37; j++) {
      for (let c = 0; c < dim; c++) {
        let exact = 0
        for (let i = 0; i < 13; i++) {
          let product = 0
          for (let k = 0; k < dim; k++) product += x[i * dim + k]! * y[j * dim + k]!
          exact += product * (x[i * dim + c]! - y[j * dim + c]!)
        }
        expect(values![j * dim + c]).toBeCloseTo(exact, 4)
      }
    }
  })

  test("LogSumExp of each component agrees with float64", async () => {
    const { values } = await run("20 * x * y", aliases, "LogSumExp", [x, y])
    for (let c = 0; c < dim; c++) {
      let exact = 0
      for (let j = 0; j < 37; j++) exact += Math.exp(20 * x[c]! * y[j * dim + c]!)
      expect(values![c]).toBeCloseTo(Math.log(exact), 4)
    }
  })
})

const infinity = Number.POSITIVE_INFINITY
const reduce = async (reduction: string, numbers: readonly number[], k?: number) => {
  const { values, indices } = await run("y", ["y = Vj(1)"], reduction, [numbers], { k })
  return { values, indices }
}

test("ties go to the smallest index", async () => {
  const ties = [3, 1, 2, 1, 3, 1, 3]
  expect((await reduce("ArgMin", ties)).indices).toEqual([1])
  expect((await reduce("ArgMax", ties)).indices).toEqual([0])
  expect((await reduce("ArgKMin", ties, 5)).indices).toEqual([1, 3, 5, 2, 0])
})

test("ties across blocks of columns go to the smallest index", async () => {
  const many = Array.from({ length: 5000 }, (_, j) => (j % 1000 === 999 ? 0 : 1))
  expect((await reduce("ArgMin", many)).indices).toEqual([999])
  expect((await reduce("ArgKMin", many, 7)).indices).toEqual([999, 1999, 2999, 3999, 4999, 0, 1])
})

test("NaN never wins", async () => {
  expect(await reduce("Min_ArgMin", [Number.NaN, 2, Number.NaN, 1])).toEqual({ values: [1], indices: [3] })
  expect(await reduce("Max_ArgMax", [Number.NaN, 2, Number.NaN, 1])).toEqual({ values: [2], indices: [1] })
  expect(await reduce("KMin_ArgKMin", [Number.NaN, 2, 1], 3)).toEqual({ values: [1, 2, infinity], indices: [2, 1, -1] })
  expect(await reduce("Min_ArgMin", [Number.NaN])).toEqual({ values: [infinity], indices: [-1] })
})

test("an infinite value replaces a missing entry", async () => {
  expect(await reduce("KMin_ArgKMin", [infinity, 1, infinity, -infinity], 6)).toEqual({
    values: [-infinity, 1, infinity, infinity, infinity, infinity],
    indices: [3, 1, 0, 2, -1, -1],
  })
  expect(await reduce("Max_ArgMax", [-infinity, -infinity])).toEqual({ values: [-infinity], indices: [0] })
})

test("no rows to reduce over return the identity", async () => {
  expect((await reduce("Sum", [])).values).toEqual([0])
  expect((await reduce("LogSumExp", [])).values).toEqual([-infinity])
  expect(await reduce("Min_ArgMin", [])).toEqual({ values: [infinity], indices: [-1] })
  expect(await reduce("Max_ArgMax", [])).toEqual({ values: [-infinity], indices: [-1] })
  expect(await reduce("KMin_ArgKMin", [], 2)).toEqual({ values: [infinity, infinity], indices: [-1, -1] })
})

test("no rows of output return an empty matrix", async () => {
  for (const reduction of ["Sum", "LogSumExp", "Min", "ArgMin"]) {
    const { values, indices } = await run("x * y", ["x = Vi(1)", "y = Vj(1)"], reduction, [[], [1, 2]])
    expect(values ?? indices).toEqual([])
  }
})

test("LogSumExp is as defined for infinities and NaN", async () => {
  expect((await reduce("LogSumExp", [-infinity, -infinity])).values).toEqual([-infinity])
  expect((await reduce("LogSumExp", [-infinity, 1, -infinity])).values).toEqual([1])
  expect((await reduce("LogSumExp", [infinity, 1, infinity])).values).toEqual([infinity])
  expect((await reduce("LogSumExp", [1, Number.NaN, 2])).values).toEqual([Number.NaN])
  expect((await reduce("LogSumExp", [infinity, Number.NaN])).values).toEqual([Number.NaN])
  expect((await reduce("LogSumExp", [1000, 1000])).values![0]).toBeCloseTo(1000 + Math.LN2, 3)
  expect((await reduce("LogSumExp", [-1e4, -1e4])).values![0]).toBeCloseTo(-1e4 + Math.LN2, 2)
})

test("Sum is as defined for infinities and NaN", async () => {
  const many = Array.from({ length: 2000 }, () => 1)
  expect((await reduce("Sum", [...many, infinity, ...many])).values).toEqual([infinity])
  expect((await reduce("Sum", [...many, -infinity, ...many])).values).toEqual([-infinity])
  expect((await reduce("Sum", [infinity, ...many, -infinity])).values).toEqual([Number.NaN])
  expect((await reduce("Sum", [Number.NaN, ...many])).values).toEqual([Number.NaN])
})

test("Sum of 1e6 terms of one sign is within 1e-6 of float64", async () => {
  const numbers = random(11, 1_000_000, 0.1, 1)
  const sum = numbers.reduce((total, value) => total + value, 0)
  const { values } = await run("y", ["y = Vj(1)"], "Sum", [numbers])
  expect(Math.abs(values![0]! - sum) / sum).toBeLessThan(1e-6)
  const exps = numbers.reduce((total, value) => total + Math.exp(value), 0)
  const lse = await run("y", ["y = Vj(1)"], "LogSumExp", [numbers])
  expect(Math.abs(lse.values![0]! - Math.log(exps))).toBeLessThan(1e-6 * Math.log(exps))
})

test("loops over parts of a Concat read the right components", async () => {
  const [x, y, s] = [random(1, 5 * 20), random(2, 7 * 30), random(3, 5)]
  const aliases = ["x = Vi(20)", "y = Vj(30)", "s = Vi(1)"]
  const { values } = await run("Concat(x, Concat(s, y))", aliases, "Sum", [x, y, s])
  const sums = await run("Sum(Concat(x, Concat(s, y)))", aliases, "Sum", [x, y, s])
  for (let i = 0; i < 5; i++) {
    const column = (k: number) => Array.from({ length: 7 }, (_, j) => y[j * 30 + k]!).reduce((sum, value) => sum + value, 0)
    const exact = [
      ...Array.from(x.subarray(i * 20, i * 20 + 20), (value) => 7 * value),
      7 * s[i]!,
      ...Array.from({ length: 30 }, (_, k) => column(k)),
    ]
    for (const [k, value] of exact.entries()) expect(values![i * 51 + k]).toBeCloseTo(value, 4)
    expect(sums.values![i]).toBeCloseTo(
      exact.reduce((sum, value) => sum + value, 0),
      3,
    )
  }
})

test("more columns and rows than a block and a chunk are all reduced", async () => {
  const [x, y, s] = [random(1, 9001), random(2, 1501), [0.5]]
  const { values } = await run("Exp(-s * Square(x)) * Exp(y / s)", ["x = Vi(1)", "y = Vj(1)", "s = Pm(1)"], "Sum", [x, y, s])
  const columnPart = y.reduce((sum, value) => sum + Math.exp(value / 0.5), 0)
  for (const row of [0, 1, 4095, 4096, 8191, 8192, 9000]) {
    const exact = columnPart * Math.exp(-0.5 * x[row]! ** 2)
    expect(Math.abs(values![row]! - exact) / exact).toBeLessThan(1e-6)
  }
})
