// The primitives that one WASM instruction computes; the others are written by wasm/math.ts and wasm/statements.ts.
import type { PrimitiveName } from "../operations/primitives.ts"
import type { Opcode } from "./encoder.ts"

export const direct: Partial<Record<PrimitiveName, Opcode>> = {
  add: "f32x4.add",
  sub: "f32x4.sub",
  mul: "f32x4.mul",
  div: "f32x4.div",
  neg: "f32x4.neg",
  abs: "f32x4.abs",
  sqrt: "f32x4.sqrt",
  floor: "f32x4.floor",
  lt: "f32x4.lt",
  le: "f32x4.le",
  eq: "f32x4.eq",
  ne: "f32x4.ne",
  and: "v128.and",
  or: "v128.or",
  not: "v128.not",
}
