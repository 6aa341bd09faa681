// The scalar primitives in WGSL, one row each, and literals. WGSL implementations may assume that no NaN or infinity occurs, so the
// edges are tested on bits or against numbers known only at run time, and written as bit patterns.

import { cosCoefficients, farAngle, halfPi, sinCoefficients, turnBits, turnPart } from "../operations/polynomials.ts"
import type { PrimitiveName } from "../operations/primitives.ts"

const view = new DataView(new ArrayBuffer(4))

/** `expression` of the arguments' texts. `arithmetic` operators accept vectors and numbers mixed; functions need arguments of one type. */
export interface WgslPrimitive {
  readonly expression: (...args: readonly string[]) => string
  readonly arithmetic?: true
  /** Used if a comparison or `floor` may see the result (ir/exact.ts): correctly rounded, as in WASM. WGSL allows an error of 2.5 ULP. */
  readonly exact?: (...args: readonly string[]) => string
  /** Used if no argument can be NaN or infinite. */
  readonly plain?: (...args: readonly string[]) => string
}

const operator = (text: string): WgslPrimitive => ({ expression: (a, b) => `${a} ${text} ${b}`, arithmetic: true })
const call =
  (name: string) =>
  (...args: readonly string[]) =>
    `${name}(${args.join(", ")})`
const builtin = (name: string): WgslPrimitive => ({ expression: call(name) })
/** NaN is detected by its bits: WGSL's operators may assume that there is none. */
const comparison = (name: string, text: string): WgslPrimitive => ({ expression: call(name), plain: (a, b) => `${a} ${text} ${b}` })

export const wgslPrimitives: Readonly<Record<PrimitiveName, WgslPrimitive>> = {
  add: operator("+"),
  sub: operator("-"),
  mul: operator("*"),
  div: { ...operator("/"), exact: call("quotient_F") },
  neg: { expression: (a) => `-${a}`, arithmetic: true },
  abs: builtin("abs"),
  sqrt: { ...builtin("sqrt"), exact: call("root_F") },
  floor: builtin("floor"),
  exp: builtin("exp_F"),
  log: builtin("log_F"),
  sin: { expression: (a) => `sine_F(${a}, 0u)` },
  cos: { expression: (a) => `sine_F(${a}, 1u)` },
  lt: comparison("less_F", "<"),
  le: comparison("atMost_F", "<="),
  eq: comparison("equal_F", "=="),
  ne: comparison("unequal_F", "!="),
  and: { expression: (a, b) => `${a} & ${b}` },
  or: { expression: (a, b) => `${a} | ${b}` },
  not: { expression: (a) => `!${a}` },
  select: { expression: (mask, a, b) => `select(${b}, ${a}, ${mask})` },
}

/** 0 * x, a zero with the sign of x, or x - x: NaN if x is infinite or NaN. Written out, compilers would fold them to 0. */
export const nothing = (x: string, sign: boolean): string => `nothing_F(${x}, ${sign ? "0x80000000u" : "0u"})`

/**
 * The last bit of a quotient is computed from integers: k scales its mantissa q to 24 bits, WGSL's division returns q with an error of a few
 * units, and the remainder, which fits in 32 bits, corrects it. Compilers cannot simplify that.
 */
const quotient = `fn quotient_F(a: F, b: F) -> F {
let x = bitcast<J>(a);
let y = bitcast<J>(b);
let m = (x & J(0x7fffff)) | J(0x800000);
let n = (y & J(0x7fffff)) | J(0x800000);
let k = select(I(23u), I(24u), m < n);
let inverse = 1f / F(n);
let low = J(F(m) * inverse * F(J(1) << k)) - J(12);
let rest = (m << k) - low * n;
let more = J(F(rest) * inverse);
let q = low + more + select(J(), J(1), (rest - more * n) * 2 > n);
let p = (x >> I(23u)) & J(255);
let s = (y >> I(23u)) & J(255);
let e = p - s + J(149) - bitcast<J>(k);
let normal = (p > J()) & (p < J(255)) & (s > J()) & (s < J(255)) & (e >= J()) & (e < J(254));
return select(a / b, bitcast<F>(((x ^ y) & J(-0x7fffffff - 1)) | ((e << I(23u)) + q)), normal);
}`

/** The same for a square root: k makes the exponent even. */
const root = `fn root_F(a: F) -> F {
let x = bitcast<J>(a);
let e = x >> I(23u);
let m = (x & J(0x7fffff)) | J(0x800000);
let k = J(24) - (e & J(1));
let low = J(sqrt(F(m) * F(J(1) << bitcast<I>(k)))) - J(8);
let rest = (m << bitcast<I>(k)) - low * low;
let more = J(F(rest) / F(low * 2));
let near = low + more;
let q = near + select(J(), J(1), rest - more * (low + near) > near);
return select(sqrt(a), bitcast<F>((((e + J(148) - k) >> I(1u)) << I(23u)) + q), (e > J()) & (e < J(255)));
}`

/**
 * WGSL's built-in sin and cos are accurate to 2^-11, and only on [-pi, pi]. The same reductions and polynomials as in wasm/math.ts. The bitcasts
 * between the steps of the first reduction keep compilers from adding its constants. GPUs skip the second reduction unless x is large.
 */
const sine = `fn sine_F(x: F, quarter: u32) -> F {
let size = bitcast<J>(x) & J(0x7fffffff);
let n = round(x * ${Math.fround(2 / Math.PI)}f);
let a = bitcast<F>(bitcast<I>(x - n * ${halfPi[0]}f) ^ I(args.zero));
let b = bitcast<F>(bitcast<I>(a - n * ${halfPi[1]}f) ^ I(args.zero));
var r = b - n * ${halfPi[2]}f;
var q = bitcast<I>(J(n));
let far = size >= J(${hex(bitsOf(farAngle), "")});
for (var again = any(far); again; again = false) {
let turn = turn_F(x);
let near = turn + I(0x20000000u);
let rest = near & I(0x3fffffffu);
let under = rest < I(0x20000000u);
let part = F(select(rest - I(0x20000000u), I(0x20000000u) - rest, under)) * ${Math.fround(turnPart)}f;
r = select(r, select(part, -part, under), far);
q = select(q, near >> I(30u), far);
}
let z = r * r;
let s = r + r * (z * (${sinCoefficients[0]}f + z * (${sinCoefficients[1]}f + z * ${sinCoefficients[2]}f)));
let c = 1f + z * (-0.5f + z * (${cosCoefficients[0]}f + z * (${cosCoefficients[1]}f + z * ${cosCoefficients[2]}f)));
let place = q + I(quarter);
let v = select(s, c, (place & I(1u)) == I(1u));
return select(F(number(0x7fc00000u)), select(v, -v, (place & I(2u)) == I(2u)), size < J(0x7f800000));
}`

const word = (at: string, first: number) =>
  [1, 2, 3].reduce((text, k) => `select(${text}, I(${hex(turnBits[first + k]!)}), ${at} == I(${k}u))`, `I(${hex(turnBits[first]!)})`)
/** x / (2 pi) modulo 1, in units of 2^-32, for |x| of at least 2^13: 56 bits of 1 / (2 pi) times the 24 bits of x. */
const turn = `fn turn_F(x: F) -> I {
let b = bitcast<I>(x);
let m = (b & I(0x7fffffu)) | I(0x800000u);
let s = ((b >> I(23u)) & I(255u)) - I(140u);
let at = s >> I(5u);
let left = s & I(31u);
let right = I(31u) - left;
let one = ${word("at", 0)};
let two = ${word("at", 1)};
let three = ${word("at", 2)};
let high = (one << left) | ((two >> I(1u)) >> right);
let low = (two << left) | ((three >> I(1u)) >> right);
var carried = (m * ((low >> I(8u)) & I(255u))) >> I(8u);
carried = (m * ((low >> I(16u)) & I(255u)) + carried) >> I(8u);
carried = (m * (low >> I(24u)) + carried) >> I(8u);
let turn = m * high + carried;
return select(turn, I() - turn, b > I(0x7fffffffu));
}`

/** Functions of a module, each before those that it calls. F, I, J and B are f32, u32, i32 and bool, or vectors of them. */
const functions: readonly string[] = [
  "fn less_F(a: F, b: F) -> B { return (a < b) & !(nan_F(a) | nan_F(b)); }",
  "fn atMost_F(a: F, b: F) -> B { return (a <= b) & !(nan_F(a) | nan_F(b)); }",
  "fn equal_F(a: F, b: F) -> B { return (a == b) & !(nan_F(a) | nan_F(b)); }",
  "fn unequal_F(a: F, b: F) -> B { return (a != b) | nan_F(a) | nan_F(b); }",
  `fn nothing_F(x: F, sign: u32) -> F {
let b = bitcast<I>(x);
return select(F(number(0x7fc00000u)), bitcast<F>(b & I(sign)), (b & I(0x7fffffffu)) < I(0x7f800000u));
}`,
  quotient,
  root,
  sine,
  turn,
  // SwiftShader's exp(NaN) is infinite.
  "fn exp_F(x: F) -> F { return select(exp(x), x, nan_F(x)); }",
  // SwiftShader's log(0) is -88.03, and its log of a negative number that of the absolute value. A subnormal number is its bits times 2^-149.
  `fn log_F(x: F) -> F {
let b = bitcast<I>(x);
let tiny = b < I(0x800000u);
let y = log(select(x, F(b), tiny)) - select(F(), F(${Math.fround(149 * Math.LN2)}f), tiny);
return select(select(y, F(number(0xff800000u)), (b << I(1u)) == I()), F(number(0x7fc00000u)), (b > I(0x7f800000u)) & (b != I(0x80000000u)));
}`,
  "fn nan_F(x: F) -> B { return (bitcast<J>(x) & J(0x7fffffff)) > J(0x7f800000); }",
]

/** A helper's text for a plain number. */
const scalar = (text: string) =>
  single(text).replace(/\bF\b/g, "f32").replace(/\bI\b/g, "u32").replace(/\bJ\b/g, "i32").replace(/\bB\b/g, "bool")
/** Calls of helpers, for plain numbers. */
export const single = (text: string) => text.replaceAll("_F(", "_f(")

/** The helpers that a text calls, and those that they call; `more` are others that it may call. */
export function helpers(text: string, more: readonly string[]): readonly string[] {
  const used: string[] = []
  for (const form of [...functions, ...more].flatMap((each) => [each, scalar(each)])) {
    const start = form.slice(3, form.indexOf("(") + 1)
    if ([text, ...used].some((caller) => caller.includes(start))) used.push(form)
  }
  return used
}

/** A number made of bits at run time: in WGSL constant infinities and divisions by a constant zero are compile errors. */
export const number = "fn number(bits: u32) -> f32 { return bitcast<f32>(bits ^ args.zero); }"

/** The bits of a number rounded to float32, as a WGSL literal. */
export const bits = (value: number): string => hex(bitsOf(value))

function bitsOf(value: number): number {
  view.setFloat32(0, value)
  return view.getUint32(0)
}

function hex(word: number, suffix = "u"): string {
  return `0x${word.toString(16).padStart(8, "0")}${suffix}`
}

/** A literal. Infinities, NaN, -0 (Tint writes -0f as 0) and, if `hidden` is set, all numbers are made of bits at run time. */
export function literal(value: number, hidden = false): string {
  const rounded = Math.fround(value)
  if (hidden || !Number.isFinite(rounded) || Object.is(rounded, -0)) return `number(${bits(rounded)})`
  return `${rounded}f`
}
