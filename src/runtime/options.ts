// What a user may set for a run. Data only.
import type { GpuDevice } from "./webgpu-types.ts"

export interface RunOptions {
  /** `"auto"` (the default) takes the GPU where there is a hardware adapter, else the CPU. */
  readonly backend?: "auto" | "webgpu" | "wasm"
  /** A GPUDevice of your own to run on. It is never destroyed by this library. */
  readonly device?: GpuDevice
  /** Ends the run early: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Called with the share done, from 0 to 1. */
  readonly onProgress?: (done: number) => void
  /** Where the result stays: `"host"` (the default), or `"device"` to pass it on to another reduction without reading it back. */
  readonly output?: "host" | "device"
}
