// Sums in WASM: those of a block of columns, and how they are added to a state, which is a sum and what rounding lost in it (TwoSum).
// Terms that may have both signs are added up in float64 within a block: large ones may cancel, and what is left is what small ones add up to.
import type { Segment } from "./ir.ts"
import { hasOneSign } from "./sign.ts"
import type { Code, Opcode } from "./wasm-bytes.ts"
import { type Component, eachComponent, type Family, partial, type Site, slotOffset, stateAddress } from "./wasm-family.ts"
import { whole } from "./wasm-fold.ts"
import { registerBytes } from "./wasm-frame.ts"

export function zeroSums(site: Site, family: Family, segment: Segment): void {
  zero(site, family, segment, 0)
  if (!hasOneSign(segment.value)) zero(site, family, segment, 1)
}

/** Adds terms to a block's sum, in float64 unless all have one sign. */
export function addTerms(site: Site, family: Family, segment: Segment, component: Component, r: number, terms: readonly number[]): void {
  const { code } = site.frame
  const halves = hasOneSign(segment.value) ? [undefined] : ([0, 1] as const)
  for (const [index, half] of halves.entries()) {
    const sum = partial(site, family, component, index, r)
    const local = sum.load()
    code.get(local)
    if (half === undefined) tree(code, terms)
    else tree(code, terms, "f64x2.add", (term) => widen(code, term, half))
    code.op(half === undefined ? "f32x4.add" : "f64x2.add").set(local)
    sum.save()
  }
}

/** Leaves two of a local's four numbers on the stack, in float64. */
function widen(code: Code, local: number, half: 0 | 1): void {
  code.get(local)
  if (half === 1) code.get(local).halves(1, 1)
  code.op("f64x2.promote_low_f32x4")
}

/** Multiplies a block's sum by a local. */
export function scaleSum(site: Site, family: Family, segment: Segment, component: Component, r: number, scale: number): void {
  const { code } = site.frame
  const isPlain = hasOneSign(segment.value)
  for (const half of isPlain ? ([0] as const) : ([0, 1] as const)) {
    const sum = partial(site, family, component, half, r)
    const local = sum.load()
    code.get(local)
    if (isPlain) code.get(scale).op("f32x4.mul")
    else {
      widen(code, scale, half)
      code.op("f64x2.mul")
    }
    code.set(local)
    sum.save()
  }
}

/** Adds a block's sums to the state. */
export function addSums(site: Site, family: Family, segment: Segment): void {
  const { frame } = site
  const { code } = frame
  const rounded = frame.temporary("rounded")
  eachComponent(site, segment, (component) => {
    for (let r = 0; r < site.rows; r++) {
      const load = (n: number) => partial(site, family, component, n, r).load()
      if (hasOneSign(segment.value)) {
        addTo(site, family, component, 0, r, load(0))
        continue
      }
      const sums = [load(0), load(1)] as const
      for (const half of sums) code.get(half).op("f32x4.demote_f64x2_zero")
      code.halves(0, 0).set(rounded)
      const at = slotOffset(site, family, component, 1, r)
      stateAddress(site, family, component)
      stateAddress(site, family, component).memory("v128.load", at)
      for (const half of [0, 1] as const) {
        code.get(sums[half]!)
        widen(code, rounded, half)
        code.op("f64x2.sub").op("f32x4.demote_f64x2_zero")
      }
      code.halves(0, 0).op("f32x4.add").memory("v128.store", at)
      addTo(site, family, component, 0, r, rounded)
    }
  })
}

/** Leaves the sum of the locals, or of what `write` makes of each, on the stack, added pairwise. */
export function tree(
  code: Code,
  locals: readonly number[],
  add: Opcode = "f32x4.add",
  write: (local: number) => void = (local) => void code.get(local),
): void {
  if (locals.length === 1) {
    write(locals[0]!)
    return
  }
  const half = Math.ceil(locals.length / 2)
  tree(code, locals.slice(0, half), add, write)
  tree(code, locals.slice(half), add, write)
  code.op(add)
}

export function zero(site: Site, family: Family, segment: Segment, index: number): void {
  eachComponent(site, segment, (component) => {
    for (let r = 0; r < site.rows; r++) {
      const total = partial(site, family, component, index, r)
      site.frame.code.get(site.frame.float(0)).set(total.load())
      total.save()
    }
  })
}

/** Adds a local to the sum in `slot` and its rounding error to the compensation in the next (TwoSum). */
export function addTo(site: Site, family: Family, component: Component, slot: number, r: number, term: number): void {
  const { frame } = site
  const { code } = frame
  const [old, made, part] = [frame.temporary("old"), frame.temporary("made"), frame.temporary("part")]
  const at = (n: number) => slotOffset(site, family, component, n, r)
  stateAddress(site, family, component).memory("v128.load", at(slot)).set(old)
  frame.apply("f32x4.add", made, old, term)
  frame.apply("f32x4.sub", part, made, old)
  stateAddress(site, family, component).get(made).memory("v128.store", at(slot))
  stateAddress(site, family, component)
  stateAddress(site, family, component).memory("v128.load", at(slot + 1))
  code.get(old, made, part).op("f32x4.sub").op("f32x4.sub")
  code
    .get(term, part)
    .op("f32x4.sub")
    .op("f32x4.add")
    .op("f32x4.add")
    .memory("v128.store", at(slot + 1))
}

/** Leaves sum + compensation on the stack; the sum alone where it is not finite. */
export function total(site: Site, address: () => Code, slot: number): void {
  const { frame } = site
  const { code } = frame
  const [plain, rest] = [frame.temporary("plain"), frame.temporary("rest")]
  const stride = site.rows * registerBytes
  for (const [n, local] of [plain, rest].entries()) {
    address()
      .memory("v128.load", (slot + n) * stride)
      .set(local)
  }
  whole(frame, plain, rest, plain)
  code.get(plain)
}
