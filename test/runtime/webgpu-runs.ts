// The second half of the webgpu executor's tests: that the result does not depend on how work is divided, and how runs proceed and fail.
import { describe, expect, test } from "vitest"
import { backendInfo, dispose } from "../../src/runtime/backends.ts"
import { execute } from "../../src/runtime/execute.ts"
import type { Matrix } from "../../src/runtime/matrix.ts"
import type { RunOptions } from "../../src/runtime/options.ts"
import { openDevice } from "../../src/runtime/webgpu/device.ts"
import type { GpuDevice } from "../../src/runtime/webgpu/types.ts"
import { build, random } from "../support/run.ts"
import { close, type Pair, run } from "./webgpu-harness.ts"

export function cuts(): void {
  describe("results do not depend on how the work is divided", () => {
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
    test.each(shapes.map((shape) => [shape.slice(0, 3).join(", "), shape] as const))(
      "the same bits whatever a submit may take: %s",
      async (_name, [formula, dim, reduction, k]) => {
        const artifact = build(formula, [`x = Vi(${dim})`, `y = Vj(${dim})`], reduction, { k })
        const context = await openDevice()
        const pipeline = await context.pipelines.get(artifact.wgsl.code)
        let seed = 5
        const random32 = () => {
          seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
          return 2 ** (12 + (seed >>> 24) / 16)
        }
        for (const [rows, columns] of [
          [600, 1000],
          [3, 20_000],
        ] as const) {
          const inputs = [random(3, rows * dim), random(4, columns * dim)]
          const bits: string[] = []
          for (const budget of [() => 2 ** 12, () => 2 ** 40, random32, random32]) {
            // the budget as the clock might have set it, before each submit
            const pipelines = { get: async () => Object.defineProperty({ ...pipeline }, "budget", { get: budget, set() {} }) }
            const { values, indices } = await run(artifact, inputs, rows, columns, { pipelines })
            bits.push([values, indices].map((part) => part && Buffer.from(part.buffer).toString("base64")).join())
          }
          expect(new Set(bits).size).toBe(1)
        }
      },
    )
    test("a row that the device cannot bind is an error that names the formula", async () => {
      const artifact = build("x", ["x = Vi(100)"], "Sum")
      const device = { limits: { maxStorageBufferBindingSize: 256, maxComputeWorkgroupsPerDimension: 65_535 } } as GpuDevice
      await expect(run(artifact, [new Float32Array(100)], 1, 1, { device })).rejects.toThrow(/^`x`: one row exceeds the device's 256 bytes/)
    })
  })
}

export function runs(): void {
  const artifact = build("Exp(-SqDist(x, y))", ["x = Vi(3)", "y = Vj(3)"], "Sum")
  const [x, y] = [random(1, 3 * 500), random(2, 3 * 700)]
  const start = (options: RunOptions = {}) => execute(artifact, [x, y], { backend: "webgpu", ...options }) as Promise<Matrix>

  describe("a run", () => {
    test("does not disturb others at the same time", async () => {
      const alone = (await start()).data
      const together = await Promise.all([start(), execute(artifact, [y, x], { backend: "webgpu" }), start()])
      expect((together[0] as Matrix).data).toEqual(alone)
      expect((together[2] as Matrix).data).toEqual(alone)
      expect((together[1] as Matrix).rows).toBe(700)
    })
    test('uses the CPU with backend: "auto" if the only GPU is software, and reports why', async () => {
      const info = await backendInfo()
      expect(info.backend).toBe("wasm")
      expect(info.reason).toMatch(/^the only adapter runs on the CPU \(/)
    })
    test("reports progress up to 1", async () => {
      const told: number[] = []
      await start({ onProgress: (done) => told.push(done) })
      expect(told.at(-1)).toBe(1)
      expect(told).toEqual([...told].sort((a, b) => a - b))
    })
    test("ends early when aborted", async () => {
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
    test("stores results on the device, and accepts them from there", async () => {
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
      await expect(execute(artifact, [x, y], { backend: "wasm", output: "device" })).rejects.toThrow("needs a GPU")
    })
    test("stores pairs of results on the device", async () => {
      const pair = build("SqDist(x, y)", ["x = Vi(3)", "y = Vj(3)"], "KMin_ArgKMin", { k: 2 })
      const host = (await execute(pair, [x, y], { backend: "webgpu" })) as Pair
      const resident = (await execute(pair, [x, y], { backend: "webgpu", output: "device" })) as Pair
      expect((await resident.values.toHost()).data).toEqual(host.values.data)
      expect((await resident.indices.toHost()).data).toEqual(host.indices.data)
    })
    test("replaces a lost device", async () => {
      const before = (await start()).data
      const { device } = await openDevice()
      device.destroy()
      expect((await start()).data).toEqual(before)
      const running = start()
      ;(await openDevice()).device.destroy()
      expect((await running).data).toEqual(before)
    })
    test("uses a user's device without destroying or replacing it", async () => {
      const { create } = await import("webgpu")
      const gpu = create([])
      const device = await (await gpu.requestAdapter())!.requestDevice()
      const before = (await start()).data
      expect((await start({ device, backend: "auto" })).data).toEqual(before)
      await dispose()
      expect((await start({ device })).data).toEqual(before)
      device.destroy()
      await device.lost
      await expect(start({ device })).rejects.toThrow("`Exp(-SqDist(x, y))`: the passed device is lost")
    })
    test("reports a kernel that the device rejects with the formula and the compiler's message", async () => {
      const broken = { ...artifact, wgsl: { ...artifact.wgsl, code: artifact.wgsl.code.replace("exp(x)", "exp(x, x)") } }
      await expect(execute(broken, [x, y], { backend: "webgpu" })).rejects.toThrow(
        /^`Exp\(-SqDist\(x, y\)\)`: the device refused the kernel: .*:\d+:\d+ error: .*exp/,
      )
      expect((await start()).rows).toBe(500)
    })
    test("reports an artifact of another version with the remedy", async () => {
      await expect(execute({ ...artifact, tskeops: 0 }, [x, y])).rejects.toThrow(/was built by an older tskeops/)
    })
  })
}
