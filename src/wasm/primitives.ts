// The scalar primitives in WASM, one row each: how four numbers (or masks) in locals become four in the local `out`.

import type { Value } from "../ir/program.ts"
import { isNonPositive } from "../ir/sign.ts"
import type { PrimitiveName } from "../operations/primitives.ts"
import type { Opcode } from "./encoder.ts"
import type { FunctionWriter } from "./function-writer.ts"
import { exp, log, sine } from "./math.ts"

/** Writes a primitive of the locals `args` to the local `out`. `values` are the values in them: their signs may save instructions. */
export type WasmPrimitive = (writer: FunctionWriter, out: number, args: readonly number[], values: readonly Value[]) => void

const instruction =
  (opcode: Opcode): WasmPrimitive =>
  (writer, out, args) =>
    writer.apply(opcode, out, ...args)

export const wasmPrimitives: Readonly<Record<PrimitiveName, WasmPrimitive>> = {
  // `StatementWriter` may fuse it with a product.
  add: instruction("f32x4.add"),
  sub: instruction("f32x4.sub"),
  mul: instruction("f32x4.mul"),
  div: instruction("f32x4.div"),
  neg: instruction("f32x4.neg"),
  abs: instruction("f32x4.abs"),
  sqrt: instruction("f32x4.sqrt"),
  floor: instruction("f32x4.floor"),
  exp: (writer, out, [x], [value]) => exp(writer, x!, out, isNonPositive(value!)),
  log: (writer, out, [x]) => log(writer, x!, out),
  sin: (writer, out, [x]) => sine(writer, x!, out, "sin"),
  cos: (writer, out, [x]) => sine(writer, x!, out, "cos"),
  lt: instruction("f32x4.lt"),
  le: instruction("f32x4.le"),
  eq: instruction("f32x4.eq"),
  ne: instruction("f32x4.ne"),
  and: instruction("v128.and"),
  or: instruction("v128.or"),
  not: instruction("v128.not"),
  select: (writer, out, [mask, a, b]) => writer.apply("v128.bitselect", out, a!, b!, mask!),
}
