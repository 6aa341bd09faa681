// What a weighted sum becomes at the end: a logarithm, a ratio, or both of its parts.
import { HIGH, LOW, log2, SUM_MOST } from "../../reductions/weighted-state.ts"
import { REGISTER_BYTES } from "../function-writer.ts"
import { total } from "./block-sum.ts"
import type { OutputComponent, Site } from "./reducer.ts"
import { LARGEST, shiftedLog } from "./sum.ts"

/** Registers of state for each component: the sum and its compensation. */
export const SLOTS = 2

/** Locals of m, the unit, and temporaries for a sum and what is added to m. */
export interface Shared {
  readonly m: number
  readonly s: number
  readonly unit: number
  readonly more: number
}

const isLow = ({ writer }: Site, { unit }: Shared) => writer.code.get(unit, writer.float(HIGH)).op("f32x4.lt")

/** What becomes of a sum: left on the stack. */
export const weightedResults: Record<"log" | "ratio" | "parts", (site: Site, output: OutputComponent, shared: Shared) => void> = {
  ratio(site, { r, at }) {
    const { code } = site.writer
    const first = () =>
      code
        .get(site.state)
        .i32(r * REGISTER_BYTES)
        .op("i32.add")
    total(site, () => at(1), 0)
    total(site, first, 0)
    code.op("f32x4.div")
  },
  parts(site, { r, component, at }, shared) {
    const { writer } = site
    const { code } = writer
    const { m, s, more } = shared
    largestSum(site, r, s)
    // If a sum is too large in units of 1, the unit becomes part of m.
    code
      .get(writer.float(log2(1 / LOW)), s, writer.float(SUM_MOST * LOW))
      .op("f32x4.ge")
      .op("v128.and")
    isLow(site, shared).op("v128.and").set(more)
    const isUnit = writer.temporary("is unit")
    writer.apply("f32x4.eq", isUnit, more, writer.float(0))
    // m is clamped: the largest numbers represent the infinities.
    code.get(component).op("if")
    total(site, () => at(-1), 0)
    code.get(writer.float(1 / LOW), writer.float(1 / HIGH))
    isLow(site, shared).op("v128.bitselect").get(writer.float(1), isUnit).op("v128.bitselect")
    code.op("f32x4.mul").set(s).op("else").get(m, more).op("f32x4.add").set(s)
    for (const [limit, infinity] of [
      [LARGEST, Number.POSITIVE_INFINITY],
      [-LARGEST, Number.NEGATIVE_INFINITY],
    ] as const) {
      code.get(writer.float(infinity), s, m, writer.float(limit)).op("f32x4.eq").op("v128.bitselect").set(s)
    }
    code.op("end").get(s)
  },
  log(site, { at }, shared) {
    const { writer } = site
    const { code } = writer
    const { m, s, more } = shared
    total(site, at, 0)
    code.set(s)
    // In units of 1 if the sum is large enough for that, otherwise in its unit.
    const many = writer.temporary("many")
    writer.apply("f32x4.ge", many, s, writer.float(1 / HIGH))
    code.get(writer.float(-log2(LOW)), writer.float(-log2(HIGH)))
    isLow(site, shared).op("v128.bitselect").set(more)
    isLow(site, shared).op("v128.not").get(many).op("v128.and").set(many)
    code.get(more, many).op("v128.andnot").set(more)
    code
      .get(s, writer.float(1 / HIGH))
      .op("f32x4.mul")
      .get(s, many)
      .op("v128.bitselect")
      .set(s)
    shiftedLog(writer, m, s, more)
  },
}

/** Writes the largest absolute value of the finite sums in the states of row block r to a local. */
function largestSum(site: Site, r: number, out: number): void {
  const { writer, program } = site
  const { code } = writer
  const [counter, size] = [writer.named("other component", "i32"), writer.temporary("size")]
  code.get(writer.float(0)).set(out)
  writer.count(counter, 0, program.dim, () => {
    writer.address(site.state, counter, SLOTS * site.rows * REGISTER_BYTES).memory("v128.load", r * REGISTER_BYTES)
    code.op("f32x4.abs").set(size)
    code.get(out, size, size, writer.float(LARGEST)).op("f32x4.le").op("v128.and").op("f32x4.pmax").set(out)
  })
}
