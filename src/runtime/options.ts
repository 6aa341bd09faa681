// What a user may set for a run, and whether it is that.
import { optionKind } from "../messages/runtime.ts"
import type { AbortSignalLike } from "./executor.ts"
import { describe } from "./inputs.ts"
import type { GpuDevice } from "./webgpu/types.ts"

export interface RunOptions {
  /** `"auto"` (the default) takes the GPU where there is a hardware adapter, else the CPU. */
  readonly backend?: "auto" | "webgpu" | "wasm"
  /** A GPUDevice of your own to run on. It is never destroyed by this library. */
  readonly device?: GpuDevice
  /** Ends the run early: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignalLike
  /** Called with the share done, from 0 to 1. */
  readonly onProgress?: (done: number) => void
  /** Where the result stays: `"host"` (the default), or `"device"` to pass it on to another reduction without reading it back. */
  readonly output?: "host" | "device"
}

/** What each option may be, in words: those in quotes, or what has a method. */
const expectations: Readonly<Record<keyof RunOptions, readonly [expected: string, method?: string]>> = {
  backend: ['"auto", "webgpu" or "wasm"'],
  device: ["a GPUDevice", "createBuffer"],
  signal: ["an AbortSignal", "throwIfAborted"],
  onProgress: ["a function", "call"],
  output: ['"host" or "device"'],
}

/** Throws a TypeError about the first option that is none. */
export function checkOptions(options: RunOptions): void {
  if (Object(options) !== options) throw new TypeError(optionKind("options", "an object", describe(options)))
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(expectations, name)) throw new TypeError(optionKind("options", Object.keys(expectations).join(", "), name))
    const [expected, method] = expectations[name as keyof RunOptions]
    const isRight = method ? typeof Object(value)[method] === "function" : expected.split(/,? or |, /).includes(describe(value))
    if (value !== undefined && !isRight) throw new TypeError(optionKind(name, expected, describe(value)))
  }
}
