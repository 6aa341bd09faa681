// The options of a run, and their validation.
import { noOption, optionKind } from "../messages/runtime.ts"
import type { AbortSignalLike } from "./executor.ts"
import { describe } from "./inputs.ts"
import type { GpuDevice } from "./webgpu/types.ts"

/** The options of a run: `reduction.with(options)`. */
export interface RunOptions {
  /** `"auto"` (the default) uses the GPU if there is a hardware adapter, otherwise the CPU. */
  readonly backend?: "auto" | "webgpu" | "wasm"
  /** A GPUDevice to run on. This library never destroys it. */
  readonly device?: GpuDevice
  /** Ends the run early: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignalLike
  /** Called with the completed share, from 0 to 1. */
  readonly onProgress?: (done: number) => void
  /** Where the result is stored: `"host"` (the default), or `"device"` to pass it to another reduction without reading it back. */
  readonly output?: "host" | "device"
}

/** For each option, the expected value in words: one of the quoted words, or an object with the method. */
const expectations: Readonly<Record<keyof RunOptions, readonly [expected: string, method?: string]>> = {
  backend: ['"auto", "webgpu" or "wasm"'],
  device: ["a GPUDevice", "createBuffer"],
  signal: ["an AbortSignal", "throwIfAborted"],
  onProgress: ["a function", "call"],
  output: ['"host" or "device"'],
}

/** The error about a value that is not what is expected. */
export const wrongKind = (name: string, expected: string, got: unknown) => new TypeError(optionKind(name, expected, describe(got)))

/** Throws a TypeError about the first invalid option. */
export function checkOptions(options: RunOptions): void {
  if (Object(options) !== options) throw wrongKind("options", "an object", options)
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(expectations, name)) throw new TypeError(noOption(name, Object.keys(expectations).join(", ")))
    const [expected, method] = expectations[name as keyof RunOptions]
    const isRight = method ? typeof Object(value)[method] === "function" : expected.split(/,? /).includes(describe(value))
    if (value !== undefined && !isRight) throw wrongKind(name, expected, value)
  }
}
