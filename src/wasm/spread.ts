// The function of WASM kernels that inspects numbers before they are used: whether float32 is accurate enough to add up their multiples.
import { FunctionWriter, REGISTER_BYTES } from "./function-writer.ts"

/** Numbers are near each other if all that are not 0 are at least this part of the largest, and none is so large or small that sums leave float32's range. */
const LEAST_PART = 2 ** -18
const SMALLEST = 2 ** -60
const LARGEST = 2 ** 36

/** spread(start, end) -> 0 if the float32 numbers between two addresses are near each other, otherwise 1. */
export function spreadFunction(): FunctionWriter {
  const writer = new FunctionWriter(["i32", "i32"], ["i32"], false)
  const { code } = writer
  const [at, end] = [0, 1] as const
  const [most, least, size] = [writer.temporary("most"), writer.temporary("least"), writer.temporary("size")]
  const whole = code.local("i32")
  // Compares bits as integers, which are in the order of the numbers, with NaN above them. 0 is to be ignored: less one, it is the largest integer.
  const [none, one] = [writer.bits(0xffffffff), writer.bits(1)]
  const take = (load: "v128.load" | "v128.load32_splat") => {
    code.get(at).memory(load, 0).op("f32x4.abs").set(size)
    writer.apply("i32x4.max_u", most, most, size)
    code.get(size, one).op("i32x4.sub").get(least).op("i32x4.min_u").set(least)
  }
  code.get(writer.bits(0)).set(most).get(none).set(least)
  code.get(at).get(end, at).op("i32.sub").i32(-REGISTER_BYTES).op("i32.and").op("i32.add").set(whole)
  writer.while(at, whole, REGISTER_BYTES, () => take("v128.load"))
  writer.while(at, end, 4, () => take("v128.load32_splat"))
  // Compares each lane with the others.
  for (const words of [
    [2, 3, 0, 1],
    [1, 0, 3, 2],
  ]) {
    code.get(most, most, most).words(words).op("i32x4.max_u").set(most)
    code.get(least, least, least).words(words).op("i32x4.min_u").set(least)
  }
  code.get(most, writer.float(LARGEST)).op("f32x4.lt")
  code.get(least, writer.float(SMALLEST)).get(most, writer.float(LEAST_PART)).op("f32x4.mul").op("f32x4.pmax").op("f32x4.lt")
  code.op("v128.andnot").op("v128.not").op("v128.any_true")
  return writer
}
