// The scalar primitives in WGSL, one row each.
import type { PrimitiveName } from "../operations/primitives.ts"
import { type Calls, called, type HelperName } from "./helpers.ts"

/** A text of the arguments' texts, or the call of a helper, with more arguments after them. */
export type Expression = ((...args: readonly string[]) => string) | { readonly helper: HelperName; readonly more?: string }

/** `arithmetic` operators accept vectors and numbers mixed; functions need arguments of one type. */
export interface WgslPrimitive {
  readonly expression: Expression
  readonly arithmetic?: true
  /** Used if a comparison or `floor` may see the result (ir/exact.ts): correctly rounded, as in WASM. WGSL allows an error of 2.5 ULP. */
  readonly exact?: Expression
  /** Used if no argument can be NaN or infinite. */
  readonly plain?: Expression
}

const operator = (text: string): WgslPrimitive => ({ expression: (a, b) => `${a} ${text} ${b}`, arithmetic: true })
const builtin = (name: string): WgslPrimitive => ({ expression: (...args) => `${name}(${args.join(", ")})` })
/** NaN is detected by its bits: WGSL's operators may assume that there is none. */
const comparison = (helper: HelperName, text: string): WgslPrimitive => ({ expression: { helper }, plain: (a, b) => `${a} ${text} ${b}` })

export const wgslPrimitives: Readonly<Record<PrimitiveName, WgslPrimitive>> = {
  add: operator("+"),
  sub: operator("-"),
  mul: operator("*"),
  div: { ...operator("/"), exact: { helper: "quotient" } },
  neg: { expression: (a) => `-${a}`, arithmetic: true },
  abs: builtin("abs"),
  sqrt: { ...builtin("sqrt"), exact: { helper: "root" } },
  floor: builtin("floor"),
  exp: { expression: { helper: "exp" } },
  log: { expression: { helper: "log" } },
  sin: { expression: { helper: "sine", more: "0u" } },
  cos: { expression: { helper: "sine", more: "1u" } },
  lt: comparison("less", "<"),
  le: comparison("atMost", "<="),
  eq: comparison("equal", "=="),
  ne: comparison("unequal", "!="),
  and: { expression: (a, b) => `${a} & ${b}` },
  or: { expression: (a, b) => `${a} | ${b}` },
  not: { expression: (a) => `!${a}` },
  select: { expression: (mask, a, b) => `select(${b}, ${a}, ${mask})` },
}

/** 0 * x, a zero with the sign of x, or x - x: NaN if x is infinite or NaN. Compilers would fold the literal expressions to 0. */
export const nothing = (hasSign: boolean): Expression => ({ helper: "nothing", more: hasSign ? "0x80000000u" : "0u" })

/** The text of an expression; its helper, for vectors or plain numbers, is added to `calls`. */
export function apply(expression: Expression, args: readonly string[], isWide: boolean, calls: Calls): string {
  if (typeof expression === "function") return expression(...args)
  const { helper, more = [] } = expression
  return `${called(calls, helper, isWide)}(${[...args, ...[more].flat()].join(", ")})`
}
