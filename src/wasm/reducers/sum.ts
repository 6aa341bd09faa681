// The family "accumulate" in WASM: sums (wasm/reducers/block-sum.ts); with `shift`, of exp(f - m), m the running maximum.
// State: [m,] sum, compensation. Knuth's TwoSum keeps the compensation apart, so that an infinite sum stays infinite.
import { floatBits } from "../encoder.ts"
import { widen } from "../fold.ts"
import type { Frame } from "../function-writer.ts"
import { exp, log } from "../math.ts"
import { addSums, addTerms, addTo, helperOf, total, tree, zero, zeroSums } from "./block-sum.ts"
import { eachComponent, type Family, partial, slotOffset, stateAddress } from "./reducer.ts"

export const largest = 3.4028234663852886e38

/** Partial results of a block: a sum; where terms may cancel each other, the two halves of a sum in float64. */
export const sum: Family = {
  slots: () => 2,
  partials: 2,
  identity: () => [0, 0],
  helper: helperOf,
  begin: (site, segment) => zeroSums(site, segment),
  step(site, segment, component, values, columns) {
    const { code } = site.frame
    addTerms(site, segment, component, columns, {
      plain: (r, u) => void code.get(values(r, u)),
      wide: (r, u, half) => widen(code, values(r, u), half),
    })
  },
  end: (site, segment) => addSums(site, sum, segment),
  result(site, { at }) {
    total(site, at, 0)
  },
}

export const logSumExp: Family = {
  slots: () => 3,
  partials: 2,
  identity: () => [floatBits(-largest), 0, 0],
  begin(site, segment) {
    zero(site, segment, 1)
    eachComponent(site, segment, (component) => {
      for (let r = 0; r < site.rows; r++) {
        const top = partial(site, component, 0, r)
        // a partial in memory is given its first value through the local that its `load` fills
        stateAddress(site, logSumExp, component)
          .memory("v128.load", slotOffset(site, logSumExp, component, 0, r))
          .set(top.load())
        top.save()
      }
    })
  },
  step(site, _segment, component, values, columns) {
    const { frame } = site
    const { code } = frame
    for (let r = 0; r < site.rows; r++) {
      const top = partial(site, component, 0, r)
      const total = partial(site, component, 1, r)
      const m = top.load()
      const s = total.load()
      const clamped = Array.from({ length: columns }, (_, u) => frame.temporary(`clamped ${u}`))
      for (const [u, local] of clamped.entries()) frame.apply("f32x4.pmin", local, values(r, u), frame.float(largest))
      raise(frame, clamped, m, (highest) => {
        code.get(s, m, highest).op("f32x4.sub").op("call", site.exp).op("f32x4.mul").set(s)
      })
      const terms = clamped.map((local, u) => {
        const term = frame.temporary(`term ${u}`)
        frame.apply("f32x4.sub", local, local, m)
        exp(frame, local, term, true)
        return term
      })
      code.get(s)
      tree(code, terms)
      code.op("f32x4.add").set(s)
      top.save()
      total.save()
    }
  },
  end(site, segment) {
    const { frame } = site
    eachComponent(site, segment, (component) => {
      for (let r = 0; r < site.rows; r++) {
        const m = partial(site, component, 0, r).load()
        const scale = frame.temporary("scale")
        const load = (slot: number) =>
          stateAddress(site, logSumExp, component).memory("v128.load", slotOffset(site, logSumExp, component, slot, r))
        load(0).get(m).op("f32x4.sub").op("call", site.exp).set(scale)
        for (const slot of [1, 2]) {
          stateAddress(site, logSumExp, component)
          load(slot)
            .get(scale)
            .op("f32x4.mul")
            .memory("v128.store", slotOffset(site, logSumExp, component, slot, r))
        }
        stateAddress(site, logSumExp, component)
          .get(m)
          .memory("v128.store", slotOffset(site, logSumExp, component, 0, r))
        addTo(site, logSumExp, component, 1, r, partial(site, component, 1, r).load())
      }
    })
  },
  result(site, { at }) {
    const { frame } = site
    const m = frame.temporary("m")
    const s = frame.temporary("s")
    at().memory("v128.load", 0).set(m)
    total(site, at, 1)
    frame.code.set(s)
    shiftedLog(frame, m, s)
  },
}

/** Leaves `m + log(s)` on the stack, of locals; s is overwritten. m is clamped, so +inf shows as the largest number. */
export function shiftedLog(frame: Frame, m: number, s: number, more?: number): void {
  log(frame, s, s)
  if (more !== undefined) frame.apply("f32x4.add", s, s, more)
  frame.code.get(m, s).op("f32x4.add")
  frame.code.get(m, frame.float(largest)).op("f32x4.ge").get(frame.float(Number.POSITIVE_INFINITY)).op("v128.and").op("f32x4.add")
}

/** Makes the local `top` the highest of itself and `values`, NaN left out; `body` runs before, where it grows, with a local of what it will be. */
export function raise(frame: Frame, values: readonly number[], top: number, body: (highest: number) => void): void {
  const { code } = frame
  const highest = frame.temporary("highest")
  code.get(top)
  for (const local of values) code.get(local).op("f32x4.pmax")
  code.set(highest)
  // The maximum grows rarely, so the rescaling stands in a branch.
  code.get(highest, top).op("f32x4.gt").op("v128.any_true").op("if")
  body(highest)
  code.get(highest).set(top).op("end")
}
