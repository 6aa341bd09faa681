// The types of webgpu-package.js.
import type { Gpu } from "./types.ts"

/** WebGPU of the package `webgpu`; rejects where it is not installed or does not load. */
export declare const loadWebgpu: () => Promise<Gpu>
