// The family "product" in WASM: for each component a product, and the powers of two taken out of it (product-state.ts), an integer.
import { MOST_PRODUCT_POWERS, PRODUCT_MOST, PRODUCT_POWER } from "../../reductions/product-state.ts"
import { floatBits } from "../encoder.ts"
import { type FunctionWriter, REGISTER_BYTES } from "../function-writer.ts"
import { type Component, eachComponent, partial, type Reducer, type Site, slotOffset, stateAddress } from "./reducer.ts"

/** Two products of two factors, all between this and its reciprocal, may be multiplied by each other and by a state without leaving the range. */
const PAIR_MOST = 2 ** 19
const slots = [0, 1] as const

export const productReducer: Reducer = {
  slots: () => slots.length,
  partials: slots.length,
  identity: () => [floatBits(1), 0],
  begin(site, segment) {
    eachPartial(site, segment, (component, slot, r) => {
      const so = partial(site, component, slot, r)
      stateAddress(site, productReducer, component)
        .memory("v128.load", slotOffset(site, productReducer, component, slot, r))
        .set(so.load())
      so.save()
    })
  },
  step(site, _segment, component, values, columns) {
    const { writer } = site
    const { code } = writer
    const states = Array.from({ length: site.rows }, (_, r) => slots.map((slot) => partial(site, component, slot, r)))
    const locals = states.map((state) => state.map((one) => one.load()) as [number, number])
    const oneByOne = () => {
      const factor = writer.temporary("factor")
      for (const [r, [so, taken]] of locals.entries()) {
        for (let u = 0; u < columns; u++) {
          code.get(values(r, u)).set(factor)
          even(writer, factor, taken)
          writer.apply("f32x4.mul", so, so, factor)
          even(writer, so, taken)
        }
      }
    }
    if (columns % 2 === 1) oneByOne()
    else {
      const pairs = locals.map((_, r) =>
        Array.from({ length: columns / 2 }, (_, n) => {
          const pair = writer.temporary(`pair ${r} ${n}`)
          writer.apply("f32x4.mul", pair, values(r, 2 * n), values(r, 2 * n + 1))
          return pair
        }),
      )
      for (const [n, pair] of pairs.flat().entries()) {
        code.get(pair).op("f32x4.abs").get(writer.float(PAIR_MOST)).op("f32x4.lt")
        code
          .get(pair)
          .op("f32x4.abs")
          .get(writer.float(1 / PAIR_MOST))
          .op("f32x4.gt")
          .op("v128.and")
        if (n > 0) code.op("v128.and")
      }
      code.op("v128.not").op("v128.any_true").op("if")
      oneByOne()
      code.op("else")
      for (const [r, [so, taken]] of locals.entries()) {
        for (const pair of pairs[r]!) writer.apply("f32x4.mul", so, so, pair)
        even(writer, so, taken)
      }
      code.op("end")
    }
    for (const one of states.flat()) one.save()
  },
  end(site, segment) {
    eachPartial(site, segment, (component, slot, r) => {
      const local = partial(site, component, slot, r).load()
      stateAddress(site, productReducer, component)
        .get(local)
        .memory("v128.store", slotOffset(site, productReducer, component, slot, r))
    })
  },
  result({ writer, rows }, { at }) {
    const { code } = writer
    const [so, taken] = [writer.temporary("product"), writer.temporary("taken")]
    for (const [slot, local] of [so, taken].entries()) {
      at()
        .memory("v128.load", slot * rows * REGISTER_BYTES)
        .set(local)
    }
    for (let n = 0; n < MOST_PRODUCT_POWERS; n++) {
      code.get(writer.float(PRODUCT_POWER))
      code.get(writer.float(1 / PRODUCT_POWER), writer.float(1))
      code.get(taken, writer.bits(-n)).op("i32x4.lt_s").op("v128.bitselect")
      code.get(writer.bits(n), taken).op("i32x4.lt_s").op("v128.bitselect")
      code.get(so).op("f32x4.mul").set(so)
    }
    code.get(so)
  },
}

function eachPartial(
  site: Site,
  segment: Parameters<typeof eachComponent>[1],
  body: (component: Component, slot: number, r: number) => void,
): void {
  eachComponent(site, segment, (component) => {
    for (const slot of slots) for (let r = 0; r < site.rows; r++) body(component, slot, r)
  })
}

/** Divides a local by the power in lanes where it is large, and multiplies it where it is small; `taken` counts. */
function even(writer: FunctionWriter, local: number, taken: number): void {
  const { code } = writer
  const [large, small] = [writer.temporary("is large"), writer.temporary("is small")]
  for (const [mask, comparison, bound] of [
    [large, "f32x4.gt", PRODUCT_MOST],
    [small, "f32x4.lt", 1 / PRODUCT_MOST],
  ] as const) {
    code.get(local).op("f32x4.abs").get(writer.float(bound)).op(comparison).set(mask)
  }
  code
    .get(writer.float(1 / PRODUCT_POWER), writer.float(PRODUCT_POWER), writer.float(1), small)
    .op("v128.bitselect")
    .get(large)
  code.op("v128.bitselect").get(local).op("f32x4.mul").set(local)
  // A mask is -1 where it is true.
  code.get(taken, large).op("i32x4.sub").get(small).op("i32x4.add").set(taken)
}
