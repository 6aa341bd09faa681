// Gradients of gradients, against finite differences of first ones, which are those of an oracle in float64.
import { describe, expect, test } from "vitest"
import { gradients } from "../../src/reductions/gradients.ts"
import { difference, reduce, type Setting } from "../support/reduce.ts"
import { random } from "../support/run.ts"
import { build, close, everything, formulas, inputs, make, named, pair, variables, weights } from "./settings.ts"

const step = 1e-4

/** The gradient of a gradient with respect to the variables numbered `n` and `m`, or the cotangent for -1, in a direction. */
function second(
  setting: Setting,
  at: readonly (readonly number[])[],
  n: number,
  m: number,
  cotangent: readonly number[],
  direction: readonly number[],
) {
  const first = (values: readonly (readonly number[])[], e: readonly number[]) =>
    difference(setting, values, n, e).reduce((sum, value, c) => sum + value * direction[c]!, 0)
  const moved = (values: readonly number[], c: number, by: number) => values.map((value, each) => (each === c ? value + by : value))
  const slope = (of: readonly number[], value: (values: readonly number[]) => number) =>
    of.map((_, c) => (value(moved(of, c, step)) - value(moved(of, c, -step))) / (2 * step))
  if (m < 0) return slope(cotangent, (e) => first(at, e))
  return slope(at[m]!, (values) =>
    first(
      at.map((input, each) => (each === m ? values : input)),
      cotangent,
    ),
  )
}

const pairs = [
  ["x", "y"],
  ["y", "x"],
  ["y", "y"],
  ["g", "b"],
  ["b", "g"],
  ["u", "cotangent"],
] as const
const some = named.filter(([, { reduction, over, k, formula, weight }]) => {
  if ("last" in gradients[reduction as keyof typeof gradients] || k === 1) return false
  return over === "j" ? formula === formulas.scalar && weight !== weights[1] : weight === weights[1] || formula === formulas.vector
})

describe("a gradient of a gradient agrees with finite differences", () => {
  test.each(everything ? some : some.filter((_, n) => n % 9 === 3))("%s", { timeout: 120_000 }, async (_name, setting) => {
    const cotangent = Array.from(random(5, reduce(setting, inputs).length))
    for (const names of everything ? pairs : pairs.slice(0, 2)) {
      const [n, m] = names.map((name) => variables.findIndex((each) => each.name === name)) as [number, number]
      const direction = Array.from(random(6, inputs[n]!.length))
      const got = await build(setting).grad(names[0]).grad(names[1])(...inputs, cotangent, direction)
      close(got.data, second(setting, inputs, n, m, cotangent, direction))
    }
  })
})

if (everything)
  describe("edge cases of second gradients", () => {
    test("formulas without variables of one side have second gradients", { timeout: 120_000 }, async () => {
      const parameter = { name: "g", category: "Pm", dim: 2 } as const
      for (const reduction of ["LogSumExp", "KMin"])
        for (const over of ["i", "j"] as const)
          for (const others of [[], [pair[0]], [pair[1]]]) {
            const all = [parameter, ...others]
            const formula = `g * g${others.map(({ name }) => ` * Exp(${name})`).join("")}`
            const setting: Setting = { formula, variables: all, reduction, over, ...(reduction === "KMin" && { k: 2 }) }
            const values = [[0.5, 2], ...others.map(() => [0.1, 0.2, 0.3])]
            const cotangent = reduce(setting, values).map((_, n) => n + 1)
            for (const [n, first] of all.entries())
              for (const last of [...all, { name: "cotangent" }]) {
                const direction = values[n]!.map((_, c) => 1 - 0.3 * c)
                const m = all.findIndex(({ name }) => name === last.name)
                const got = await build(setting).grad(first.name).grad(last.name)(...values, cotangent, direction)
                close(got.data, second(setting, values, n, m, cotangent, direction))
              }
          }
    })

    test("second gradients are numbers if terms are -inf", async () => {
      const f = make("Log(x * y)", "LogSumExp")
      // the value is log x + log sum y: the second derivative in x is -1 / x^2, in y -1 / (sum y)^2
      expect((await f.grad("x").grad("x")([2], [0, 3], [1], [1])).data[0]).toBeCloseTo(-0.25, 5)
      const mixed = await f.grad("y").grad("y")([2], [1, 3], [1], [1, 0])
      for (const value of mixed.data) expect(value).toBeCloseTo(-1 / 16, 5)
      expect((await f.grad("x").grad("y")([2], [1, 3], [1], [1])).toArray()).toEqual([[expect.closeTo(0, 6)], [expect.closeTo(0, 6)]])
    })

    test("a sum has gradients of gradients", async () => {
      const f = make("Exp(-Square(x - y))", "Sum")
      const [x, y, e, d] = [
        [0.5, 1],
        [0.2, 0.7, 1.1],
        [1, -2],
        [0.3, 0.9],
      ]
      const mixed = await f.grad("x").grad("y")(x, y, e, d)
      // d/dy of sum_i d_i e_i sum_j -2 (x_i - y_j) exp(-(x_i - y_j)^2)
      const expected = y!.map((b) =>
        x!.reduce((sum, a, i) => {
          const t = a - b
          return sum + d![i]! * e![i]! * (2 - 4 * t * t) * Math.exp(-t * t)
        }, 0),
      )
      close(mixed.data, expected)
      const third = await f.grad("x").grad("x").grad("cotangent")(x, y, e, d, [1, 1])
      expect([third.rows, third.category]).toEqual([2, "i"])
    })

    test("a formula that does not depend on a variable has the gradient 0", async () => {
      const unused = [...pair, { name: "z", category: "Vi", dim: 2 }] as const
      for (const reduction of ["LogSumExp", "Min"]) {
        const f = make("x * y", reduction, { variables: unused }).grad("x")
        expect((await f.grad("z")([1], [2, 3], [7, Number.NaN], [1], [1])).toArray(), reduction).toEqual([[0, 0]])
      }
    })

    test("the third gradient of a log-sum-exp is the third cumulant", async () => {
      const f = make("x * y", "LogSumExp")
      const [x, y] = [0.7, [0.5, 1, 2.5]]
      const weights = y.map((value) => Math.exp(x * value))
      const mean = (of: (value: number) => number) =>
        y.reduce((sum, value, n) => sum + of(value) * weights[n]!, 0) / weights.reduce((sum, weight) => sum + weight, 0)
      const center = mean((value) => value)
      const third = f.grad("x").grad("x").grad("x")
      close((await third([x], y, [2], [3], [5])).data, [30 * mean((value) => (value - center) ** 3)])
    })
  })
