// The family "accumulate" in WASM: sums in blocks, compensated between blocks, and within them where terms may have both signs: then large ones
// may cancel, and leave what small ones add up to. With `shift`, sums of exp(f - m), m the running maximum.
// State: [m,] sum, compensation. Knuth's TwoSum keeps the compensation apart, so that an infinite sum stays infinite.
import type { Segment } from "./ir.ts"
import { hasOneSign } from "./sign.ts"
import { type Code, floatBits } from "./wasm-bytes.ts"
import { type Component, eachComponent, type Family, partial, type Site, slotOffset, stateAddress } from "./wasm-family.ts"
import { type Frame, registerBytes } from "./wasm-frame.ts"
import { exp, log } from "./wasm-math.ts"

export const largest = 3.4028234663852886e38

/** Of a block: the sum, and what rounding loses in it where terms may cancel each other. */
export const sum: Family = {
  slots: () => 2,
  partials: 2,
  identity: () => [0, 0],
  begin: (site, segment) => zeroSums(site, sum, segment),
  step(site, segment, component, values, columns) {
    for (let r = 0; r < site.rows; r++) {
      const terms = Array.from({ length: columns }, (_, u) => values(r, u))
      addTerms(site, sum, component, r, terms, hasOneSign(segment.value))
    }
  },
  end: (site, segment) => addSums(site, sum, segment),
  result(site, { at }) {
    total(site, at, 0)
  },
}

export function zeroSums(site: Site, family: Family, segment: Segment): void {
  zero(site, family, segment, 0)
  if (!hasOneSign(segment.value)) zero(site, family, segment, 1)
}

/** Adds terms to a block's sum: each with what rounding loses (TwoSum), or, where all have the same sign, simply. */
export function addTerms(site: Site, family: Family, component: Component, r: number, terms: readonly number[], oneSign: boolean): void {
  const { frame } = site
  const { code } = frame
  const total = partial(site, family, component, 0, r)
  const s = total.load()
  if (oneSign) {
    code.get(s)
    tree(code, terms)
    code.op("f32x4.add").set(s)
  } else {
    const lost = partial(site, family, component, 1, r)
    const e = lost.load()
    for (const term of terms) {
      const [made, part] = twoSum(frame, s, term)
      code.get(e)
      lostIn(code, s, term, made, part)
      code.op("f32x4.add").set(e).get(made).set(s)
    }
    lost.save()
  }
  total.save()
}

/** Adds a block's sums to the state. */
export function addSums(site: Site, family: Family, segment: Segment): void {
  const { code } = site.frame
  eachComponent(site, segment, (component) => {
    for (let r = 0; r < site.rows; r++) {
      addTo(site, family, component, 0, r, partial(site, family, component, 0, r).load())
      if (hasOneSign(segment.value)) continue
      const at = slotOffset(site, family, component, 1, r)
      stateAddress(site, family, component)
      stateAddress(site, family, component)
        .memory("v128.load", at)
        .get(partial(site, family, component, 1, r).load())
      code.op("f32x4.add").memory("v128.store", at)
    }
  })
}

export const logSumExp: Family = {
  slots: () => 3,
  partials: 2,
  identity: () => [floatBits(-largest), 0, 0],
  begin(site, segment) {
    zero(site, logSumExp, segment, 1)
    eachComponent(site, segment, (component) => {
      for (let r = 0; r < site.rows; r++) {
        const top = partial(site, logSumExp, component, 0, r)
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
      const top = partial(site, logSumExp, component, 0, r)
      const total = partial(site, logSumExp, component, 1, r)
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
        const m = partial(site, logSumExp, component, 0, r).load()
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
        addTo(site, logSumExp, component, 1, r, partial(site, logSumExp, component, 1, r).load())
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
export function shiftedLog(frame: Frame, m: number, s: number): void {
  log(frame, s, s)
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

/** Leaves the sum of the locals on the stack, added pairwise. */
export function tree(code: Code, locals: readonly number[]): void {
  if (locals.length === 1) return void code.get(locals[0]!)
  const half = Math.ceil(locals.length / 2)
  tree(code, locals.slice(0, half))
  tree(code, locals.slice(half))
  code.op("f32x4.add")
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

/** Adds a local to the sum in `slot` and its rounding error to the compensation in the next. */
export function addTo(site: Site, family: Family, component: Component, slot: number, r: number, term: number): void {
  const { frame } = site
  const { code } = frame
  const old = frame.temporary("old")
  const at = (n: number) => slotOffset(site, family, component, n, r)
  stateAddress(site, family, component).memory("v128.load", at(slot)).set(old)
  const [made, part] = twoSum(frame, old, term)
  stateAddress(site, family, component).get(made).memory("v128.store", at(slot))
  stateAddress(site, family, component)
  stateAddress(site, family, component).memory("v128.load", at(slot + 1))
  lostIn(code, old, term, made, part)
  code.op("f32x4.add").memory("v128.store", at(slot + 1))
}

/** Locals of the sum, and of what it holds of the term (TwoSum). */
function twoSum(frame: Frame, sum: number, term: number): readonly [made: number, part: number] {
  const [made, part] = [frame.temporary("made"), frame.temporary("part")]
  frame.apply("f32x4.add", made, sum, term)
  frame.apply("f32x4.sub", part, made, sum)
  return [made, part]
}

/** Leaves on the stack what rounding lost in `made`. */
function lostIn(code: Code, sum: number, term: number, made: number, part: number): void {
  code.get(sum, made, part).op("f32x4.sub").op("f32x4.sub").get(term, part).op("f32x4.sub").op("f32x4.add")
}

/** Leaves sum + compensation on the stack; the sum alone where it is not finite. */
export function total(site: Site, address: () => Code, slot: number): void {
  const { frame } = site
  const { code } = frame
  const [plain, corrected] = [frame.temporary("plain"), frame.temporary("corrected")]
  const stride = site.rows * registerBytes
  address()
    .memory("v128.load", slot * stride)
    .set(plain)
  code.get(plain)
  address()
    .memory("v128.load", (slot + 1) * stride)
    .op("f32x4.add")
    .set(corrected)
  // corrected == corrected fails where the compensation of an infinite sum is NaN
  code.get(corrected, plain, corrected, corrected).op("f32x4.eq").op("v128.bitselect")
}
