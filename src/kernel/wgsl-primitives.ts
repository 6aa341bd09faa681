// The scalar primitives in WGSL, one row each, and literals. WGSL implementations may assume that no NaN or infinity occurs, so the
// edges are tested on bits or against numbers known at run time only, and written by bit pattern.
import type { PrimitiveName } from "../operations/primitives.ts"
import { cosCoefficients, halfPi, sinCoefficients } from "./polynomials.ts"

/** `expression` of the arguments' texts; `arithmetic` operators mix vectors and numbers, all others take one type. */
export interface WgslPrimitive {
  readonly expression: (...args: readonly string[]) => string
  readonly arithmetic?: true
  /** A function of the module that the expression calls: F, I and B stand for f32, u32 and bool, or vectors of them. */
  readonly helper?: string
}

const operator = (text: string): WgslPrimitive => ({ expression: (a, b) => `${a} ${text} ${b}`, arithmetic: true })
const comparison = (text: string): WgslPrimitive => ({ expression: (a, b) => `${a} ${text} ${b}` })
const builtin = (name: string): WgslPrimitive => ({ expression: (a) => `${name}(${a})` })

/**
 * WGSL's own sin and cos are exact to 2^-11 and only on [-pi, pi]. The same reduction and polynomials as in wasm-math.ts; the
 * bit patterns between the steps of the reduction keep compilers from joining its constants.
 */
const sine = `fn sine_F(x: F, quarter: u32) -> F {
let n = round(x * ${Math.fround(2 / Math.PI)}f);
let a = bitcast<F>(bitcast<I>(x - n * ${halfPi[0]}f) ^ I(args.zero));
let b = bitcast<F>(bitcast<I>(a - n * ${halfPi[1]}f) ^ I(args.zero));
let r = clamp(b - n * ${halfPi[2]}f, F(-0.8f), F(0.8f));
let z = r * r;
let s = r + r * (z * (${sinCoefficients[0]}f + z * (${sinCoefficients[1]}f + z * ${sinCoefficients[2]}f)));
let c = 1f + z * (-0.5f + z * (${cosCoefficients[0]}f + z * (${cosCoefficients[1]}f + z * ${cosCoefficients[2]}f)));
let q = I(n + 4194304f) + I(quarter);
let v = select(s, c, (q & I(1u)) == I(1u));
return select(F(number(0x7fc00000u)), select(v, -v, (q & I(2u)) == I(2u)), abs(x) < F(number(0x7f800000u)));
}`

export const wgslPrimitives: Readonly<Record<PrimitiveName, WgslPrimitive>> = {
  add: operator("+"),
  sub: operator("-"),
  mul: operator("*"),
  div: operator("/"),
  neg: { expression: (a) => `-${a}`, arithmetic: true },
  abs: builtin("abs"),
  sqrt: builtin("sqrt"),
  floor: builtin("floor"),
  // SwiftShader's exp(NaN) is infinite.
  exp: {
    expression: (a) => `exp_F(${a})`,
    helper: "fn exp_F(x: F) -> F { return select(x, exp(x), x <= F(number(0x7f800000u))); }",
  },
  // SwiftShader's log(0) is -88.03, and below 0 it is that of the absolute value.
  log: {
    expression: (a) => `log_F(${a})`,
    helper:
      "fn log_F(x: F) -> F { return select(F(number(0x7fc00000u)), select(log(x), F(number(0xff800000u)), x == F(0f)), x >= F(0f)); }",
  },
  sin: { expression: (a) => `sine_F(${a}, 0u)`, helper: sine },
  cos: { expression: (a) => `sine_F(${a}, 1u)`, helper: sine },
  lt: comparison("<"),
  le: comparison("<="),
  eq: comparison("=="),
  ne: comparison("!="),
  and: comparison("&"),
  or: comparison("|"),
  not: { expression: (a) => `!${a}` },
  select: { expression: (mask, a, b) => `select(${b}, ${a}, ${mask})` },
}

/** A number of these bits that no compiler knows: constant infinities, and divisions by a constant zero, are errors in WGSL. */
export const number = "fn number(bits: u32) -> f32 { return bitcast<f32>(bits ^ args.zero); }"

const view = new DataView(new ArrayBuffer(4))

/** The bits of a number rounded to float32, as a WGSL literal. */
export function bits(value: number): string {
  view.setFloat32(0, value)
  return `0x${view.getUint32(0).toString(16).padStart(8, "0")}u`
}

/** A literal; infinities, NaN and, where `hidden` is set, every number are made of bits at run time. */
export function literal(value: number, hidden = false): string {
  const rounded = Math.fround(value)
  if (hidden || !Number.isFinite(rounded)) return `number(${bits(rounded)})`
  return `${Object.is(rounded, -0) ? "-0" : rounded}f`
}
