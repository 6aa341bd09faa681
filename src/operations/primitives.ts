// The scalar primitives: the only functions that have one implementation per target (src/wgsl/primitives.ts, src/wasm/primitives.ts)
// and one in float64 (evaluate.ts), each exhaustive by type.
// Everything a formula can compute is made of them. This file imports nothing.

/** What a primitive takes and gives: numbers (f32) or masks (the result of a comparison). */
export interface Primitive {
  readonly args: readonly ("number" | "mask")[]
  readonly result: "number" | "mask"
}

const unary = { args: ["number"], result: "number" } as const
const binary = { args: ["number", "number"], result: "number" } as const
const comparison = { args: ["number", "number"], result: "mask" } as const
const connective = { args: ["mask", "mask"], result: "mask" } as const

/** Names are lower case, so that they cannot be taken for operations. */
export const primitives = {
  add: binary,
  sub: binary,
  mul: binary,
  div: binary,
  neg: unary,
  abs: unary,
  sqrt: unary,
  floor: unary,
  exp: unary,
  log: unary,
  sin: unary,
  cos: unary,
  lt: comparison,
  le: comparison,
  eq: comparison,
  ne: comparison,
  and: connective,
  or: connective,
  not: { args: ["mask"], result: "mask" },
  select: { args: ["mask", "number", "number"], result: "number" },
} as const satisfies Record<string, Primitive>

export type PrimitiveName = keyof typeof primitives
