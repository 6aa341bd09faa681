// Numbers in WGSL, as texts. What a compiler would refuse or change is made of bits at run time.

const view = new DataView(new ArrayBuffer(4))

/** A number made of bits at run time: in WGSL constant infinities and divisions by a constant zero are compile errors. */
export const number = "fn number(bits: u32) -> f32 { return bitcast<f32>(bits ^ args.zero); }"

/** The bits of a number rounded to float32, as a WGSL literal. */
export const bits = (value: number): string => hex(bitsOf(value))

export function bitsOf(value: number): number {
  view.setFloat32(0, value)
  return view.getUint32(0)
}

export function hex(word: number, suffix = "u"): string {
  return `0x${word.toString(16).padStart(8, "0")}${suffix}`
}

/** A literal. Infinities, NaN, -0 (Tint writes -0f as 0) and, if `hidden` is set, all numbers are made of bits at run time. */
export function literal(value: number, hidden = false): string {
  const rounded = Math.fround(value)
  if (hidden || !Number.isFinite(rounded) || Object.is(rounded, -0)) return `number(${bits(rounded)})`
  return `${rounded}f`
}
