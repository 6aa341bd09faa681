// Reductions whose sums share the maximum of a scalar formula, and products, on the CPU: against float64, and at the edges.
import { describe, expect, test } from "vitest"
import { build, random, run } from "../support/run.ts"

const infinity = Number.POSITIVE_INFINITY

/** exp(f - m) of each column for one row, m the maximum; f = scale * x * y. */
function exponentials(x: number, y: Float32Array, scale: number) {
  const f = Array.from(y, (value) => scale * x * value)
  const m = Math.max(...f)
  return { m, terms: f.map((value) => Math.exp(value - m)) }
}

describe.each([1, 2, 3, 5, 16, 17, 40, 300])("a weight of dimension %i", (dim) => {
  const [rows, columns] = [11, 157]
  const x = random(dim, rows)
  const y = random(dim + 1, columns)
  const b = random(dim + 2, columns * dim, 0.1, 1)
  const aliases = ["x = Vi(1)", "y = Vj(1)", `b = Vj(${dim})`]
  const exact = (row: number) => {
    const { m, terms } = exponentials(x[row]!, y, 30)
    const sums = Array.from({ length: dim }, (_, c) => terms.reduce((sum, term, j) => sum + term * b[j * dim + c]!, 0))
    return { m, sums, whole: terms.reduce((sum, term) => sum + term, 0) }
  }

  test("SumSoftMaxWeight agrees with float64", async () => {
    const { values, artifact } = await run("30 * x * y", aliases, "SumSoftMaxWeight", [x, y, b], { weight: "b" })
    expect(artifact.output).toEqual({ dim, width: dim, kind: "values" })
    for (let row = 0; row < rows; row++) {
      const { sums, whole } = exact(row)
      for (let c = 0; c < dim; c++) expect(values![row * dim + c]).toBeCloseTo(sums[c]! / whole, 5)
    }
  })

  test("LogSumExp agrees with float64", async () => {
    const { values } = await run("30 * x * y", aliases, "LogSumExp", [x, y, b], { weight: "b" })
    for (let row = 0; row < rows; row++) {
      const { m, sums } = exact(row)
      for (let c = 0; c < dim; c++) expect(values![row * dim + c]).toBeCloseTo(m + Math.log(sums[c]!), 4)
    }
  })

  test("Max_SumShiftExp over i agrees with float64", async () => {
    const flipped = ["x = Vj(1)", "y = Vi(1)", `b = Vi(${dim})`]
    const { values, artifact } = await run("30 * x * y", flipped, "Max_SumShiftExp", [x, y, b], { weight: "b", over: "i" })
    expect(artifact.output.dim).toBe(dim + 1)
    for (let row = 0; row < rows; row++) {
      const { m, sums } = exact(row)
      const found = values!.slice(row * (dim + 1), (row + 1) * (dim + 1))
      expect(found[0]).toBeCloseTo(m, 4)
      for (let c = 0; c < dim; c++) expect(Math.abs(found[c + 1]! / sums[c]! - 1)).toBeLessThan(1e-5)
    }
  })
})

test("formula and weight may both contain sums over unit vectors", async () => {
  const inputs = [random(1, 4), random(2, 12)]
  const { values } = await run("Divergence(1.5 * x, x)", ["x = Vi(1)", "y = Vj(3)"], "SumSoftMaxWeight", inputs, {
    weight: "Divergence(2 * y, y)",
  })
  expect(values).toEqual([6, 6, 6, 6])
})

test("Max_SumShiftExp without a weight agrees with float64", async () => {
  const [x, y] = [random(1, 9), random(2, 700)]
  const { values, artifact } = await run("30 * x * y", ["x = Vi(1)", "y = Vj(1)"], "Max_SumShiftExp", [x, y])
  expect(artifact.output).toEqual({ dim: 2, width: 2, kind: "values" })
  for (let row = 0; row < 9; row++) {
    const { m, terms } = exponentials(x[row]!, y, 30)
    expect(values![2 * row]).toBeCloseTo(m, 4)
    expect(values![2 * row + 1]).toBeCloseTo(
      terms.reduce((sum, term) => sum + term, 0),
      4,
    )
  }
})

test("a weight may depend on the row, and on components of a loop of the formula", async () => {
  const [x, y] = [random(1, 5 * 40), random(2, 23 * 40)]
  const { values } = await run("-SqDist(x, y)", ["x = Vi(40)", "y = Vj(40)"], "SumSoftMaxWeight", [x, y], { weight: "x - y" })
  for (let i = 0; i < 5; i++) {
    const f = Array.from(
      { length: 23 },
      (_, j) => -x.subarray(i * 40, i * 40 + 40).reduce((sum, v, c) => sum + (v - y[j * 40 + c]!) ** 2, 0),
    )
    const whole = f.reduce((sum, value) => sum + Math.exp(value), 0)
    for (let c = 0; c < 40; c++) {
      const sum = f.reduce((total, value, j) => total + Math.exp(value) * (x[i * 40 + c]! - y[j * 40 + c]!), 0)
      expect(values![i * 40 + c]).toBeCloseTo(sum / whole, 4)
    }
  }
})

test.each(["2", "p", "x", "y", "x * y * p"])("weighted sums accept the formula %s, whatever it depends on", async (formula) => {
  const [x, y, p, b] = [random(1, 9), random(2, 50), [3], random(3, 100, 0, 1)]
  const { values } = await run(formula, ["x = Vi(1)", "y = Vj(1)", "p = Pm(1)", "b = Vj(2)"], "SumSoftMaxWeight", [x, y, p, b], {
    weight: "b",
  })
  for (let i = 0; i < 9; i++) {
    const f = Array.from(y, (value) => ({ "2": 2, p: 3, x: x[i]!, y: value })[formula] ?? x[i]! * value * 3)
    const whole = f.reduce((sum, value) => sum + Math.exp(value), 0)
    for (let c = 0; c < 2; c++) {
      const sum = f.reduce((total, value, j) => total + Math.exp(value) * b[2 * j + c]!, 0)
      expect(values![2 * i + c]).toBeCloseTo(sum / whole, 5)
    }
  }
})

test("the text of a kernel does not grow with the weight", () => {
  const size = (dim: number, what: "wgsl" | "wasm") => {
    const artifact = build("x", ["x = Vi(1)", `b = Vj(${dim})`], "SumSoftMaxWeight", { weight: "b" })
    return (what === "wgsl" ? artifact.wgsl.code : artifact.wasm.module).length
  }
  for (const what of ["wgsl", "wasm"] as const) expect(Math.abs(size(300, what) - size(40, what))).toBeLessThan(100)
})

const reduce = async (reduction: string, numbers: readonly number[], weights?: readonly number[]) => {
  const aliases = ["y = Vj(1)", "b = Vj(1)"]
  const inputs = [numbers, weights ?? numbers.map(() => 1)]
  return (await run("y", aliases, reduction, inputs, weights && { weight: "b" })).values
}

test("weighted sums of no rows are as defined", async () => {
  expect(await reduce("LogSumExp", [], [])).toEqual([-infinity])
  expect(await reduce("SumSoftMaxWeight", [], [])).toEqual([Number.NaN])
  expect(await reduce("Max_SumShiftExp", [])).toEqual([-infinity, 0])
  expect(await reduce("Max_SumShiftExp", [], [])).toEqual([-infinity, 0])
  expect(await reduce("Product", [])).toEqual([1])
})

test("weighted sums are as defined for infinities and NaN in the formula", async () => {
  expect(await reduce("LogSumExp", [-infinity, 0, -infinity], [1, 1, 1])).toEqual([0])
  expect(await reduce("LogSumExp", [-infinity, -infinity], [1, 1])).toEqual([-infinity])
  expect(await reduce("LogSumExp", [infinity, 0], [1, 1])).toEqual([infinity])
  expect(await reduce("LogSumExp", [0, Number.NaN], [1, 1])).toEqual([Number.NaN])
  expect(await reduce("LogSumExp", [0, 0], [1, -2])).toEqual([Number.NaN])
  expect(await reduce("LogSumExp", [0, 0], [1, -1])).toEqual([-infinity])
  expect(await reduce("LogSumExp", [0, 0], [1, infinity])).toEqual([infinity])
  expect(await reduce("SumSoftMaxWeight", [-infinity, 3, -infinity], [5, 7, 9])).toEqual([7])
  expect(await reduce("SumSoftMaxWeight", [infinity, 3, infinity], [5, 7, 9])).toEqual([7])
  expect(await reduce("SumSoftMaxWeight", [1, Number.NaN, 3], [5, 7, 9])).toEqual([Number.NaN])
  expect(await reduce("SumSoftMaxWeight", [1, 2, 3], [5, Number.NaN, 9])).toEqual([Number.NaN])
  expect(await reduce("Max_SumShiftExp", [-infinity, 2, 2, -infinity])).toEqual([2, 2])
  expect(await reduce("Max_SumShiftExp", [infinity, 2])).toEqual([infinity, 1])
  expect(await reduce("Max_SumShiftExp", [-infinity])).toEqual([-infinity, 0])
  expect(await reduce("Max_SumShiftExp", [Number.NaN, 2, 1])).toEqual([2, Number.NaN])
})

test("weighted sums do not overflow for large exponents", async () => {
  expect((await reduce("SumSoftMaxWeight", [1000, 1000], [2, 4]))![0]).toBeCloseTo(3, 5)
  expect((await reduce("LogSumExp", [1000, 1000], [1, 3]))![0]).toBeCloseTo(1000 + Math.log(4), 3)
  expect((await reduce("SumSoftMaxWeight", [-1e5, -1e5], [2, 4]))![0]).toBeCloseTo(3, 5)
})

test("weighted sums of 1e6 terms are within 1e-6 of float64", async () => {
  const [f, g] = [random(11, 1_000_000, -3, 3), random(12, 1_000_000, 0.1, 1)]
  const { values } = await run("f", ["f = Vj(1)", "g = Vj(1)"], "SumSoftMaxWeight", [f, g], { weight: "g" })
  const whole = f.reduce((sum, value) => sum + Math.exp(value), 0)
  const exact = f.reduce((sum, value, j) => sum + Math.exp(value) * g[j]!, 0) / whole
  expect(Math.abs(values![0]! / exact - 1)).toBeLessThan(1e-6)
})

test("formula and weight may both contain operations of the calculus", async () => {
  const [x, y] = [random(1, 2), random(2, 14)]
  const given = ["x = Vi(2)", "y = Vj(2)"]
  const laplacian = await run("Laplacian(Square(SqDist(x, y)), x) / 16", given, "SumSoftMaxWeight", [x, y], {
    weight: "Laplacian(SqDist(x, y) * Elem(y, 0), x) / 4",
  })
  const plain = await run("SqDist(x, y)", given, "SumSoftMaxWeight", [x, y], { weight: "Elem(y, 0)" })
  expect(laplacian.values![0]).toBeCloseTo(plain.values![0]!, 5)
})

test("a vector formula with a weight is rejected", async () => {
  const given = ["x = Vi(3)", "y = Vj(3)"]
  const inputs = [random(1, 3), random(2, 3)]
  const sentence = (name: string) => `${name} shares one maximum among its sums: the formula must have dimension 1, got 3`
  await expect(run("x - y", given, "LogSumExp", inputs, { weight: "y" })).rejects.toThrow(sentence("LogSumExp"))
  await expect(run("x - y", given, "Max_SumShiftExp", inputs)).rejects.toThrow(sentence("Max_SumShiftExp"))
  await expect(run("x | y", given, "SumSoftMaxWeight", inputs)).rejects.toThrow("SumSoftMaxWeight needs a weight")
  await expect(run("x | y", given, "Sum", inputs, { weight: "y" })).rejects.toThrow("Sum accepts no weight")
})

describe.each([1, 3, 20, 300])("Product of dimension %i", (dim) => {
  test("agrees with float64 for each component", async () => {
    const [x, y] = [random(3, 6 * dim, 0.9, 1.1), random(4, 77 * dim, 0.9, 1.1)]
    const { values } = await run("x * y", [`x = Vi(${dim})`, `y = Vj(${dim})`], "Product", [x, y])
    for (let i = 0; i < 6; i++) {
      for (let c = 0; c < dim; c++) {
        let exact = 1
        for (let j = 0; j < 77; j++) exact *= x[i * dim + c]! * y[j * dim + c]!
        expect(Math.abs(values![i * dim + c]! / exact - 1)).toBeLessThan(1e-4)
      }
    }
  })
})

test("Product is as defined for signs, zeros and NaN", async () => {
  expect(await reduce("Product", [2, -3, 0.5])).toEqual([-3])
  expect(await reduce("Product", [2, 0, 7])).toEqual([0])
  expect(await reduce("Product", [2, infinity, -1])).toEqual([-infinity])
  expect(await reduce("Product", [2, Number.NaN, -1])).toEqual([Number.NaN])
})
