// What each primitive means, in float64. Folds literals at build time; tests take it as the oracle of the emitters.
import type { PrimitiveName } from "./primitives.ts"

type Meaning = (...args: never[]) => number | boolean

const meaning: Record<PrimitiveName, Meaning> = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  neg: (a: number) => -a,
  abs: Math.abs,
  sqrt: Math.sqrt,
  floor: Math.floor,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  lt: (a: number, b: number) => a < b,
  le: (a: number, b: number) => a <= b,
  eq: (a: number, b: number) => a === b,
  ne: (a: number, b: number) => a !== b,
  and: (a: boolean, b: boolean) => a && b,
  or: (a: boolean, b: boolean) => a || b,
  not: (a: boolean) => !a,
  select: (mask: boolean, a: number, b: number) => (mask ? a : b),
}

/** The value of a primitive applied to numbers and masks. */
export function evaluate(primitive: PrimitiveName, args: readonly (number | boolean)[]): number | boolean {
  return (meaning[primitive] as (...args: readonly (number | boolean)[]) => number | boolean)(...args)
}
