// Chooses the executor for a job, and the reason. Opens nothing in advance: the first job opens the GPU.

import type { Artifact } from "../artifact/artifact.ts"
import { builtWithout, outputNeedsWebgpu, reasonAsked, reasonDevice, reasonHardware, reasonSoftware } from "../messages/runtime.ts"
import { runOnCpu } from "./cpu/execute.ts"
import { type Job, type Outcome, onHost } from "./executor.ts"
import type { DeviceData } from "./matrix.ts"
import { checkOptions, type RunOptions } from "./options.ts"
import { adopt, type Context, closeDevices, findAdapter, openDevice } from "./webgpu/device.ts"
import { runOnGpu } from "./webgpu/execute.ts"
import type { GpuDevice } from "./webgpu/types.ts"

/** What `backendInfo` reports. */
export interface BackendInfo {
  /** What runs use: the GPU, or WebAssembly on the CPU. */
  readonly backend: "webgpu" | "wasm"
  /** Why it was chosen, as the end of a sentence. */
  readonly reason: string
  /** The adapter's description of itself, if it has one. */
  readonly adapter?: string
}

/**
 * Which backend a run with these options uses, and why. Runs nothing.
 *
 * @throws TypeError if an option is wrong; Error if `backend` is `"webgpu"` and there is no WebGPU (the promise rejects).
 * @example
 * const { backend, reason } = await backendInfo() // "wasm", "the only adapter runs on the CPU (…)"
 */
export async function backendInfo(options: Pick<RunOptions, "backend" | "device"> = {}): Promise<BackendInfo> {
  checkOptions(options)
  const { backend = "auto", device } = options
  if (backend === "wasm") return { backend, reason: reasonAsked(backend) }
  if (device) return { backend: "webgpu", reason: reasonDevice() }
  const isAsked = backend === "webgpu"
  try {
    const { description: adapter, hardware } = await findAdapter(isAsked)
    const reason = isAsked ? reasonAsked(backend) : (hardware ? reasonHardware : reasonSoftware)(adapter)
    return { backend: isAsked || hardware ? "webgpu" : "wasm", reason, adapter }
  } catch (error) {
    if (isAsked) throw error
    return { backend: "wasm", reason: (error as Error).message }
  }
}

/** Runs jobs, and uploads host results when the caller asked for `output: "device"`. */
export interface Backend {
  run(job: Job<DeviceData>): Promise<Outcome<DeviceData>>
  upload(data: Float32Array): Promise<DeviceData>
}

/** The backend of a run with these options on these inputs. The devices that it opens stay open until the functions pushed to `ends` are called. */
export async function choose(
  { formula, wgsl, wasm }: Artifact,
  options: RunOptions,
  inputs: readonly (Float32Array | DeviceData)[],
  ends: (() => void)[],
): Promise<Backend> {
  let { backend: asked = "auto" } = options
  if (asked !== "auto" && !{ wasm, webgpu: wgsl }[asked]) throw new TypeError(builtWithout(formula, asked))
  if (!wgsl) asked = "wasm"
  if (!wasm) asked = "webgpu"
  const resident = inputs.find((input): input is DeviceData => !ArrayBuffer.isView(input))
  const device = options.device ?? (asked === "wasm" ? undefined : (resident?.device as GpuDevice | undefined))
  const { backend } = await backendInfo({ backend: asked, device })
  let context: Context | undefined
  // All steps of a chain use one device, unless it is lost.
  const open = async () => {
    if (context?.memory.lost !== undefined) context = undefined
    context ??= await (device ? adopt(device, ends) : openDevice(ends))
    return context
  }
  const upload = async (data: Float32Array) => (await open()).memory.upload(data)
  if (backend === "webgpu") return { run: (job) => runOnGpu(open, job), upload }
  if (options.output === "device") throw new TypeError(outputNeedsWebgpu())
  return { run: async (job) => runOnCpu({ ...job, inputs: await Promise.all(job.inputs.map(onHost)) }), upload }
}

/**
 * Frees every device, buffer and kernel that this library holds. Running calls end first: the promise waits for them, and they return their results.
 * Later runs open devices again. Matrices on the device are lost; copy them with `toHost` before.
 *
 * @example
 * await dispose() // a program of Node can end
 */
export const dispose: () => Promise<void> = closeDevices
