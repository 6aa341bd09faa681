// Gradients of every reduction that has one, with respect to every category of variable and over both axes, against finite differences of an
// oracle in float64.
import { describe, expect, test } from "vitest"
import type { Matrix } from "../../src/index.ts"
import { gradients } from "../../src/reductions/gradients.ts"
import { reductions } from "../../src/reductions/reductions.ts"
import { openDevice } from "../../src/runtime/webgpu/device.ts"
import { difference, reduce, type Setting } from "../support/reduce.ts"
import { random } from "../support/run.ts"
import { backend, build, close, counts, everything, inputs, type Loose, make, named, pair, variables } from "./settings.ts"

describe("a gradient agrees with finite differences", () => {
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

describe("edge cases of gradients", () => {
  test("rows of -inf only, and terms of -inf, have gradient 0, not NaN", { timeout: 120_000 }, async () => {
    const f = make("Log(x * y)", "LogSumExp")
    const all = await f.valueAndGrad(["x", "y"])([1, 2], [0, 3, 0], [1, 1])
    expect(all.value.toArray()).toEqual([[expect.closeTo(Math.log(3), 5)], [expect.closeTo(Math.log(6), 5)]])
    expect(all.gradients.x!.toArray()).toEqual([[1], [expect.closeTo(0.5, 6)]])
    expect(all.gradients.y!.toArray().map(([value]) => value)).toEqual([0, expect.closeTo(2 / 3, 6), 0])
    const none = await f.valueAndGrad(["x", "y"])([1, 2], [0, 0], [1, 1])
    expect(none.value.toArray()).toEqual([[Number.NEGATIVE_INFINITY], [Number.NEGATIVE_INFINITY]])
    expect([...none.gradients.x!.data, ...none.gradients.y!.data]).toEqual([0, 0, 0, 0])
  })

  test("valueAndGrad returns the value of the reduction", { timeout: 120_000 }, async () => {
    for (const [reduction, weight] of [["LogSumExp"], ["LogSumExp", "x - y"], ["SumSoftMaxWeight", "Concat(x, y)"]]) {
      const f = make("Log(x * y)", reduction!, weight === undefined ? {} : { weight })
      const [value, zero] = weight === "Concat(x, y)" ? [Number.NaN, [1, 1]] : [Number.NEGATIVE_INFINITY, [1]]
      const all = await f.valueAndGrad(["x"])([1], [0, 0], zero)
      expect([...all.value.data], reduction).toEqual(zero.map(() => value))
      expect([...all.gradients.x!.data], reduction).toEqual([0])
      const some = await f.valueAndGrad(["x"])([3, 2], [0, 1, 2], [...zero, ...zero])
      const alone = (await f([3, 2], [0, 1, 2])).data
      for (const [n, number] of alone.entries()) expect(some.value.data[n], reduction).toBeCloseTo(number, 5)
    }
  })

  test.runIf(backend === "webgpu")("inputs and gradients may stay on the device", { timeout: 120_000 }, async () => {
    const resident = build({ formula: "2 * x", variables: pair.slice(0, 1), reduction: "Sum", over: "j" }).with({ output: "device" })
    const [x, y] = [await resident([0.5, 1.5]), await resident([0.5, 1, 2])]
    const cotangent = [1, 10, 100, 1000]
    const f = make("Square(x - y)", "KMin", { k: 2 })
    const here = await f.grad("y")([1, 3], [1, 2, 4], cotangent)
    // row 0: 1 then 2; row 1: 2 then 4
    expect(here.toArray()).toEqual([[0], [20 - 200], [2000]])
    const there = (await f.with({ output: "device" }).grad("y")(x, y, cotangent)) as unknown as Matrix
    expect(there.onDevice).toBe(true)
    expect((await there.toHost()).toArray()).toEqual(here.toArray())
    const second = await f.grad("y").grad("x")(x, y, cotangent, there)
    expect(second.toArray()).toEqual((await f.grad("y").grad("x")([1, 3], [1, 2, 4], cotangent, here)).toArray())
    for (const matrix of [x, y] as unknown as Matrix[]) expect(matrix.onDevice).toBe(true)
  })

  test.runIf(backend === "webgpu")(
    "what nobody takes is given back to the device, also where a step fails",
    { timeout: 120_000 },
    async () => {
      const { device } = await openDevice()
      const live = new Set<unknown>()
      const create = device.createBuffer
      device.createBuffer = (descriptor) => {
        const buffer = create.call(device, descriptor)
        const destroy = buffer.destroy
        live.add(buffer)
        buffer.destroy = () => {
          live.delete(buffer)
          destroy.call(buffer)
        }
        return buffer
      }
      const f = make("Square(x - y)", "Max").with({ output: "device" })
      const run = async () => {
        const { value, gradients } = await f.valueAndGrad(["x", "y"])([1, 3], [1, 2, 4], [1, 10])
        for (const matrix of [value, ...Object.values(gradients)] as unknown as Matrix[]) matrix.dispose()
        const control = new AbortController()
        const stopped = f.with({ signal: control.signal, onProgress: () => control.abort() }).grad("y")([1, 3], [1, 2, 4], [1, 10])
        await expect(stopped).rejects.toThrow("abort")
      }
      try {
        await run()
        const kept = live.size
        await run()
        expect(live.size).toBe(kept)
      } finally {
        device.createBuffer = create
      }
    },
  )

  if (!everything) return

  test("a NaN in the inputs is a NaN in the gradient", async () => {
    const f = make("x * y", "LogSumExp")
    expect(Array.from((await f.grad("y")([1, Number.NaN], [1, 2], [1, 0])).data)).toEqual([Number.NaN, Number.NaN])
  })

  test("no rows have gradient 0", async () => {
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

  test("ties go to the first, missing entries contribute nothing, and other pairs are not differentiated", async () => {
    expect((await make("Square(x - y)", "Min").grad("y")([0], [1, 1, 3], [2])).toArray()).toEqual([[4], [0], [0]])
    const smallest = make("Square(x - y)", "KMin", { k: 4 })
    expect((await smallest.grad("y")([0], [3, 1], [1, 10, 100, 1000])).toArray()).toEqual([[60], [2]])
    // the derivative of the logarithm at 0 is infinite, but 0 is not the largest
    expect((await make("Log(x * y)", "Max").grad("y")([1], [0, 2], [1])).toArray()).toEqual([[0], [0.5]])
  })

  test("gradients of extremes are exact if one row wins often, or there are more slots than one call of the kernel can process", async () => {
    const count = 2 ** 22
    const cotangent = Float32Array.from({ length: count }, (_, n) => (n === 0 ? 2 ** 24 : 1))
    const nearest = make("x * y", "Min")
    const gradient = await nearest.grad("y")(new Float32Array(count).fill(1), [2, 1], cotangent)
    expect(Array.from(gradient.data)).toEqual([0, Math.fround(2 ** 24 + count - 1)])
  })

  test("extremes of vectors have gradients, with missing entries", async () => {
    const many = [
      { name: "x", category: "Vi", dim: 2 },
      { name: "y", category: "Vj", dim: 1 },
    ] as const
    const f = build({ formula: "x * y", variables: many, reduction: "KMin", over: "j", k: 3 })
    const [x, y, e] = [[1, -1, Number.NaN, 2], [5, 3], Array.from({ length: 12 }, (_, n) => n + 1)]
    // row 0: 3 and 5 times 1, then -5 and -3; row 1: nothing for NaN, then 6 and 10
    expect((await f.grad("x")(x, y, e)).toArray()).toEqual([
      [3 * 1 + 5 * 3, 5 * 2 + 3 * 4],
      [0, 3 * 8 + 5 * 10],
    ])
    expect((await f.grad("y")([1, -1], y, e.slice(0, 6))).toArray()).toEqual([[3 - 2], [1 - 4]])
  })

  test("a gradient of several steps reports progress and can be aborted", async () => {
    const done: number[] = []
    const f = make("Square(x - y)", "KMin", { k: 2 })
    await f.with({ backend, onProgress: (share: number) => void done.push(share) }).grad("y")([1, 2, 3], [1, 2], [1, 1, 1, 1, 1, 1])
    expect(done.at(-1)).toBe(1)
    expect([...done].sort((a, b) => a - b)).toEqual(done)
    const aborted = f.with({ backend, signal: AbortSignal.abort(new Error("enough")) })
    await expect(aborted.grad("y")([1], [1, 2], [1, 1])).rejects.toThrow("enough")
  })

  test("products with zeros have gradients", async () => {
    const f = make("x * y", "Product")
    expect((await f.grad("y")([1], [2, 0, 3], [1])).toArray()).toEqual([[0], [6], [0]])
    expect((await f.grad("y")([1], [0, 0, 3], [1])).toArray()).toEqual([[0], [0], [0]])
    expect((await f.grad("x")([2], [1, 3], [1])).toArray()).toEqual([[12]])
  })

  test("formulas without variables of one side have one row there", async () => {
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
})

// Errors are reported before any backend is used.
if (everything)
  describe("grad rejects", () => {
    const f = (reduction: string) =>
      build({ formula: "x * y", variables: variables.slice(1, 2).concat(variables[0] as never), reduction, over: "j" })
    test.each([
      ["the formula has no variable `X`; did you mean `x`?", () => f("Sum").grad("X")],
      ["the formula has no variable `zeta`; take the gradient with respect to one that it has", () => f("Min").valueAndGrad(["x", "zeta"])],
      ["ArgMin has no gradient: its output is piecewise constant", () => f("ArgMin").grad("x")],
      ["second derivatives of Product are not supported: its gradient is piecewise", () => f("Product").grad("x").grad("x")],
      ["`valueAndGrad` cannot be differentiated again", () => (f("Min").valueAndGrad(["x"]) as unknown as Loose).grad("x")],
      ["nor taken of a gradient; use `.grad(name).grad(name)`", () => f("Min").grad("x").valueAndGrad(["x"])],
      ["the formula has no variable `z`", () => f("Min").grad("x").grad("z")],
    ])("%s", (sentence, make) => expect(make).toThrow(sentence))
    test("a cotangent of the wrong length", async () => {
      await expect(f("Sum").grad("y")([1, 2], [1, 2], [1, 2, 3])).rejects.toThrow(
        "cotangent: expected a multiple of 2 numbers (Vi(2)), got 3",
      )
      await expect(f("Min").grad("y")([1, 2], [1, 2], [1, 2, 3, 4])).rejects.toThrow(
        "cotangent has 2 rows, but x has 1; all Vi variables must have as many rows",
      )
      await expect(f("Sum").grad("x")([1, 2], [1, 2])).rejects.toThrow("expected inputs (y, x, cotangent), got 2")
    })
  })
