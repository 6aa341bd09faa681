// Writes a sum over a loop in WASM, in blocks (ir/blocks.ts). Knows no values: sums are locals.
import type { Blocks } from "../ir/blocks.ts"
import type { Loop } from "../ir/program.ts"
import type { Code } from "./encoder.ts"
import type { FunctionWriter } from "./function-writer.ts"

/** One iteration of a loop: `add` writes it and adds its terms to the locals `sums`; `eachTerm` writes it and passes a local for each term to `take`. */
export interface Iteration {
  add(sums: readonly number[]): void
  eachTerm(take: (n: number, term: number) => void): void
}

/** The loop of a sum. `name` distinguishes its temporaries from those of enclosing loops, `totals` are the locals of the sums. */
export interface SumLoop {
  readonly name: string
  readonly loop: Loop
  readonly counter: number
  readonly totals: readonly number[]
}

export function sumLoop(writer: FunctionWriter, sum: SumLoop, blocks: Blocks, iteration: Iteration): void {
  if (blocks.wide) wideSum(writer, sum, iteration)
  else blockedSum(writer, sum, blocks, iteration)
}

const localsOf = (writer: FunctionWriter, { name, totals }: SumLoop, what: string) =>
  totals.map((_, n) => writer.temporary(`${name} ${what} ${n}`))

function zero({ code, float }: FunctionWriter, sums: readonly number[]): void {
  for (const local of sums) code.get(float(0)).set(local)
}

/** Repeats `body` until the counter reaches what `stop` leaves on the stack. */
function until({ code }: FunctionWriter, counter: number, stop: () => void, body: () => void): void {
  code.op("loop")
  body()
  code.get(counter)
  stop()
  code.op("i32.lt_u").op("br_if", 0).op("end")
}

/** Adds the terms in float64. */
function wideSum(writer: FunctionWriter, sum: SumLoop, iteration: Iteration): void {
  const { code } = writer
  const { loop, counter, totals } = sum
  const sums = [0, 1].map((half) => localsOf(writer, sum, `half ${half}`))
  for (const half of sums) zero(writer, half)
  code.i32(loop.start).set(counter)
  until(
    writer,
    counter,
    () => void code.i32(loop.end),
    () => {
      iteration.eachTerm((n, term) => addWide(writer, [sums[0]![n]!, sums[1]![n]!], term))
      writer.advance(counter, 1)
    },
  )
  for (const [n, total] of totals.entries()) {
    for (const half of sums) code.get(half[n]!).op("f32x4.demote_f64x2_zero")
    code.halves(0, 0).set(total)
  }
}

/** Adds the terms in float32, in blocks of blocks. */
function blockedSum(writer: FunctionWriter, sum: SumLoop, { sizes, compensated }: Blocks, iteration: Iteration): void {
  const { code } = writer
  const { name, loop, counter, totals } = sum
  const lost = compensated ? localsOf(writer, sum, "lost") : []
  /** Adds the iterations up to `stop` to the sums, in blocks of the first `level` sizes. */
  const add = (level: number, sums: readonly number[], stop: () => void): void =>
    until(writer, counter, stop, () => {
      if (level === 0) {
        iteration.add(sums)
        return writer.advance(counter, 1)
      }
      const next = writer.named(`${name} stop ${level}`, "i32")
      const parts = localsOf(writer, sum, `part ${level}`)
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
      zero(writer, parts)
      add(level - 1, parts, () => void code.get(next))
      for (const [n, each] of sums.entries()) {
        if (compensated && level === sizes.length) carry(writer, each, parts[n]!, lost[n]!)
        else writer.apply("f32x4.add", each, each, parts[n]!)
      }
    })
  zero(writer, totals)
  zero(writer, lost)
  code.i32(loop.start).set(counter)
  add(sizes.length, totals, () => void code.i32(loop.end))
  for (const [n, rest] of lost.entries()) whole(writer, totals[n]!, rest, totals[n]!)
}

/** Adds a part to a sum, and the rounding error to `rest` (Fast2Sum: exact if the sum is the larger, accurate enough if the signs agree). */
function carry(writer: FunctionWriter, sum: number, part: number, rest: number): void {
  const { code } = writer
  const made = writer.temporary("made")
  writer.apply("f32x4.add", made, sum, part)
  code.get(rest, part, made, sum).op("f32x4.sub").op("f32x4.sub").op("f32x4.add").set(rest)
  code.get(made).set(sum)
}

/** Adds a local to a sum in float64, which is in two locals. */
function addWide({ code }: FunctionWriter, sum: readonly [number, number], term: number): void {
  for (const half of [0, 1] as const) {
    code.get(sum[half])
    widen(code, term, half)
    code.op("f64x2.add").set(sum[half])
  }
}

/** Leaves two of the four numbers of a local on the stack, in float64. */
export function widen(code: Code, local: number, half: 0 | 1): void {
  code.get(local)
  if (half === 1) code.get(local).halves(1, 1)
  code.op("f64x2.promote_low_f32x4")
}

/** out = sum + rest; the sum alone if that is NaN, as it is if the sum is infinite. */
export function whole(writer: FunctionWriter, sum: number, rest: number, out: number): void {
  const corrected = writer.temporary("corrected")
  writer.apply("f32x4.add", corrected, sum, rest)
  writer.code.get(corrected, sum, corrected, corrected).op("f32x4.eq").op("v128.bitselect").set(out)
}
