// The family "accumulate" in WASM: sums (wasm/reducers/block-sum.ts); with `shift`, of exp(f - m), m the running maximum.
// State: [m,] sum, compensation. TwoSum (Knuth) stores the compensation separately, so that an infinite sum stays infinite.
import { floatBits } from "../encoder.ts"
import { widen } from "../fold.ts"
import type { FunctionWriter } from "../function-writer.ts"
import { exp, log } from "../math.ts"
import { addSums, addTerms, addTo, helperOf, total, tree, zero, zeroSums } from "./block-sum.ts"
import { eachComponent, partial, type Reducer, slotOffset, stateAddress } from "./reducer.ts"

export const LARGEST = 3.4028234663852886e38

/** Partial results of a block: a sum; if terms may cancel, the two halves of a sum in float64. */
export const sumReducer: Reducer = {
  slots: () => 2,
  partials: 2,
  identity: () => [0, 0],
  helper: helperOf,
  begin: (site, segment) => zeroSums(site, segment),
  step(site, segment, component, values, columns) {
    const { code } = site.writer
    addTerms(site, segment, component, columns, {
      plain: (r, u) => void code.get(values(r, u)),
      wide: (r, u, half) => widen(code, values(r, u), half),
    })
  },
  end: (site, segment) => addSums(site, sumReducer, segment),
  result(site, { at }) {
    total(site, at, 0)
  },
}

export const logSumExpReducer: Reducer = {
  callsExp: true,
  slots: () => 3,
  partials: 2,
  identity: () => [floatBits(-LARGEST), 0, 0],
  begin(site, segment) {
    zero(site, segment, 1)
    eachComponent(site, segment, (component) => {
      for (let r = 0; r < site.rows; r++) {
        const top = partial(site, component, 0, r)
        // A partial result in memory gets its first value through the local that `load` returns.
        stateAddress(site, logSumExpReducer, component)
          .memory("v128.load", slotOffset(site, logSumExpReducer, component, 0, r))
          .set(top.load())
        top.save()
      }
    })
  },
  step(site, _segment, component, values, columns) {
    const { writer } = site
    const { code } = writer
    for (let r = 0; r < site.rows; r++) {
      const top = partial(site, component, 0, r)
      const total = partial(site, component, 1, r)
      const m = top.load()
      const s = total.load()
      const clamped = Array.from({ length: columns }, (_, u) => writer.temporary(`clamped ${u}`))
      for (const [u, local] of clamped.entries()) writer.apply("f32x4.pmin", local, values(r, u), writer.float(LARGEST))
      raise(writer, clamped, m, (highest) => {
        code.get(s, m, highest).op("f32x4.sub").op("call", site.exp).op("f32x4.mul").set(s)
      })
      const terms = clamped.map((local, u) => {
        const term = writer.temporary(`term ${u}`)
        writer.apply("f32x4.sub", local, local, m)
        exp(writer, local, term, true)
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
    const { writer } = site
    eachComponent(site, segment, (component) => {
      for (let r = 0; r < site.rows; r++) {
        const m = partial(site, component, 0, r).load()
        const scale = writer.temporary("scale")
        const load = (slot: number) =>
          stateAddress(site, logSumExpReducer, component).memory("v128.load", slotOffset(site, logSumExpReducer, component, slot, r))
        load(0).get(m).op("f32x4.sub").op("call", site.exp).set(scale)
        for (const slot of [1, 2]) {
          stateAddress(site, logSumExpReducer, component)
          load(slot)
            .get(scale)
            .op("f32x4.mul")
            .memory("v128.store", slotOffset(site, logSumExpReducer, component, slot, r))
        }
        stateAddress(site, logSumExpReducer, component)
          .get(m)
          .memory("v128.store", slotOffset(site, logSumExpReducer, component, 0, r))
        addTo(site, logSumExpReducer, component, 1, r, partial(site, component, 1, r).load())
      }
    })
  },
  result(site, { at }) {
    const { writer } = site
    const m = writer.temporary("m")
    const s = writer.temporary("s")
    at().memory("v128.load", 0).set(m)
    total(site, at, 1)
    writer.code.set(s)
    shiftedLog(writer, m, s)
  },
}

/** Leaves `m + log(s)` on the stack, of locals; s is overwritten. m is clamped: the largest number represents +inf. */
export function shiftedLog(writer: FunctionWriter, m: number, s: number, more?: number): void {
  log(writer, s, s)
  if (more !== undefined) writer.apply("f32x4.add", s, s, more)
  writer.code.get(m, s).op("f32x4.add")
  writer.code.get(m, writer.float(LARGEST)).op("f32x4.ge").get(writer.float(Number.POSITIVE_INFINITY)).op("v128.and").op("f32x4.add")
}

/** Raises the local `top` to the maximum of itself and `values`, NaN ignored. If it grows, `body` runs first, with a local of the new maximum. */
export function raise(writer: FunctionWriter, values: readonly number[], top: number, body: (highest: number) => void): void {
  const { code } = writer
  const highest = writer.temporary("highest")
  code.get(top)
  for (const local of values) code.get(local).op("f32x4.pmax")
  code.set(highest)
  // PERF: the maximum grows rarely, so the rescaling is in a branch.
  code.get(highest, top).op("f32x4.gt").op("v128.any_true").op("if")
  body(highest)
  code.get(highest).set(top).op("end")
}
