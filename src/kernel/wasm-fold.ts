// Writes a sum over a loop in WASM, in blocks (blocks.ts). Knows no values: sums are locals.
import type { Blocks } from "./blocks.ts"
import type { Loop } from "./ir.ts"
import type { Frame } from "./wasm-frame.ts"

/** `turn` writes one turn of the loop and adds what it gives to the locals `sums`. `name` tells temporaries apart from those of loops around it. */
export function sumLoop(
  frame: Frame,
  name: string,
  { sizes, compensated }: Blocks,
  { start, end }: Loop,
  counter: number,
  totals: readonly number[],
  turn: (sums: readonly number[]) => void,
): void {
  const { code } = frame
  const locals = (what: string) => totals.map((_, n) => frame.temporary(`${name} ${what} ${n}`))
  const zero = (sums: readonly number[]) => {
    for (const local of sums) code.get(frame.float(0)).set(local)
  }
  const until = (stop: () => void, body: () => void) => {
    code.op("loop")
    body()
    code.get(counter)
    stop()
    code.op("i32.lt_u").op("br_if", 0).op("end")
  }
  const lost = compensated ? locals("lost") : []
  /** Adds the turns up to `stop` to the sums, in blocks of the first `level` sizes. */
  const add = (level: number, sums: readonly number[], stop: () => void): void =>
    until(stop, () => {
      if (level === 0) {
        turn(sums)
        return frame.advance(counter, 1)
      }
      const next = frame.named(`${name} stop ${level}`, "i32")
      const parts = locals(`part ${level}`)
      code
        .get(counter)
        .i32(sizes[level - 1]!)
        .op("i32.add")
        .set(next)
      code.get(next)
      stop()
      code.get(next)
      stop()
      code.op("i32.lt_u").op("select").set(next)
      zero(parts)
      add(level - 1, parts, () => void code.get(next))
      for (const [n, sum] of sums.entries()) {
        if (compensated && level === sizes.length) carry(sum, parts[n]!, lost[n]!)
        else frame.apply("f32x4.add", sum, sum, parts[n]!)
      }
    })
  /** Adds a part to a sum, and what is lost (right where the sum is the larger, and near enough where signs are the same) to another. */
  const carry = (sum: number, part: number, rest: number) => {
    const made = frame.temporary("made")
    frame.apply("f32x4.add", made, sum, part)
    code.get(rest, part, made, sum).op("f32x4.sub").op("f32x4.sub").op("f32x4.add").set(rest)
    code.get(made).set(sum)
  }
  zero(totals)
  zero(lost)
  code.i32(start).set(counter)
  add(sizes.length, totals, () => void code.i32(end))
  for (const [n, rest] of lost.entries()) whole(frame, totals[n]!, rest, totals[n]!)
}

/** out = sum + rest; the sum alone where that is NaN, as it is where a sum is infinite. */
export function whole(frame: Frame, sum: number, rest: number, out: number): void {
  const corrected = frame.temporary("corrected")
  frame.apply("f32x4.add", corrected, sum, rest)
  frame.code.get(corrected, sum, corrected, corrected).op("f32x4.eq").op("v128.bitselect").set(out)
}
