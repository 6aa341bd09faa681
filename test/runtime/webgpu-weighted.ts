// The tests of the webgpu executor for reductions whose sums share a maximum, products, and long lists; for one driver each, like webgpu-suite.ts.
import { afterAll, describe, expect, test } from "vitest"
import { dispose } from "../../src/runtime/backends.ts"
import { execute } from "../../src/runtime/execute.ts"
import { type Driver, use } from "../support/drivers.ts"
import { build, random, type Setup } from "../support/run.ts"
import { close, flat, gpu, inf, run } from "./webgpu-harness.ts"

const nan = Number.NaN

export function weighted(name: Driver["name"]): void {
  describe.runIf(use(name))(`shared maxima and products on ${name}`, { timeout: 300_000 }, () => {
    afterAll(dispose)

    // 1: registers; 20: an array; 600: the state buffer itself
    test.each([1, 3, 20, 600])("agree with the CPU for a weight of dimension %i", async (dim) => {
      const aliases = ["x = Vi(3)", "y = Vj(3)", `b = Vj(${dim})`]
      const inputs = [random(1, 70 * 3, -3, 3), random(2, 131 * 3, -3, 3), random(3, 131 * dim, 0.1, 1)]
      const asked: readonly (readonly [string, string, Setup])[] = [
        ["x | y", "LogSumExp", { weight: "b" }],
        ["-SqDist(x, y)", "SumSoftMaxWeight", { weight: "b" }],
        ["x | y", "Max_SumShiftExp", { weight: "b - 0.5" }],
        ["1 + b / 100", "Product", {}],
      ]
      for (const [formula, reduction, setup] of asked) {
        const artifact = build(formula, reduction === "Product" ? [aliases[2]!] : aliases, reduction, setup)
        const given = reduction === "Product" ? [inputs[2]] : inputs
        const found = flat(await execute(artifact, given, { backend: "webgpu" })).values!
        close(found, flat(await execute(artifact, given, { backend: "wasm" })).values!, 1e-5, 1e-4)
      }
    })

    const reduce = async (reduction: string, numbers: readonly number[], weights?: readonly number[]) => {
      const inputs = [numbers, weights ?? numbers.map(() => 1)]
      return (await gpu("y", ["y = Vj(1)", "b = Vj(1)"], reduction, inputs, weights && { weight: "b" })).values
    }
    test("are as defined for infinities and NaN", async () => {
      expect(await reduce("LogSumExp", [-inf, 0, -inf], [1, 1, 1])).toEqual([0])
      expect(await reduce("LogSumExp", [-inf, -inf], [1, 1])).toEqual([-inf])
      expect(await reduce("LogSumExp", [inf, 0], [1, 1])).toEqual([inf])
      expect(await reduce("LogSumExp", [0, nan], [1, 1])).toEqual([nan])
      expect(await reduce("LogSumExp", [0, 0], [1, -2])).toEqual([nan])
      expect(await reduce("LogSumExp", [0, 0], [1, -1])).toEqual([-inf])
      expect(await reduce("LogSumExp", [0, 0], [1, inf])).toEqual([inf])
      expect(await reduce("SumSoftMaxWeight", [-inf, 3, -inf], [5, 7, 9])).toEqual([7])
      expect(await reduce("SumSoftMaxWeight", [inf, 3, inf], [5, 7, 9])).toEqual([7])
      expect(await reduce("SumSoftMaxWeight", [1, nan, 3], [5, 7, 9])).toEqual([nan])
      expect(await reduce("SumSoftMaxWeight", [1, 2, 3], [5, nan, 9])).toEqual([nan])
      expect(await reduce("Max_SumShiftExp", [-inf, 2, 2, -inf])).toEqual([2, 2])
      expect(await reduce("Max_SumShiftExp", [inf, 2])).toEqual([inf, 1])
      expect(await reduce("Max_SumShiftExp", [-inf])).toEqual([-inf, 0])
      expect(await reduce("Max_SumShiftExp", [nan, 2, 1])).toEqual([2, nan])
      expect(await reduce("Product", [2, 0, 7])).toEqual([0])
      expect(await reduce("Product", [2, inf, -1])).toEqual([-inf])
      expect(await reduce("Product", [2, nan, -1])).toEqual([nan])
    })

    test("are as defined for no columns", async () => {
      const none = async (reduction: string, weight?: string) =>
        (await gpu("x * y", ["x = Vi(1)", "y = Vj(1)"], reduction, [[3], new Float32Array(0)], weight === undefined ? {} : { weight }))
          .values
      expect(await none("LogSumExp", "y")).toEqual([-inf])
      expect(await none("SumSoftMaxWeight", "y")).toEqual([nan])
      expect(await none("Max_SumShiftExp")).toEqual([-inf, 0])
      expect(await none("Product")).toEqual([1])
    })

    test.each([
      ["SumSoftMaxWeight", "y", 3],
      ["Max_SumShiftExp", "y", 20],
      ["Product", undefined, 3],
    ] as const)("%s, however the work is cut", async (reduction, weight, dim) => {
      const formula = reduction === "Product" ? "1 + x * y / 1000" : "5 * SqDist(x, y)"
      const artifact = build(formula, [`x = Vi(${dim})`, `y = Vj(${dim})`], reduction, weight ? { weight } : {})
      const inputs = [random(3, 600 * dim), random(4, 1000 * dim)]
      const wanted = flat(await execute(artifact, inputs, { backend: "wasm" })).values!
      const limits = { maxStorageBufferBindingSize: 2 ** 27, maxComputeWorkgroupsPerDimension: 2 }
      for (const changes of [{}, { busy: 1 }, { busy: 200 }, { busy: 5, limits }]) {
        close((await run(artifact, inputs, 600, 1000, changes)).values!, wanted, 2e-5, 1e-5)
      }
    })

    test("find 256 nearest neighbours", async () => {
      const artifact = build("Square(x - y)", ["x = Vi(1)", "y = Vj(1)"], "KMin_ArgKMin", { k: 256 })
      const inputs = [random(1, 70), random(2, 900)]
      const found = flat(await execute(artifact, inputs, { backend: "webgpu" }))
      const wanted = flat(await execute(artifact, inputs, { backend: "wasm" }))
      expect(found.indices).toEqual(wanted.indices)
      close(found.values!, wanted.values!, 1e-6)
    })

    test("sum a million terms within 1e-6", async () => {
      const [f, g] = [random(11, 1_000_000, -3, 3), random(12, 1_000_000, 0.1, 1)]
      const { values } = await gpu("f", ["f = Vj(1)", "g = Vj(1)"], "SumSoftMaxWeight", [f, g], { weight: "g" })
      const whole = f.reduce((sum, value) => sum + Math.exp(value), 0)
      const exact = f.reduce((sum, value, j) => sum + Math.exp(value) * g[j]!, 0) / whole
      expect(Math.abs(values![0]! / exact - 1)).toBeLessThan(1e-6)
    })
  })
}
