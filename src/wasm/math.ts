// exp, log, sin and cos of four numbers at once, in WASM instructions. Polynomials by least maximum relative error (Lawson's iteration) on the
// reduced range, evaluated in float32. Relative error: exp 1.2e-7, log 1.1e-7 (measured by test/wasm/math.test.ts).
import { cosCoefficients, expCoefficients, farAngle, halfPi, logCoefficients, sinCoefficients } from "../operations/polynomials.ts"
import type { Code, Opcode } from "./encoder.ts"

/** What primitives need of the function that contains them. PERF: constants are in locals; loading them in the loop costs 13 to 20 %. */
export interface MathWriter {
  readonly code: Code
  /** The local that holds four times this float32. */
  float(value: number): number
  /** The local that holds four times these 32 bits. */
  bits(bits: number): number
  /** A local for an intermediate result. */
  temporary(name: string): number
  /** Whether fused multiply-add may be used. */
  readonly relaxed: boolean
  /** The index of the function of `angleFunction`; calling this adds it to the module. */
  angle(): number
}

const log2e = Math.LOG2E
/** ln 2 in two parts; a multiple of the first by a small integer is exact (Cody and Waite). */
const LN2_HIGH = 0.693359375
const LN2_LOW = -2.1219444e-4
/** Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits. PERF: half the time of f32x4.nearest. */
const ROUNDING = 12582912

/** a * b + c, with a, b, c locals. `withoutFusion` (artifact/wasm-abi.ts) knows what this writes: `nop`s make room for the second instruction. */
export function madd({ code, relaxed }: MathWriter, a: number, b: number, c: number): Code {
  if (relaxed) return code.get(a, b, c).op("f32x4.relaxed_madd").op("nop").op("nop").op("nop")
  return code.get(a, b).op("f32x4.mul").get(c).op("f32x4.add")
}

/** exp is 0 below ln(2^-126.5), so that all subnormal results use the same power of two. */
const LOWEST_EXP = -87.683
/** Arguments are clamped to where the exponent's bits neither underflow (ln(2^-127)) nor overflow; exp(89) is infinite. */
const CLAMPED_LOW = -88.02969
const CLAMPED_HIGH = 89
/** The bits of 2^-127, a subnormal number: the smallest power that `exp` multiplies by. */
const LEAST_POWER_BITS = 0x00400000

/**
 * exp of local `x` into local `out`. NaN stays NaN; exp(-inf) is 0, and so are results below 2^-126.5.
 * `nonPositive`: x is at most 0, so that nothing can overflow, which saves four instructions.
 */
export function exp(writer: MathWriter, x: number, out: number, nonPositive: boolean): void {
  const { code, float, bits } = writer
  // The exponent's bits are n + bias. Results above 2^127 are computed as 2 p(r) 2^(n - 1).
  const bias = nonPositive ? 127 : 126
  const doubled = nonPositive ? 1 : 2
  const clamped = writer.temporary("exp x")
  const shifted = writer.temporary("exp n + bias")
  const n = writer.temporary("exp n")
  if (nonPositive) code.get(x, float(CLAMPED_LOW)).op("f32x4.pmax").set(clamped)
  else code.get(x, float(CLAMPED_HIGH)).op("f32x4.pmin").set(clamped)
  madd(writer, clamped, float(log2e), float(ROUNDING + bias)).set(shifted)
  code
    .get(shifted, float(ROUNDING + bias))
    .op("f32x4.sub")
    .set(n)
  madd(writer, n, float(-LN2_HIGH), clamped).set(clamped)
  madd(writer, n, float(-LN2_LOW), clamped).set(clamped)
  const coefficients = [1, 1, ...expCoefficients].map((value) => float(value * doubled))
  code.get(coefficients.at(-1)!).set(n)
  for (const coefficient of coefficients.slice(0, -1).reverse()) madd(writer, n, clamped, coefficient).set(n)
  code.get(shifted).i32(23).op("i32x4.shl")
  if (nonPositive) code.get(n).op("f32x4.mul")
  else {
    code.get(bits(LEAST_POWER_BITS)).op("i32x4.max_s").get(n).op("f32x4.mul")
    code.get(x, float(LOWEST_EXP)).op("f32x4.lt").op("v128.andnot")
  }
  code.set(out)
}

const sqrtHalfBits = 0x3f3504f3

/** log of local `x` into local `out`: -inf for 0, NaN for negative numbers, accurate for subnormal numbers. */
export function log(writer: MathWriter, x: number, out: number): void {
  const { code, float, bits } = writer
  const t = writer.temporary("log t")
  const e = writer.temporary("log e")
  const f = writer.temporary("log f")
  const square = writer.temporary("log f^2")
  const p = writer.temporary("log p")
  const small = writer.temporary("log small")
  code
    .get(x, float(2 ** -126))
    .op("f32x4.lt")
    .set(small)
  code
    .get(x, float(2 ** 23))
    .op("f32x4.mul")
    .get(x, small)
    .op("v128.bitselect")
    .set(t)
  code.get(t, bits(sqrtHalfBits)).op("i32x4.sub").i32(23).op("i32x4.shr_s").set(e)
  code.get(t, e).i32(23).op("i32x4.shl").op("i32x4.sub").get(float(1)).op("f32x4.sub").set(f)
  code.get(e).op("f32x4.convert_i32x4_s").get(small, float(23)).op("v128.and").op("f32x4.sub").set(e)
  code.get(f, f).op("f32x4.mul").set(square)
  code.get(float(logCoefficients.at(-1)!)).set(p)
  for (const coefficient of logCoefficients.slice(0, -1).reverse()) madd(writer, p, f, float(coefficient)).set(p)
  code.get(p, f).op("f32x4.mul").get(square).op("f32x4.mul").set(p)
  madd(writer, e, float(LN2_LOW), p).set(p)
  madd(writer, square, float(-0.5), p).set(p)
  code.get(p, f).op("f32x4.add").set(p)
  madd(writer, e, float(LN2_HIGH), p).set(p)
  pick(writer, p, float(Number.POSITIVE_INFINITY), "f32x4.ge", x, float(Number.POSITIVE_INFINITY))
  pick(writer, p, float(Number.NEGATIVE_INFINITY), "f32x4.eq", x, float(0))
  // x < 0 or NaN: not (x >= 0)
  code.get(p, float(Number.NaN), x, float(0)).op("f32x4.ge").op("v128.bitselect").set(out)
}

/** Replaces `value` by `other` in lanes where the comparison is true. */
function pick({ code }: MathWriter, value: number, other: number, comparison: Opcode, a: number, b: number): void {
  code.get(other, value, a, b).op(comparison).op("v128.bitselect").set(value)
}

/** sin or cos of local `x` into local `out`, within 2e-7 for every number; NaN for infinities. */
export function sine(writer: MathWriter, x: number, out: number, which: "sin" | "cos"): void {
  const { code, float, bits } = writer
  const [shifted, n, r, z, s, c] = ["quadrant", "sin n", "sin r", "sin r^2", "sin s", "sin c"].map((name) => writer.temporary(name)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  madd(writer, x, float(2 / Math.PI), float(ROUNDING)).set(shifted)
  code.get(shifted, float(ROUNDING)).op("f32x4.sub").set(n)
  madd(writer, n, float(-halfPi[0]), x).set(r)
  madd(writer, n, float(-halfPi[1]), r).set(r)
  madd(writer, n, float(-halfPi[2]), r).set(r)
  code.get(x).op("f32x4.abs").get(float(farAngle)).op("f32x4.ge").op("v128.any_true").op("if")
  code.get(x, r, shifted).op("call", writer.angle()).set(shifted).set(r).op("end")
  code.get(r, r).op("f32x4.mul").set(z)
  code.get(float(sinCoefficients[2])).set(s)
  for (const coefficient of [sinCoefficients[1], sinCoefficients[0]]) madd(writer, s, z, float(coefficient)).set(s)
  code.get(s, z).op("f32x4.mul").get(r).op("f32x4.mul").get(r).op("f32x4.add").set(s)
  code.get(float(cosCoefficients[2])).set(c)
  for (const coefficient of [cosCoefficients[1], cosCoefficients[0], -0.5, 1]) madd(writer, c, z, float(coefficient)).set(c)
  // Quadrants 0 to 3 are sin, cos, -sin, -cos; cos is sin one quadrant further.
  if (which === "cos") code.get(shifted, bits(1)).op("i32x4.add").set(shifted)
  code.get(c, s, shifted).i32(31).op("i32x4.shl").i32(31).op("i32x4.shr_s").op("v128.bitselect")
  code.get(shifted).i32(30).op("i32x4.shl").get(bits(0x80000000)).op("v128.and").op("v128.xor").set(out)
}
