// The family "product" in WASM: a plain product for each component.
import { floatBits } from "./wasm-bytes.ts"
import { eachComponent, type Family, partial, slotOffset, stateAddress } from "./wasm-family.ts"

export const product: Family = {
  slots: () => 1,
  partials: 1,
  identity: () => [floatBits(1)],
  begin(site, segment) {
    eachComponent(site, segment, (component) => {
      for (let r = 0; r < site.rows; r++) {
        const so = partial(site, component, 0, r)
        stateAddress(site, product, component)
          .memory("v128.load", slotOffset(site, product, component, 0, r))
          .set(so.load())
        so.save()
      }
    })
  },
  step(site, _segment, component, values, columns) {
    for (let r = 0; r < site.rows; r++) {
      const so = partial(site, component, 0, r)
      const local = so.load()
      site.frame.code.get(local)
      for (let u = 0; u < columns; u++) site.frame.code.get(values(r, u)).op("f32x4.mul")
      site.frame.code.set(local)
      so.save()
    }
  },
  end(site, segment) {
    eachComponent(site, segment, (component) => {
      for (let r = 0; r < site.rows; r++) {
        const local = partial(site, component, 0, r).load()
        stateAddress(site, product, component)
          .get(local)
          .memory("v128.store", slotOffset(site, product, component, 0, r))
      }
    })
  },
  result(_site, { at }) {
    at().memory("v128.load", 0)
  },
}
