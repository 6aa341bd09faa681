// The types of webgpu-package.js.
import type { Gpu } from "./types.ts"

/** The WebGPU of the package `webgpu`; rejects if it is not installed or does not load. */
export declare const loadWebgpu: () => Promise<Gpu>
