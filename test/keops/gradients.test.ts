// Gradients of every reduction that has one, with respect to every category of variable and over both axes, against finite differences of an
// oracle in float64. TSKEOPS_BACKEND=webgpu runs a selection on a GPU (drivers on the CPU compile slowly), with TSKEOPS_ALL=1 all.
import { describe, expect, test } from "vitest"
import { genred } from "../../src/index.ts"
import "../../src/jit/index.ts"
import { gradients } from "../../src/reductions/gradients.ts"
import { reductions } from "../../src/reductions/table.ts"
import { difference, reduce, type Setting } from "../support/reduce.ts"
import { random } from "../support/run.ts"

interface Result {
  readonly data: Float32Array
  readonly rows: number
  readonly dim: number
  readonly category: string
  toArray(): number[][]
}
interface Loose {
  (...inputs: readonly unknown[]): Promise<Result>
  with(options: object): Loose
  grad(name: string): Loose
  valueAndGrad(
    names: readonly string[],
  ): (
    ...inputs: readonly unknown[]
  ) => Promise<{ readonly value: Result & { readonly values: Result }; readonly gradients: Readonly<Record<string, Result>> }>
}
const backend = process.env.TSKEOPS_BACKEND ?? "wasm"
const everything = backend === "wasm" || process.env.TSKEOPS_ALL !== undefined

const variables = [
  { name: "x", category: "Vi", dim: 2 },
  { name: "y", category: "Vj", dim: 2 },
  { name: "g", category: "Pm", dim: 1 },
  { name: "b", category: "Vj", dim: 3 },
  { name: "u", category: "Vi", dim: 1 },
] as const
const [M, N] = [5, 7]
const counts = { Vi: M, Vj: N, Pm: 1 }
const inputs = variables.map(({ category, dim }, n) => Array.from(random(n + 11, counts[category] * dim, 0.2, 1.2)))

const formulas = { scalar: "-g * SqDist(x, y) + u * Sum(b)", vector: "Exp(-g * SqDist(x, y)) * b + u * Concat(x, 0.5)" }
const weights = ["SqDist(x, y) + u", "Square(b) + u * Exp(Concat(x, 1)) * g"]

function build({ formula, weight, variables, reduction, over, k }: Setting): Loose {
  const aliases = variables.map(({ name, category, dim }) => `${name} = ${category}(${dim})`)
  return (genred as unknown as (...args: readonly unknown[]) => Loose)(formula, aliases, { reduction, over, k, weight }).with({ backend })
}

const settings: Setting[] = Object.keys(gradients).flatMap((reduction) => {
  const row = reductions[reduction as keyof typeof reductions]
  const ranks = "ranked" in row ? [1, 3] : [undefined]
  const texts: { formula: string; weight?: string }[] = []
  if (!("weight" in row && "needed" in row.weight)) texts.push({ formula: formulas.scalar }, { formula: formulas.vector })
  if ("weight" in row) texts.push(...weights.map((weight) => ({ formula: formulas.scalar, weight })))
  return (["i", "j"] as const).flatMap((over) =>
    ranks.flatMap((k) => texts.map((text) => ({ ...text, variables, reduction, over, ...(k && { k }) }))),
  )
})

function close(got: ArrayLike<number>, expected: readonly number[]): void {
  const scale = Math.max(1, ...expected.map(Math.abs))
  expect(got.length).toBe(expected.length)
  for (const [n, value] of expected.entries()) expect(Math.abs(got[n]! - value), `${n}: ${got[n]} for ${value}`).toBeLessThan(2e-5 * scale)
}

const named = settings.map((setting) => {
  const { reduction, over, k = "", formula, weight } = setting
  return [`${reduction} ${k} over ${over} of ${formula}${weight === undefined ? "" : ` with weight ${weight}`}`, setting] as const
})

describe("gradients are those of finite differences", () => {
  test.each(everything ? named : named.filter((_, n) => n % 13 === 3))("%s", { timeout: 120_000 }, async (_name, setting) => {
    const reduction = build(setting)
    const output = reduce(setting, inputs)
    const cotangent = Array.from(random(5, output.length))
    const together = await reduction.valueAndGrad(variables.map(({ name }) => name))(...inputs, cotangent)
    close((together.value.values ?? together.value).data, output)
    for (const [n, { name, category, dim }] of variables.entries()) {
      const expected = difference(setting, inputs, n, cotangent)
      const alone = await reduction.grad(name)(...inputs, cotangent)
      expect([alone.category, alone.rows, alone.dim]).toEqual([{ Vi: "i", Vj: "j", Pm: "pm" }[category], counts[category], dim])
      close(alone.data, expected)
      close(together.gradients[name]!.data, expected)
    }
  })
})

const pair = [
  { name: "x", category: "Vi", dim: 1 },
  { name: "y", category: "Vj", dim: 1 },
] as const

describe("at the edges", () => {
  const make = (formula: string, reduction: string, more: object = {}) =>
    build({ formula, variables: pair, reduction, over: "j", ...more } as Setting)

  test("rows of -inf alone, and terms of -inf, have gradient 0, not NaN", { timeout: 120_000 }, async () => {
    const f = make("Log(x * y)", "LogSumExp")
    const all = await f.valueAndGrad(["x", "y"])([1, 2], [0, 3, 0], [1, 1])
    expect(all.value.toArray()).toEqual([[expect.closeTo(Math.log(3), 5)], [expect.closeTo(Math.log(6), 5)]])
    expect(all.gradients.x!.toArray()).toEqual([[1], [expect.closeTo(0.5, 6)]])
    expect(all.gradients.y!.toArray().map(([value]) => value)).toEqual([0, expect.closeTo(2 / 3, 6), 0])
    const none = await f.valueAndGrad(["x", "y"])([1, 2], [0, 0], [1, 1])
    expect(none.value.toArray()).toEqual([[Number.NEGATIVE_INFINITY], [Number.NEGATIVE_INFINITY]])
    expect([...none.gradients.x!.data, ...none.gradients.y!.data]).toEqual([0, 0, 0, 0])
  })

  if (!everything) return

  test("a NaN of the user stays one", async () => {
    const f = make("x * y", "LogSumExp")
    expect(Array.from((await f.grad("y")([1, Number.NaN], [1, 2], [1, 0])).data)).toEqual([Number.NaN, Number.NaN])
  })

  test("no rows", async () => {
    for (const reduction of Object.keys(gradients)) {
      const needed = reduction === "SumSoftMaxWeight" ? { weight: "x - y" } : {}
      const ranked = "ranked" in reductions[reduction as keyof typeof reductions] ? { k: 2 } : {}
      const f = make("x * y", reduction, { ...needed, ...ranked })
      const width = "k" in ranked ? 2 : 1
      expect((await f.grad("x")([1, 2], [], new Float32Array(2 * width).fill(1))).toArray(), reduction).toEqual([[0], [0]])
      expect((await f.grad("y")([], [1, 2], [])).toArray(), reduction).toEqual([[0], [0]])
      expect((await f.grad("x")([], [1, 2], [])).rows, reduction).toBe(0)
    }
  })

  test("ties go to the first, missing entries contribute nothing, and no derivative of another pair is looked at", async () => {
    expect((await make("Square(x - y)", "Min").grad("y")([0], [1, 1, 3], [2])).toArray()).toEqual([[4], [0], [0]])
    const smallest = make("Square(x - y)", "KMin", { k: 4 })
    expect((await smallest.grad("y")([0], [3, 1], [1, 10, 100, 1000])).toArray()).toEqual([[60], [2]])
    // the derivative of the logarithm at 0 is infinite, but 0 is not the largest
    expect((await make("Log(x * y)", "Max").grad("y")([1], [0, 2], [1])).toArray()).toEqual([[0], [0.5]])
  })

  test("products with zeros", async () => {
    const f = make("x * y", "Product")
    expect((await f.grad("y")([1], [2, 0, 3], [1])).toArray()).toEqual([[0], [6], [0]])
    expect((await f.grad("y")([1], [0, 0, 3], [1])).toArray()).toEqual([[0], [0], [0]])
    expect((await f.grad("x")([2], [1, 3], [1])).toArray()).toEqual([[12]])
  })

  test("formulas without variables of one side, with one row there", async () => {
    const parameter = { name: "g", category: "Pm", dim: 2 } as const
    for (const reduction of ["Sum", "LogSumExp", "Min", "Product"])
      for (const over of ["i", "j"] as const)
        for (const others of [[], [pair[0]], [pair[1]]]) {
          const setting = { formula: `Sum(g * g)${others.map(({ name }) => ` * ${name}`).join("")}`, variables: [parameter, ...others] }
          const values = [[0.5, 2], ...others.map(() => [1, 2, 3])]
          const whole: Setting = { ...setting, reduction, over }
          const output = reduce(whole, values)
          const cotangent = output.map((_, n) => n + 1)
          const all = await build(whole).valueAndGrad(setting.variables.map(({ name }) => name))(...values, cotangent)
          close(all.value.data, output)
          for (const [n, { name }] of setting.variables.entries()) {
            const expected = difference(whole, values, n, cotangent)
            close(all.gradients[name]!.data, expected)
            close((await build(whole).grad(name)(...values, cotangent)).data, expected)
          }
        }
  })

  test("gradients of gradients of a sum", async () => {
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
})

// What is refused is so before any backend is asked.
if (everything)
  describe("is refused", () => {
    const f = (reduction: string) =>
      build({ formula: "x * y", variables: variables.slice(1, 2).concat(variables[0] as never), reduction, over: "j" })
    test.each([
      ["the formula has no variable `X`; did you mean `x`?", () => f("Sum").grad("X")],
      ["the formula has no variable `zeta`; take the gradient with respect to one that it has", () => f("Min").valueAndGrad(["x", "zeta"])],
      ["ArgMin has no gradient: what it gives does not change with its inputs, or not smoothly", () => f("ArgMin").grad("x")],
      ["gradients of this gradient are not there, because it takes several kernels", () => f("LogSumExp").grad("x").grad("x")],
    ])("%s", (sentence, make) => expect(make).toThrow(sentence))
    test("a cotangent that does not fit", async () => {
      await expect(f("Sum").grad("y")([1, 2], [1, 2], [1, 2, 3])).rejects.toThrow(
        "cotangent: expected a multiple of 2 numbers (Vi(2)), got 3",
      )
      await expect(f("Min").grad("y")([1, 2], [1, 2], [1, 2, 3, 4])).rejects.toThrow(
        "cotangent has 2 rows (Vi(2)), but x has 1 (Vi(2)); all Vi variables must have the same number of rows",
      )
      await expect(f("Sum").grad("x")([1, 2], [1, 2])).rejects.toThrow("expected 3 inputs (y, x, cotangent), got 2")
    })
    test("more rows than float32 can number", async () => {
      const many = new Float32Array(2 ** 24 + 1)
      await expect(build({ formula: "x - y", variables: pair, reduction: "Min", over: "j" }).grad("x")([1], many, [1])).rejects.toThrow(
        "gradients of extremes take 16777216 rows at most, got 16777217",
      )
    })
  })
