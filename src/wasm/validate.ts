// Validates modules with this engine: a build must not ship a kernel that cannot run.
import { Code, encodeModule } from "./encoder.ts"

/** Whether the engine accepts a module (hexadecimal). */
export function isModule(module: string): boolean {
  const digit = (at: number) => Number.parseInt(module[at]!, 16)
  // Modules may have millions of bytes: no list of them is made.
  const bytes = new Uint8Array(module.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = digit(2 * at) * 16 + digit(2 * at + 1)
  return WebAssembly.validate(bytes)
}

let relaxed: boolean | undefined
/** Whether the engine supports relaxed SIMD; otherwise it cannot validate modules that use it. */
export function knowsRelaxed(): boolean {
  relaxed ??= WebAssembly.validate(
    encodeModule([{ code: new Code(["v128"], ["v128"]).get(0, 0, 0).op("f32x4.relaxed_madd") }]) as Uint8Array<ArrayBuffer>,
  )
  return relaxed
}
