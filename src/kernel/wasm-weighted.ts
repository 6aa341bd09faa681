// The family "accumulate" in WASM where all components share one shift f: sums of exp(f - m) * g, m the running maximum of f.
// State: sum and compensation of each component, and m, shared. f is clamped to finite numbers from above, so that exp(f - m) is a number.

import { largest, raise, shiftedLog } from "./wasm-accumulate.ts"
import { floatBits } from "./wasm-bytes.ts"
import { eachComponent, type Family, type Site, sharedOffset, slotOffset, stateAddress } from "./wasm-family.ts"
import { registerBytes } from "./wasm-frame.ts"
import { exp } from "./wasm-math.ts"
import { addSums, addTerms, scaleSum, total, zeroSums } from "./wasm-sums.ts"

const topOf = ({ frame }: Site, r: number) => frame.temporary(`top ${r}`)
const termOf = ({ frame }: Site, r: number, u: number) => frame.temporary(`shared term ${r} ${u}`)
const scaleOf = ({ frame }: Site, r: number) => frame.temporary(`scale ${r}`)

/**
 * Of a ratio: exponentials are smaller by so much that the sums of a block stay finite, whatever the weights; and where a sum gets near the end of
 * float32's range, m grows beyond the maximum, so that all become smaller. The ratio is the same.
 */
const headroom = 2 ** -11
const growth = 16 * Math.LN2
const large = 2 ** 120

export const weighted: Family = {
  slots: () => 2,
  partials: 2,
  identity: () => [0, 0],
  shared: {
    identity: floatBits(-largest),
    begin(site) {
      for (let r = 0; r < site.rows; r++) {
        site.frame.code
          .get(site.state)
          .memory("v128.load", sharedOffset(site, weighted, r))
          .set(topOf(site, r))
        if (site.program.reduction.finish === "ratio") grow(site, r)
      }
    },
    step(site, values, columns) {
      const { frame } = site
      const { code } = frame
      for (let r = 0; r < site.rows; r++) {
        const top = topOf(site, r)
        const terms = Array.from({ length: columns }, (_, u) => termOf(site, r, u))
        for (const [u, local] of terms.entries()) frame.apply("f32x4.pmin", local, values(r, u), frame.float(largest))
        raise(frame, terms, top, (highest) => {
          const scale = scaleOf(site, r)
          code.get(top, highest).op("f32x4.sub").op("call", site.exp).set(scale)
          for (const segment of site.program.segments) {
            eachComponent(site, segment, (component) => {
              scaleSum(site, weighted, segment, component, r, scale)
            })
          }
        })
        for (const local of terms) {
          frame.apply("f32x4.sub", local, local, top)
          exp(frame, local, local, true)
          if (site.program.reduction.finish === "ratio") frame.apply("f32x4.mul", local, local, frame.float(headroom))
        }
      }
    },
    end(site) {
      const { code } = site.frame
      for (let r = 0; r < site.rows; r++) {
        const offset = sharedOffset(site, weighted, r)
        code.get(site.state).memory("v128.load", offset).get(topOf(site, r)).op("f32x4.sub").op("call", site.exp).set(scaleOf(site, r))
        code.get(site.state, topOf(site, r)).memory("v128.store", offset)
      }
    },
  },
  begin: (site, segment) => zeroSums(site, weighted, segment),
  step(site, segment, component, values, columns) {
    const { frame } = site
    for (let r = 0; r < site.rows; r++) {
      const products = Array.from({ length: columns }, (_, u) => {
        const product = frame.temporary(`product ${u}`)
        frame.apply("f32x4.mul", product, termOf(site, r, u), values(r, u))
        return product
      })
      addTerms(site, weighted, segment, component, r, products)
    }
  },
  end(site, segment) {
    eachComponent(site, segment, (component) => {
      for (let r = 0; r < site.rows; r++) {
        for (const slot of [0, 1]) {
          const offset = slotOffset(site, weighted, component, slot, r)
          stateAddress(site, weighted, component)
          stateAddress(site, weighted, component)
            .memory("v128.load", offset)
            .get(scaleOf(site, r))
            .op("f32x4.mul")
            .memory("v128.store", offset)
        }
      }
    })
    addSums(site, weighted, segment)
  },
  result(site, { r, component, at }) {
    const { frame, program } = site
    const { code } = frame
    const [m, s] = [frame.temporary("m"), frame.temporary("s")]
    code
      .get(site.state)
      .memory("v128.load", sharedOffset(site, weighted, r))
      .set(m)
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
      // m is clamped: the largest numbers stand for the infinities
      for (const [limit, infinity] of [
        [largest, Number.POSITIVE_INFINITY],
        [-largest, Number.NEGATIVE_INFINITY],
      ] as const) {
        code.get(frame.float(infinity), m, m, frame.float(limit)).op("f32x4.eq").op("v128.bitselect").set(m)
      }
      code.get(component).op("if")
      total(site, () => at(-1), 0)
      code.set(m).op("end").get(m)
    } else {
      total(site, at, 0)
      code.set(s)
      shiftedLog(frame, m, s)
    }
  },
}

/** Before a block: makes the shift of row block r larger where a sum is near the end of float32's range. */
function grow(site: Site, r: number): void {
  const { frame } = site
  const most = frame.temporary("most")
  frame.code.get(frame.float(0)).set(most)
  for (const segment of site.program.segments) {
    eachComponent(site, segment, (component) => {
      frame.code.get(most)
      stateAddress(site, weighted, component).memory("v128.load", slotOffset(site, weighted, component, 0, r))
      frame.code.op("f32x4.abs").op("f32x4.pmax").set(most)
    })
  }
  frame.code
    .get(topOf(site, r), most, frame.float(large))
    .op("f32x4.gt")
    .get(frame.float(growth))
    .op("v128.and")
    .op("f32x4.add")
    .set(topOf(site, r))
}
