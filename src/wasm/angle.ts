// The function that reduces angles too large for a pi / 2 in three parts (Payne and Hanek). Modules that compute sines contain it.
import { farAngle, turnBits, turnPart } from "../operations/polynomials.ts"
import type { Code } from "./encoder.ts"
import { FunctionWriter, LANES } from "./function-writer.ts"

const words = [0, 2, 4].map((n) => (BigInt(turnBits[n]!) << 32n) | BigInt(turnBits[n + 1]!)) as [bigint, bigint, bigint]

/**
 * (x, r, q) returns r and q, the angle in [-pi/4, pi/4] and its quadrant; recomputed in lanes where |x| is at least `farAngle` and finite. For
 * the exponent e, 64 bits of 1 / (2 pi) from bit e - 140 on, times the 24 bits of x, are x / (2 pi) modulo 1 in units of 2^-64.
 */
export function angleFunction(): Code {
  const writer = new FunctionWriter(["v128", "v128", "v128"], ["v128", "v128"], false)
  const { code, float, bits } = writer
  const [x, r, q] = [0, 1, 2]
  const turn = writer.temporary("turn")
  const word = code.local("i32")
  const wordIndex = code.local("i32")
  const left = code.local("i64")
  const pick = (first: number, second: number) =>
    code.i64(words[second]!).i64(words[first]!).get(wordIndex).i32(64).op("i32.ge_u").op("select")
  for (let lane = 0; lane < LANES; lane++) {
    code.get(x).op("i32x4.extract_lane", lane).set(word)
    code.get(word).i32(23).op("i32.shr_u").i32(255).op("i32.and").i32(140).op("i32.sub").set(wordIndex)
    code.get(wordIndex).op("i64.extend_i32_u").set(left)
    pick(0, 1).get(left).op("i64.shl")
    pick(1, 2).i64(1n).op("i64.shr_u").i64(63n).get(left).op("i64.sub").op("i64.shr_u").op("i64.or")
    code.get(word).i32(0x7fffff).op("i32.and").i32(0x800000).op("i32.or").op("i64.extend_i32_u").op("i64.mul")
    code.i64(32n).op("i64.shr_u").op("i32.wrap_i64").set(wordIndex)
    // Applies the sign, in two's complement.
    code.get(word).i32(31).op("i32.shr_s").set(word)
    code.get(turn, wordIndex, word).op("i32.xor").get(word).op("i32.sub").op("i32x4.replace_lane", lane).set(turn)
  }
  const far = writer.temporary("far")
  code.get(x).op("f32x4.abs").get(float(farAngle)).op("f32x4.ge")
  code.get(x).op("f32x4.abs").get(float(Number.POSITIVE_INFINITY)).op("f32x4.lt").op("v128.and").set(far)
  code.get(turn, bits(0x20000000)).op("i32x4.add").set(turn)
  code.get(turn, bits(0x3fffffff)).op("v128.and").get(bits(0x20000000)).op("i32x4.sub").op("f32x4.convert_i32x4_s")
  code.get(float(turnPart)).op("f32x4.mul").get(r, far).op("v128.bitselect")
  code.get(turn).i32(30).op("i32x4.shr_u").get(q, far).op("v128.bitselect")
  return writer.finish()
}
