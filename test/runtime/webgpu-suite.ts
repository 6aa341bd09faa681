// The tests of the webgpu executor, for one driver: each driver has a separate file, because a process can load only one.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { backendInfo, dispose } from "../../src/runtime/backends.ts"
import { execute } from "../../src/runtime/execute.ts"
import { type Driver, use } from "../support/drivers.ts"
import { build, random } from "../support/run.ts"
import { close, column, flat, gpu, inf } from "./webgpu-harness.ts"
import { cuts, runs } from "./webgpu-runs.ts"

export function suite(name: Driver["name"]): void {
  const installed = use(name)
  if (!installed) console.error(`${name} is not installed: its tests did not run; \`node scripts/install-drivers.mjs\` installs it`)
  describe.runIf(installed)(`webgpu on ${name}`, { timeout: 300_000 }, () => {
    beforeAll(async () =>
      expect((await backendInfo({ backend: "webgpu" })).adapter).toMatch(new RegExp(name === "lavapipe" ? "llvmpipe" : name)),
    )
    afterAll(dispose)
    edges()
    sizes()
    cuts()
    runs()
  })
}

function edges(): void {
  describe("edge values", () => {
    test("agree with the CPU for each way of storing the state", async () => {
      const cases: readonly (readonly [string, number, string, number?])[] = [
        ["Exp(-SqDist(x, y))", 3, "Sum"],
        ["Exp(-SqDist(x, y)) * y", 20, "Sum"],
        ["5 * x * y", 2, "LogSumExp"],
        ["x * y", 20, "LogSumExp"],
        ["SqDist(x, y)", 3, "Min_ArgMin"],
        ["SqDist(x, y)", 100, "KMin_ArgKMin", 3],
        ["x - y", 2, "KMin_ArgKMin", 4],
        ["x - y", 20, "Max_ArgMax"],
      ]
      for (const [formula, dim, reduction, k] of cases) {
        for (const over of ["i", "j"] as const) {
          const artifact = build(formula, [`x = Vi(${dim})`, `y = Vj(${dim})`], reduction, { over, k })
          const inputs = [random(dim, 70 * dim), random(dim + 1, 131 * dim)]
          const [found, wanted] = [
            flat(await execute(artifact, inputs, { backend: "webgpu" })),
            flat(await execute(artifact, inputs, { backend: "wasm" })),
          ]
          close(found.values ?? [], wanted.values ?? [], 2e-6, 1e-5)
          expect(found.indices).toEqual(wanted.indices)
        }
      }
    })
    test("NaN makes sums NaN, and never wins an extreme", async () => {
      const numbers = [3, Number.NaN, 1, Number.NaN, 2]
      expect((await column("Sum", numbers)).values).toEqual([Number.NaN])
      expect((await column("LogSumExp", numbers)).values).toEqual([Number.NaN])
      expect(await column("Min_ArgMin", numbers)).toEqual({ values: [1], indices: [2] })
      expect(await column("Max_ArgMax", numbers)).toEqual({ values: [3], indices: [0] })
      expect(await column("KMin_ArgKMin", numbers, 4)).toEqual({ values: [1, 2, 3, inf], indices: [2, 4, 0, -1] })
      expect(await column("Min_ArgMin", [Number.NaN])).toEqual({ values: [inf], indices: [-1] })
      expect((await gpu("Exp(y)", ["y = Vj(1)"], "Sum", [numbers])).values).toEqual([Number.NaN])
    })
    test("NaN stays in its row", async () => {
      const x = random(1, 300)
      x[7] = Number.NaN
      const { values } = await gpu("Exp(-SqDist(x, y))", ["x = Vi(1)", "y = Vj(1)"], "Sum", [x, random(2, 99)])
      expect([...values!.keys()].filter((row) => Number.isNaN(values![row]))).toEqual([7])
    })
    test("infinities are summed and compared as numbers", async () => {
      expect((await column("Sum", [1, inf, 2])).values).toEqual([inf])
      expect((await column("Sum", [1, inf, -inf])).values).toEqual([Number.NaN])
      expect(await column("Min_ArgMin", [inf, 1, -inf, -inf])).toEqual({ values: [-inf], indices: [2] })
      expect(await column("Max_ArgMax", [-inf, inf, inf])).toEqual({ values: [inf], indices: [1] })
      expect(await column("KMin_ArgKMin", [inf, 5], 3)).toEqual({ values: [5, inf, inf], indices: [1, 0, -1] })
      expect(await column("Max_ArgMax", [-inf])).toEqual({ values: [-inf], indices: [0] })
    })
    test("LogSumExp is as defined if terms are infinite, or none is finite", async () => {
      const lse = async (numbers: readonly number[]) => (await column("LogSumExp", numbers)).values![0]!
      expect(await lse([1, -inf])).toBeCloseTo(1, 6)
      expect(await lse([-inf, 1, 1, -inf, 1, -inf, 1])).toBeCloseTo(1 + Math.log(4), 6)
      expect(await lse([-inf, -inf, -inf, -inf, -inf])).toBe(-inf)
      expect(await lse([3, inf, -inf])).toBe(inf)
      expect(await lse([inf, 3, Number.NaN])).toBeNaN()
      expect(await lse([-3e38, -3e38])).toBeCloseTo(-3e38, -33)
      expect(await lse([1000, 1000, -1000])).toBeCloseTo(1000 + Math.log(2), 3)
    })
    test("ties go to the smallest index", async () => {
      const same = new Array<number>(1000).fill(7)
      expect(await column("KMin_ArgKMin", same, 3)).toEqual({ values: [7, 7, 7], indices: [0, 1, 2] })
      expect((await column("ArgMax", [...same, 8, 8])).indices).toEqual([1000])
      expect((await column("ArgMin", [0, -0, 0])).indices).toEqual([0])
    })
    test("primitives are as defined at their edges", async () => {
      const at = async (formula: string, numbers: readonly number[]) => (await gpu(formula, ["x = Vi(1)"], "Sum", [numbers])).values
      expect(await at("Exp(x)", [-inf, inf, 0, 200, -200])).toEqual([0, inf, 1, inf, 0])
      expect(await at("Log(x)", [0, inf, 1, -1, Number.NaN])).toEqual([-inf, inf, 0, Number.NaN, Number.NaN])
      expect(await at("Sqrt(x)", [0, inf, 4, -1])).toEqual([0, inf, 2, Number.NaN])
      expect(await at("1 / x", [0, inf, 4])).toEqual([inf, 0, 0.25])
      expect(await at("Abs(x) + Sign(x) + ReLU(x)", [-2, 3])).toEqual([1, 7])
    })
  })
}

function sizes(): void {
  describe("extreme sizes", () => {
    test("no rows and no columns return the defined values", async () => {
      const aliases = ["x = Vi(2)", "y = Vj(2)"]
      const [none, three] = [new Float32Array(0), random(1, 6)]
      expect(await gpu("x - y", aliases, "Sum", [none, three])).toEqual({ values: [] })
      expect(await gpu("x | y", aliases, "Sum", [three, none])).toEqual({ values: [0, 0, 0] })
      expect(await gpu("x | y", aliases, "LogSumExp", [three, none])).toEqual({ values: [-inf, -inf, -inf] })
      expect(await gpu("x | y", aliases, "Max_ArgMax", [three, none])).toEqual({ values: [-inf, -inf, -inf], indices: [-1, -1, -1] })
      expect(await gpu("x | y", aliases, "ArgKMin", [three, none], { k: 2 })).toEqual({ indices: [-1, -1, -1, -1, -1, -1] })
      expect(await gpu("x - y", aliases, "KMin_ArgKMin", [none, none], { k: 2 })).toEqual({ values: [], indices: [] })
    })
    test("one row, one column and no variable with rows are reduced", async () => {
      expect(await gpu("x * y", ["x = Vi(1)", "y = Vj(1)"], "Sum", [[3], [4]])).toEqual({ values: [12] })
      expect(await gpu("g * 2", ["g = Pm(3)"], "Sum", [[1, 2, 3]])).toEqual({ values: [2, 4, 6] })
    })
    test("300,000 rows are reduced", async () => {
      const x = random(1, 300_000)
      const y = random(2, 5)
      const aliases = ["x = Vi(1)", "y = Vj(1)"]
      const [few, many] = [await gpu("x - y", aliases, "Sum", [x, y]), await gpu("x - y", aliases, "Sum", [y, x], { over: "i" })]
      const sum = y.reduce((total, value) => total + value, 0)
      close(
        few.values!,
        x.map((value) => 5 * value - sum),
        0,
        2e-6,
      )
      expect(many.values).toHaveLength(300_000)
    })
    test("a million terms of one sign are summed within 1e-6", async () => {
      const y = random(5, 1_000_000)
      const exact = y.reduce((sum, value) => sum + Math.exp(-((value - 0.5) ** 2)), 0)
      const { values } = await gpu("Exp(-SqDist(x, y))", ["x = Vi(1)", "y = Vj(1)"], "Sum", [[0.5], y])
      expect(Math.abs(values![0]! - exact) / exact).toBeLessThan(1e-6)
      const total = y.reduce((sum, value) => sum + Math.abs(value), 0)
      const { values: plain } = await gpu("Abs(y)", ["y = Vj(1)"], "Sum", [y])
      expect(Math.abs(plain![0]! - total) / total).toBeLessThan(4e-8)
    })
    test("indices beyond 16 million are exact", async () => {
      const y = new Float32Array(17_000_001).fill(1)
      y[16_999_999] = 0
      const { indices } = await gpu("y", ["y = Vj(1)"], "ArgMin", [y])
      expect(indices).toEqual([16_999_999])
    })
  })
}
