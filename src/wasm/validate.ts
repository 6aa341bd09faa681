// Validates modules with this engine: a build must not ship a kernel that cannot run.
import { bytesOfHexadecimal } from "../artifact/wasm-abi.ts"
import { Code, encodeModule } from "./encoder.ts"

/** Whether the engine accepts a module (hexadecimal). */
export const isModule = (module: string): boolean => WebAssembly.validate(bytesOfHexadecimal(module))

let relaxed: boolean | undefined
/** Whether the engine supports relaxed SIMD; otherwise it cannot validate modules that use it. */
export function knowsRelaxed(): boolean {
  relaxed ??= WebAssembly.validate(
    encodeModule([{ code: new Code(["v128"], ["v128"]).get(0, 0, 0).op("f32x4.relaxed_madd") }]) as Uint8Array<ArrayBuffer>,
  )
  return relaxed
}
