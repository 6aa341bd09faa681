// The tests of the webgpu executor, for one driver: each driver has a file of its own, because a process has one driver.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Artifact } from "../../src/artifact/artifact.ts"
import { backendInfo, dispose } from "../../src/runtime/backends.ts"
import { execute, type Result } from "../../src/runtime/execute.ts"
import type { Matrix } from "../../src/runtime/matrix.ts"
import type { RunOptions } from "../../src/runtime/options.ts"
import { webgpuExecutor } from "../../src/runtime/webgpu.ts"
import { type Context, openDevice } from "../../src/runtime/webgpu-device.ts"
import { type Driver, use } from "../support/drivers.ts"
import { build, random, type Setup } from "../support/run.ts"

const inf = Number.POSITIVE_INFINITY
type Pair = Exclude<Result, Matrix>
type Flat = { values?: number[]; indices?: number[] }

function flat(result: unknown): Flat {
  const { values, indices, data } = result as { values?: Matrix; indices?: Matrix; data?: Float32Array | Int32Array }
  if (values && indices) return { values: [...values.data], indices: [...indices.data] }
  return data instanceof Int32Array ? { indices: [...data] } : { values: [...data!] }
}

async function gpu(formula: string, aliases: readonly string[], reduction: string, inputs: readonly unknown[], setup: Setup = {}) {
  return flat(await execute(build(formula, aliases, reduction, setup), inputs, { backend: "webgpu" }))
}

/** One column of numbers, reduced for a single row. */
const column = (reduction: string, numbers: readonly number[], k?: number) => gpu("y", ["y = Vj(1)"], reduction, [numbers], { k })

/** The same device, with smaller limits. */
async function run(artifact: Artifact, inputs: readonly Float32Array[], rows: number, columns: number, changes: Partial<Context>) {
  const context = await openDevice()
  const { values, indices } = await webgpuExecutor(async () => ({ ...context, ...changes })).run({ artifact, rows, columns, inputs })
  return { values: values as Float32Array | undefined, indices: indices as Int32Array | undefined }
}

const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, relative: number, absolute = 0) => {
  expect(found.length).toBe(wanted.length)
  let worst = -1
  let at = 0
  for (let index = 0; index < found.length; index++) {
    const [a, b] = [found[index]!, wanted[index]!]
    const error = Object.is(a, b) || a === b ? 0 : Math.abs(a - b) - relative * Math.abs(b)
    if (!(error <= worst)) [worst, at] = [error, index]
  }
  expect(worst, `number ${at}: ${found[at]}, not ${wanted[at]}`).toBeLessThanOrEqual(absolute)
}

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
  describe("edges", () => {
    test("the CPU's results, for each way of keeping state", async () => {
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
    test("NaN makes sums NaN, and never wins", async () => {
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
    test("infinities", async () => {
      expect((await column("Sum", [1, inf, 2])).values).toEqual([inf])
      expect((await column("Sum", [1, inf, -inf])).values).toEqual([Number.NaN])
      expect(await column("Min_ArgMin", [inf, 1, -inf, -inf])).toEqual({ values: [-inf], indices: [2] })
      expect(await column("Max_ArgMax", [-inf, inf, inf])).toEqual({ values: [inf], indices: [1] })
      expect(await column("KMin_ArgKMin", [inf, 5], 3)).toEqual({ values: [5, inf, inf], indices: [1, 0, -1] })
      expect(await column("Max_ArgMax", [-inf])).toEqual({ values: [-inf], indices: [0] })
    })
    test("LogSumExp where terms are infinite, and where nothing is finite", async () => {
      const lse = async (numbers: readonly number[]) => (await column("LogSumExp", numbers)).values![0]!
      expect(await lse([1, -inf])).toBeCloseTo(1, 6)
      expect(await lse([-inf, 1, 1, -inf, 1, -inf, 1])).toBeCloseTo(1 + Math.log(4), 6)
      expect(await lse([-inf, -inf, -inf, -inf, -inf])).toBe(-inf)
      expect(await lse([3, inf, -inf])).toBe(inf)
      expect(await lse([inf, 3, Number.NaN])).toBeNaN()
      expect(await lse([-3e38, -3e38])).toBeCloseTo(-3e38, -33)
      expect(await lse([1000, 1000, -1000])).toBeCloseTo(1000 + Math.log(2), 3)
    })
    test("equal values go to the smallest index", async () => {
      const same = new Array<number>(1000).fill(7)
      expect(await column("KMin_ArgKMin", same, 3)).toEqual({ values: [7, 7, 7], indices: [0, 1, 2] })
      expect((await column("ArgMax", [...same, 8, 8])).indices).toEqual([1000])
      expect((await column("ArgMin", [0, -0, 0])).indices).toEqual([0])
    })
    test("primitives at their edges", async () => {
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
  describe("sizes", () => {
    test("no rows, no columns", async () => {
      const aliases = ["x = Vi(2)", "y = Vj(2)"]
      const [none, three] = [new Float32Array(0), random(1, 6)]
      expect(await gpu("x - y", aliases, "Sum", [none, three])).toEqual({ values: [] })
      expect(await gpu("x | y", aliases, "Sum", [three, none])).toEqual({ values: [0, 0, 0] })
      expect(await gpu("x | y", aliases, "LogSumExp", [three, none])).toEqual({ values: [-inf, -inf, -inf] })
      expect(await gpu("x | y", aliases, "Max_ArgMax", [three, none])).toEqual({ values: [-inf, -inf, -inf], indices: [-1, -1, -1] })
      expect(await gpu("x | y", aliases, "ArgKMin", [three, none], { k: 2 })).toEqual({ indices: [-1, -1, -1, -1, -1, -1] })
      expect(await gpu("x - y", aliases, "KMin_ArgKMin", [none, none], { k: 2 })).toEqual({ values: [], indices: [] })
    })
    test("one row, one column, no variable with rows", async () => {
      expect(await gpu("x * y", ["x = Vi(1)", "y = Vj(1)"], "Sum", [[3], [4]])).toEqual({ values: [12] })
      expect(await gpu("g * 2", ["g = Pm(3)"], "Sum", [[1, 2, 3]])).toEqual({ values: [2, 4, 6] })
    })
    test("300,000 rows", async () => {
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
    test("a million terms of one sign, within 1e-6", async () => {
      const y = random(5, 1_000_000)
      const exact = y.reduce((sum, value) => sum + Math.exp(-((value - 0.5) ** 2)), 0)
      const { values } = await gpu("Exp(-SqDist(x, y))", ["x = Vi(1)", "y = Vj(1)"], "Sum", [[0.5], y])
      expect(Math.abs(values![0]! - exact) / exact).toBeLessThan(1e-6)
      const total = y.reduce((sum, value) => sum + Math.abs(value), 0)
      const { values: plain } = await gpu("Abs(y)", ["y = Vj(1)"], "Sum", [y])
      expect(Math.abs(plain![0]! - total) / total).toBeLessThan(2e-7)
    })
    test("indices beyond 16 million", async () => {
      const y = new Float32Array(17_000_001).fill(1)
      y[16_999_999] = 0
      const { indices } = await gpu("y", ["y = Vj(1)"], "ArgMin", [y])
      expect(indices).toEqual([16_999_999])
    })
  })
}

function cuts(): void {
  describe("however the work is cut", () => {
    const shapes: readonly (readonly [string, number, string, number?])[] = [
      ["Exp(-SqDist(x, y))", 3, "Sum"],
      ["SqDist(x, y)", 3, "LogSumExp"],
      ["SqDist(x, y)", 3, "ArgKMin", 4],
      ["Exp(-SqDist(x, y)) * y", 20, "Sum"],
    ]
    test.each(shapes.map((shape) => [shape.slice(0, 3).join(", "), shape] as const))("%s", async (_name, [formula, dim, reduction, k]) => {
      const artifact = build(formula, [`x = Vi(${dim})`, `y = Vj(${dim})`], reduction, { k })
      const [rows, columns] = [600, 1000]
      const inputs = [random(3, rows * dim), random(4, columns * dim)]
      const wanted = await run(artifact, inputs, rows, columns, {})
      const whole = { maxStorageBufferBindingSize: 2 ** 27, maxComputeWorkgroupsPerDimension: 65_535 }
      const state = 4 * artifact.wgsl.stateWords * artifact.wgsl.rowsPerGroup
      for (const changes of [
        { busy: 1 },
        { busy: 200 },
        { busy: 5, limits: { ...whole, maxComputeWorkgroupsPerDimension: 2 } },
        { busy: 3, limits: { ...whole, maxStorageBufferBindingSize: Math.max(state, 150 * dim * 4) } },
      ]) {
        const found = await run(artifact, inputs, rows, columns, changes)
        close(found.values ?? [], wanted.values ?? [], 3e-7)
        expect(found.indices).toEqual(wanted.indices)
      }
    })
    test("a row that the device cannot bind is refused with the formula's name", async () => {
      const artifact = build("x", ["x = Vi(100)"], "Sum")
      const limits = { maxStorageBufferBindingSize: 256, maxComputeWorkgroupsPerDimension: 65_535 }
      await expect(run(artifact, [new Float32Array(100)], 1, 1, { limits })).rejects.toThrow(/^`x`: one row takes \d+ bytes, more than/)
    })
  })
}

function runs(): void {
  const artifact = build("Exp(-SqDist(x, y))", ["x = Vi(3)", "y = Vj(3)"], "Sum")
  const [x, y] = [random(1, 3 * 500), random(2, 3 * 700)]
  const start = (options: RunOptions = {}) => execute(artifact, [x, y], { backend: "webgpu", ...options }) as Promise<Matrix>

  describe("runs", () => {
    test("at the same time do not disturb each other", async () => {
      const alone = (await start()).data
      const together = await Promise.all([start(), execute(artifact, [y, x], { backend: "webgpu" }), start()])
      expect((together[0] as Matrix).data).toEqual(alone)
      expect((together[2] as Matrix).data).toEqual(alone)
      expect((together[1] as Matrix).rows).toBe(700)
    })
    test("auto prefers the CPU to a GPU in software, and says so", async () => {
      const info = await backendInfo()
      expect(info.backend).toBe("wasm")
      expect(info.reason).toMatch(/^the only WebGPU adapter runs on the CPU \(/)
    })
    test("tell their progress up to 1", async () => {
      const told: number[] = []
      await start({ onProgress: (done) => told.push(done) })
      expect(told.at(-1)).toBe(1)
      expect(told).toEqual([...told].sort((a, b) => a - b))
    })
    test("end early when they are aborted", async () => {
      await expect(start({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough")
      const controller = new AbortController()
      const long = execute(artifact, [random(1, 60_000), random(2, 600_000)], {
        backend: "webgpu",
        signal: controller.signal,
        onProgress: () => controller.abort(new Error("seen enough")),
      })
      await expect(long).rejects.toThrow("seen enough")
      expect((await start()).rows).toBe(500)
    })
    test("leave results on the device, and take them from there", async () => {
      const host = await start()
      const resident = await start({ output: "device" })
      expect(resident.onDevice).toBe(true)
      expect(() => resident.data).toThrow("toHost")
      expect((await resident.toHost()).data).toEqual(host.data)
      const double = build("2 * b", ["b = Vi(1)"], "Sum")
      const twice = (await execute(double, [resident])) as Matrix
      expect(twice.data).toEqual(host.data.map((value) => 2 * value))
      const onCpu = (await execute(double, [resident], { backend: "wasm" })) as Matrix
      expect(onCpu.data).toEqual(twice.data)
      resident.dispose()
      await expect(execute(double, [resident])).rejects.toThrow("was freed")
      await expect(execute(artifact, [x, y], { backend: "wasm", output: "device" })).rejects.toThrow("needs the webgpu backend")
    })
    test("leave pairs of results on the device", async () => {
      const pair = build("SqDist(x, y)", ["x = Vi(3)", "y = Vj(3)"], "KMin_ArgKMin", { k: 2 })
      const host = (await execute(pair, [x, y], { backend: "webgpu" })) as Pair
      const resident = (await execute(pair, [x, y], { backend: "webgpu", output: "device" })) as Pair
      expect((await resident.values.toHost()).data).toEqual(host.values.data)
      expect((await resident.indices.toHost()).data).toEqual(host.indices.data)
    })
    test("a device that is lost is replaced", async () => {
      const before = (await start()).data
      const { device } = await openDevice()
      device.destroy()
      expect((await start()).data).toEqual(before)
      const running = start()
      ;(await openDevice()).device.destroy()
      expect((await running).data).toEqual(before)
    })
    test("a device of the user's is used, not destroyed, and not replaced", async () => {
      const { create } = await import("webgpu")
      const gpu = create([])
      const device = await (await gpu.requestAdapter())!.requestDevice()
      const before = (await start()).data
      expect((await start({ device, backend: "auto" })).data).toEqual(before)
      await dispose()
      expect((await start({ device })).data).toEqual(before)
      device.destroy()
      await device.lost
      await expect(start({ device })).rejects.toThrow("`Exp(-SqDist(x, y))`: the device that was passed is lost")
    })
    test("a kernel that the device refuses is an error with the formula's name and the compiler's words", async () => {
      const broken = { ...artifact, wgsl: { ...artifact.wgsl, code: artifact.wgsl.code.replace("exp(x)", "exp(x, x)") } }
      await expect(execute(broken, [x, y], { backend: "webgpu" })).rejects.toThrow(
        /^`Exp\(-SqDist\(x, y\)\)`: the device refused the kernel: line \d+: .*exp/,
      )
      expect((await start()).rows).toBe(500)
    })
    test("an artifact of another version names the remedy", async () => {
      await expect(execute({ ...artifact, tskeops: 0 }, [x, y])).rejects.toThrow(
        /compiled by another version of tskeops .* build the application again/,
      )
    })
  })
}
