// The family "accumulate" in WASM if all components share one shift f: sums of exp(f - m) * g, m the running maximum of f.
// State: sum and compensation of each component, and, shared, m and a unit: sums are stored times that power of two, so that neither large nor small
// weights leave float32's range. The unit begins high, and becomes low once a sum gets too large.
// f is clamped to finite numbers from above, so that exp(f - m) is a number.

import { careOf } from "../../ir/care.ts"
import type { Segment } from "../../ir/program.ts"
import { HIGH, LOW, SUM_MOST } from "../../reductions/weighted-state.ts"
import { floatBits } from "../encoder.ts"
import { widen } from "../fold.ts"
import { exp } from "../math.ts"
import { addSums, addTerms, either, helperOf, roundSum, scaleSum, sumsOf, zeroSums } from "./block-sum.ts"
import { eachComponent, type Reducer, type Site, sharedOffset, slotOffset, stateAddress } from "./reducer.ts"
import { LARGEST, raise } from "./sum.ts"
import { type Shared, SLOTS, weightedResults } from "./weighted-result.ts"

const topOf = ({ writer }: Site, r: number) => writer.temporary(`top ${r}`)
const unitOf = ({ writer }: Site, r: number) => writer.temporary(`unit ${r}`)
const termOf = ({ writer }: Site, r: number, u: number) => writer.temporary(`shared term ${r} ${u}`)
const goneOf = ({ writer }: Site, r: number, u: number) => writer.temporary(`gone ${r} ${u}`)
const scaleOf = ({ writer }: Site, r: number) => writer.temporary(`scale ${r}`)
/** Both halves of the bits of a float64 number that is too small to change a sum, but infinite times infinity. */
const FAINT_BITS = 0x01010101

const careful = (site: Site) => site.program.segments.filter((segment) => careOf(site.program, segment) !== "plain")
/** Writes `body` for kernels in which some sum is in float64. */
function whereWide(site: Site, body: () => void): void {
  const cares = careful(site).map((segment) => careOf(site.program, segment))
  if (cares.length > 0) either(site, cares.includes("wide") ? "wide" : cares[0]!, () => {}, body)
}

export const weightedSumReducer: Reducer = {
  callsExp: true,
  slots: () => SLOTS,
  partials: 2,
  identity: () => [0, 0],
  helper: helperOf,
  shared: {
    identity: [floatBits(-LARGEST), floatBits(HIGH)],
    begin(site) {
      for (let r = 0; r < site.rows; r++) {
        for (const [slot, local] of [topOf(site, r), unitOf(site, r)].entries()) {
          site.writer.code
            .get(site.state)
            .memory("v128.load", sharedOffset(site, weightedSumReducer, slot, r))
            .set(local)
        }
      }
    },
    step(site, values, columns) {
      const { writer } = site
      const { code } = writer
      const us = Array.from({ length: columns }, (_, u) => u)
      const gone = () => {
        for (let r = 0; r < site.rows; r++) {
          for (const u of us) writer.apply("f32x4.eq", goneOf(site, r, u), values(r, u), writer.float(Number.NEGATIVE_INFINITY))
        }
      }
      whereWide(site, gone)
      for (let r = 0; r < site.rows; r++) {
        const top = topOf(site, r)
        const terms = us.map((u) => termOf(site, r, u))
        for (const [u, local] of terms.entries()) writer.apply("f32x4.pmin", local, values(r, u), writer.float(LARGEST))
        raise(writer, terms, top, (highest) => {
          const scale = scaleOf(site, r)
          code.get(top, highest).op("f32x4.sub").op("call", site.exp).set(scale)
          for (const segment of site.program.segments) {
            eachComponent(site, segment, (component) => {
              scaleSum(site, segment, component, r, scale)
            })
          }
        })
        for (const local of terms) {
          writer.apply("f32x4.sub", local, local, top)
          exp(writer, local, local, true)
        }
      }
    },
    end(site) {
      const { code } = site.writer
      for (let r = 0; r < site.rows; r++) {
        const offset = sharedOffset(site, weightedSumReducer, 0, r)
        code.get(site.state).memory("v128.load", offset).get(topOf(site, r)).op("f32x4.sub").op("call", site.exp).set(scaleOf(site, r))
        code.get(site.state, topOf(site, r)).memory("v128.store", offset)
      }
      whereWide(site, () => lowerUnit(site))
    },
  },
  begin: (site, segment) => zeroSums(site, segment),
  step(site, segment, component, values, columns) {
    const { writer } = site
    const { code } = writer
    addTerms(site, segment, component, columns, {
      plain: (r, u) => void code.get(termOf(site, r, u), values(r, u)).op("f32x4.mul"),
      // A factor of 0 contributes nothing, even with an infinite weight; any other factor makes an infinite weight infinite.
      wide(r, u, half) {
        const weight = writer.temporary("weight")
        writer.apply("v128.andnot", weight, values(r, u), goneOf(site, r, u))
        widen(code, termOf(site, r, u), half)
        code.get(writer.bits(FAINT_BITS)).op("f64x2.pmax")
        widen(code, weight, half)
        code.op("f64x2.mul")
      },
    })
  },
  end(site, segment) {
    const { code, float } = site.writer
    for (let r = 0; r < site.rows; r++) {
      // PERF: m seldom grows, so usually nothing is to be scaled.
      code.get(scaleOf(site, r), float(1)).op("f32x4.ne").op("v128.any_true").op("if")
      eachComponent(site, segment, (component) => {
        for (const slot of [0, 1]) {
          const offset = slotOffset(site, weightedSumReducer, component, slot, r)
          stateAddress(site, weightedSumReducer, component)
          stateAddress(site, weightedSumReducer, component)
            .memory("v128.load", offset)
            .get(scaleOf(site, r))
            .op("f32x4.mul")
            .memory("v128.store", offset)
        }
      })
      code.op("end")
    }
    addSums(site, weightedSumReducer, segment, (r) => unitOf(site, r))
  },
  result(site, output) {
    const { writer, program } = site
    const shared: Shared = {
      m: writer.temporary("m"),
      s: writer.temporary("s"),
      unit: writer.temporary("unit"),
      more: writer.temporary("more"),
    }
    for (const [slot, local] of [shared.m, shared.unit].entries()) {
      writer.code
        .get(site.state)
        .memory("v128.load", sharedOffset(site, weightedSumReducer, slot, output.r))
        .set(local)
    }
    weightedResults[program.reduction.finish ?? "log"](site, output, shared)
  },
}

/** Makes the unit low if a sum, of the state or of the block, would become too large, or has. */
function lowerUnit(site: Site): void {
  const { writer } = site
  const { code } = writer
  const [fits, rounded] = [writer.temporary("fits"), writer.temporary("rounded")]
  const small = () => code.op("f32x4.abs").get(writer.float(SUM_MOST)).op("f32x4.lt").get(fits).op("v128.and").set(fits)
  const look = (segment: Segment, r: number) => {
    const care = careOf(site.program, segment)
    eachComponent(site, segment, (component) => {
      roundSum(site, care, sumsOf(site, care, component, r), unitOf(site, r), rounded)
      code.get(rounded)
      small()
      stateAddress(site, weightedSumReducer, component).memory("v128.load", slotOffset(site, weightedSumReducer, component, 0, r))
      small()
    })
  }
  for (let r = 0; r < site.rows; r++) {
    const [unit, scale] = [unitOf(site, r), scaleOf(site, r)]
    code.get(writer.bits(0xffffffff)).set(fits)
    for (const segment of careful(site)) look(segment, r)
    code.get(writer.float(1), writer.float(LOW / HIGH), fits, unit, writer.float(HIGH))
    code.op("f32x4.lt").op("v128.or").op("v128.bitselect").set(rounded)
    writer.apply("f32x4.mul", scale, scale, rounded)
    writer.apply("f32x4.mul", unit, unit, rounded)
    code.get(site.state, unit).memory("v128.store", sharedOffset(site, weightedSumReducer, 1, r))
  }
}
