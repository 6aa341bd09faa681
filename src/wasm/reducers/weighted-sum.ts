// The family "accumulate" in WASM where all components share one shift f: sums of exp(f - m) * g, m the running maximum of f.
// State: sum and compensation of each component, and, shared, m and a unit: sums are kept times that power of two, so that neither large nor small
// weights leave float32's range. It begins high, and becomes low, once, where a sum gets too large.
// f is clamped to finite numbers from above, so that exp(f - m) is a number.

import { careOf } from "../../ir/care.ts"
import type { Segment } from "../../ir/program.ts"
import { HIGH, LOW, log2, SUM_MOST } from "../../reductions/weighted-state.ts"
import { floatBits } from "../encoder.ts"
import { widen } from "../fold.ts"
import { registerBytes } from "../function-writer.ts"
import { exp } from "../math.ts"
import { addSums, addTerms, either, helperOf, roundSum, scaleSum, sumsOf, total, zeroSums } from "./block-sum.ts"
import { eachComponent, type Family, type Site, sharedOffset, slotOffset, stateAddress } from "./reducer.ts"
import { largest, raise, shiftedLog } from "./sum.ts"

const topOf = ({ frame }: Site, r: number) => frame.temporary(`top ${r}`)
const unitOf = ({ frame }: Site, r: number) => frame.temporary(`unit ${r}`)
const termOf = ({ frame }: Site, r: number, u: number) => frame.temporary(`shared term ${r} ${u}`)
const goneOf = ({ frame }: Site, r: number, u: number) => frame.temporary(`gone ${r} ${u}`)
const scaleOf = ({ frame }: Site, r: number) => frame.temporary(`scale ${r}`)
/** The bits of a float64 number, twice the same 32, that is too small to count, but gives infinity times infinity. */
const FAINT_BITS = 0x01010101

const careful = (site: Site) => site.program.segments.filter((segment) => careOf(site.program, segment) !== "plain")
/** What is to be done wherever some sum is in float64. */
function whereWide(site: Site, body: () => void): void {
  const cares = careful(site).map((segment) => careOf(site.program, segment))
  if (cares.length > 0) either(site, cares.includes("wide") ? "wide" : cares[0]!, () => {}, body)
}

export const weighted: Family = {
  slots: () => 2,
  partials: 2,
  identity: () => [0, 0],
  helper: helperOf,
  shared: {
    identity: [floatBits(-largest), floatBits(HIGH)],
    begin(site) {
      for (let r = 0; r < site.rows; r++) {
        for (const [slot, local] of [topOf(site, r), unitOf(site, r)].entries()) {
          site.frame.code
            .get(site.state)
            .memory("v128.load", sharedOffset(site, weighted, slot, r))
            .set(local)
        }
      }
    },
    step(site, values, columns) {
      const { frame } = site
      const { code } = frame
      const us = Array.from({ length: columns }, (_, u) => u)
      const gone = () => {
        for (let r = 0; r < site.rows; r++) {
          for (const u of us) frame.apply("f32x4.eq", goneOf(site, r, u), values(r, u), frame.float(Number.NEGATIVE_INFINITY))
        }
      }
      whereWide(site, gone)
      for (let r = 0; r < site.rows; r++) {
        const top = topOf(site, r)
        const terms = us.map((u) => termOf(site, r, u))
        for (const [u, local] of terms.entries()) frame.apply("f32x4.pmin", local, values(r, u), frame.float(largest))
        raise(frame, terms, top, (highest) => {
          const scale = scaleOf(site, r)
          code.get(top, highest).op("f32x4.sub").op("call", site.exp).set(scale)
          for (const segment of site.program.segments) {
            eachComponent(site, segment, (component) => {
              scaleSum(site, segment, component, r, scale)
            })
          }
        })
        for (const local of terms) {
          frame.apply("f32x4.sub", local, local, top)
          exp(frame, local, local, true)
        }
      }
    },
    end(site) {
      const { code } = site.frame
      for (let r = 0; r < site.rows; r++) {
        const offset = sharedOffset(site, weighted, 0, r)
        code.get(site.state).memory("v128.load", offset).get(topOf(site, r)).op("f32x4.sub").op("call", site.exp).set(scaleOf(site, r))
        code.get(site.state, topOf(site, r)).memory("v128.store", offset)
      }
      whereWide(site, () => lower(site))
    },
  },
  begin: (site, segment) => zeroSums(site, segment),
  step(site, segment, component, values, columns) {
    const { frame } = site
    const { code } = frame
    addTerms(site, segment, component, columns, {
      plain: (r, u) => void code.get(termOf(site, r, u), values(r, u)).op("f32x4.mul"),
      // what is gone counts nothing, be its weight infinite; what is not, infinitely much
      wide(r, u, half) {
        const weight = frame.temporary("weight")
        frame.apply("v128.andnot", weight, values(r, u), goneOf(site, r, u))
        widen(code, termOf(site, r, u), half)
        code.get(frame.bits(FAINT_BITS)).op("f64x2.pmax")
        widen(code, weight, half)
        code.op("f64x2.mul")
      },
    })
  },
  end(site, segment) {
    const { code, float } = site.frame
    for (let r = 0; r < site.rows; r++) {
      // m seldom grows: mostly there is nothing to do
      code.get(scaleOf(site, r), float(1)).op("f32x4.ne").op("v128.any_true").op("if")
      eachComponent(site, segment, (component) => {
        for (const slot of [0, 1]) {
          const offset = slotOffset(site, weighted, component, slot, r)
          stateAddress(site, weighted, component)
          stateAddress(site, weighted, component)
            .memory("v128.load", offset)
            .get(scaleOf(site, r))
            .op("f32x4.mul")
            .memory("v128.store", offset)
        }
      })
      code.op("end")
    }
    addSums(site, weighted, segment, (r) => unitOf(site, r))
  },
  result(site, { r, component, at }) {
    const { frame, program } = site
    const { code } = frame
    const [m, s, unit, more] = [frame.temporary("m"), frame.temporary("s"), frame.temporary("unit"), frame.temporary("more")]
    const low = () => code.get(unit, frame.float(HIGH)).op("f32x4.lt")
    for (const [slot, local] of [m, unit].entries()) {
      code
        .get(site.state)
        .memory("v128.load", sharedOffset(site, weighted, slot, r))
        .set(local)
    }
    if (program.reduction.finish === "ratio") {
      const first = () =>
        code
          .get(site.state)
          .i32(r * registerBytes)
          .op("i32.add")
      total(site, () => at(1), 0)
      total(site, first, 0)
      code.op("f32x4.div")
    } else if (program.reduction.finish === "parts") {
      highest(site, r, s)
      // the unit becomes a part of m where a sum in units of 1 is too large
      code
        .get(frame.float(log2(1 / LOW)), s, frame.float(SUM_MOST * LOW))
        .op("f32x4.ge")
        .op("v128.and")
      low().op("v128.and").set(more)
      const isUnit = frame.temporary("is unit")
      frame.apply("f32x4.eq", isUnit, more, frame.float(0))
      // m is clamped: the largest numbers stand for the infinities
      code.get(component).op("if")
      total(site, () => at(-1), 0)
      code.get(frame.float(1 / LOW), frame.float(1 / HIGH))
      low().op("v128.bitselect").get(frame.float(1), isUnit).op("v128.bitselect")
      code.op("f32x4.mul").set(s).op("else").get(m, more).op("f32x4.add").set(s)
      for (const [limit, infinity] of [
        [largest, Number.POSITIVE_INFINITY],
        [-largest, Number.NEGATIVE_INFINITY],
      ] as const) {
        code.get(frame.float(infinity), s, m, frame.float(limit)).op("f32x4.eq").op("v128.bitselect").set(s)
      }
      code.op("end").get(s)
    } else {
      total(site, at, 0)
      code.set(s)
      // in units of 1, of which there are enough, else in those that there are
      const many = frame.temporary("many")
      frame.apply("f32x4.ge", many, s, frame.float(1 / HIGH))
      code.get(frame.float(-log2(LOW)), frame.float(-log2(HIGH)))
      low().op("v128.bitselect").set(more)
      low().op("v128.not").get(many).op("v128.and").set(many)
      code.get(more, many).op("v128.andnot").set(more)
      code
        .get(s, frame.float(1 / HIGH))
        .op("f32x4.mul")
        .get(s, many)
        .op("v128.bitselect")
        .set(s)
      shiftedLog(frame, m, s, more)
    }
  },
}

/** Makes the unit low where a sum would get too large, or has: that of the state, or of the block. */
function lower(site: Site): void {
  const { frame } = site
  const { code } = frame
  const [fits, rounded] = [frame.temporary("fits"), frame.temporary("rounded")]
  const small = () => code.op("f32x4.abs").get(frame.float(SUM_MOST)).op("f32x4.lt").get(fits).op("v128.and").set(fits)
  const look = (segment: Segment, r: number) => {
    const care = careOf(site.program, segment)
    eachComponent(site, segment, (component) => {
      roundSum(site, care, sumsOf(site, care, component, r), unitOf(site, r), rounded)
      code.get(rounded)
      small()
      stateAddress(site, weighted, component).memory("v128.load", slotOffset(site, weighted, component, 0, r))
      small()
    })
  }
  for (let r = 0; r < site.rows; r++) {
    const [unit, scale] = [unitOf(site, r), scaleOf(site, r)]
    code.get(frame.bits(0xffffffff)).set(fits)
    for (const segment of careful(site)) look(segment, r)
    code.get(frame.float(1), frame.float(LOW / HIGH), fits, unit, frame.float(HIGH))
    code.op("f32x4.lt").op("v128.or").op("v128.bitselect").set(rounded)
    frame.apply("f32x4.mul", scale, scale, rounded)
    frame.apply("f32x4.mul", unit, unit, rounded)
    code.get(site.state, unit).memory("v128.store", sharedOffset(site, weighted, 1, r))
  }
}

/** The largest size of a finite sum in the states of row block r, to a local. */
function highest(site: Site, r: number, out: number): void {
  const { frame, program } = site
  const { code } = frame
  const [counter, size] = [frame.named("other component", "i32"), frame.temporary("size")]
  code.get(frame.float(0)).set(out)
  frame.count(counter, 0, program.dim, () => {
    frame.address(site.state, counter, weighted.slots(program) * site.rows * registerBytes).memory("v128.load", r * registerBytes)
    code.op("f32x4.abs").set(size)
    code.get(out, size, size, frame.float(largest)).op("f32x4.le").op("v128.and").op("f32x4.pmax").set(out)
  })
}
