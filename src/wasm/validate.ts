// Whether modules are such as this engine takes: a build must not ship a kernel that cannot run.
import { Code, encodeModule } from "./encoder.ts"

/** Whether the engine takes a module (base64). */
export function isModule(module: string): boolean {
  return WebAssembly.validate(Uint8Array.from(atob(module), (byte) => byte.charCodeAt(0)))
}

let relaxed: boolean | undefined
/** Whether the engine knows fused multiply-add, without which it can say nothing of modules that have it. */
export function knowsRelaxed(): boolean {
  relaxed ??= WebAssembly.validate(
    encodeModule([{ code: new Code(["v128"], ["v128"]).get(0, 0, 0).op("f32x4.relaxed_madd") }]) as Uint8Array<ArrayBuffer>,
  )
  return relaxed
}
