// Sums in WASM: of a block of columns, and their addition to a state, which is a sum and its rounding error (TwoSum).
// Terms that may cancel are added up in float64 within a block if that matters (ir/care.ts).
import { type Care, careOf, scales } from "../../ir/care.ts"
import type { Program, Segment } from "../../ir/program.ts"
import type { Code, Opcode } from "../encoder.ts"
import { whole, widen } from "../fold.ts"
import { type FunctionWriter, REGISTER_BYTES } from "../function-writer.ts"
import { spreadFunction } from "../spread.ts"
import { type Component, eachComponent, partial, type Reducer, type Site, slotOffset, stateAddress } from "./reducer.ts"

const halves = [0, 1] as const
export type Half = (typeof halves)[number]

/** The function that sums call before a block, if any. */
export const helperOf = (program: Program): FunctionWriter | undefined => (scales(program).length > 0 ? spreadFunction() : undefined)

/** Writes sums in float32 (`plain`), in float64 (`wide`), or both and a branch. */
export function either(site: Site, care: Care, plain: () => void, wide: () => void): void {
  const known = typeof care === "string" ? care : site.chosen
  if (known) {
    if (known === "plain") plain()
    else wide()
    return
  }
  site.writer.code.get(site.careful).op("if")
  wide()
  site.writer.code.op("else")
  plain()
  site.writer.code.op("end")
}

export function zeroSums(site: Site, segment: Segment): void {
  const care = careOf(site.program, segment)
  zero(site, segment, 0)
  either(
    site,
    care,
    () => {},
    () => zero(site, segment, 1),
  )
}

/** Leaves a term on the stack, for row block r and column u: four numbers in float32, or two of them in float64. */
export interface TermWriter {
  plain(r: number, u: number): void
  wide(r: number, u: number, half: Half): void
}

/** Adds the terms of some columns to a block's sums. */
export function addTerms(site: Site, segment: Segment, component: Component, columns: number, terms: TermWriter): void {
  const { code } = site.writer
  const us = Array.from({ length: columns }, (_, u) => u)
  const add = (index: number, r: number, adding: Opcode, write: (u: number) => void) => {
    const sum = partial(site, component, index, r)
    const local = sum.load()
    code.get(local)
    tree(code, us, adding, write)
    code.op(adding).set(local)
    sum.save()
  }
  const rows = (write: (r: number) => void) => {
    for (let r = 0; r < site.rows; r++) write(r)
  }
  either(
    site,
    careOf(site.program, segment),
    () => rows((r) => add(0, r, "f32x4.add", (u) => terms.plain(r, u))),
    () =>
      rows((r) => {
        for (const half of halves) add(half, r, "f64x2.add", (u) => terms.wide(r, u, half))
      }),
  )
}

/** Multiplies a block's sum by a local. */
export function scaleSum(site: Site, segment: Segment, component: Component, r: number, scale: number): void {
  const { code } = site.writer
  const times = (index: Half, write: () => void, multiply: Opcode) => {
    const sum = partial(site, component, index, r)
    const local = sum.load()
    code.get(local)
    write()
    code.op(multiply).set(local)
    sum.save()
  }
  either(
    site,
    careOf(site.program, segment),
    () => times(0, () => void code.get(scale), "f32x4.mul"),
    () => {
      for (const half of halves) times(half, () => widen(code, scale, half), "f64x2.mul")
    },
  )
}

/** Writes a block's sum, times the local `unit` if there is one, to the local `rounded`, and the rounding error of a sum in float64 to `rest`. */
export function roundSum(site: Site, care: Care, sums: readonly number[], unit: number | undefined, rounded: number, rest?: number): void {
  const { code } = site.writer
  const wide = (half: Half) => {
    code.get(sums[half]!)
    if (unit === undefined) return
    widen(code, unit, half)
    code.op("f64x2.mul")
  }
  const plain = () => {
    code.get(sums[0]!)
    if (unit !== undefined) code.get(unit).op("f32x4.mul")
    code.set(rounded)
  }
  either(site, care, plain, () => {
    for (const half of halves) {
      wide(half)
      code.op("f32x4.demote_f64x2_zero")
    }
    code.halves(0, 0).set(rounded)
    if (rest === undefined) return
    for (const half of halves) {
      wide(half)
      widen(code, rounded, half)
      code.op("f64x2.sub").op("f32x4.demote_f64x2_zero")
    }
    code.halves(0, 0).set(rest)
  })
}

/** The locals that hold a block's sum. */
export const sumsOf = (site: Site, care: Care, component: Component, r: number): readonly number[] =>
  (care === "plain" ? [0] : halves).map((half) => partial(site, component, half, r).load())

/** Adds a block's sums to the state, times the local `unit` if there is one. */
export function addSums(site: Site, reducer: Reducer, segment: Segment, unit: (r: number) => number | undefined = () => undefined): void {
  const { writer } = site
  const { code } = writer
  const [rounded, rest] = [writer.temporary("rounded"), writer.temporary("left")]
  const care = careOf(site.program, segment)
  const add = (isWide: boolean) =>
    eachComponent(site, segment, (component) => {
      for (let r = 0; r < site.rows; r++) {
        const kind = isWide ? "wide" : "plain"
        roundSum(site, kind, sumsOf(site, kind, component, r), unit(r), rounded, rest)
        if (isWide) {
          const at = slotOffset(site, reducer, component, 1, r)
          stateAddress(site, reducer, component)
          stateAddress(site, reducer, component).memory("v128.load", at)
          code.get(rest).op("f32x4.add").memory("v128.store", at)
        }
        addTo(site, reducer, component, 0, r, rounded)
      }
    })
  either(
    site,
    care,
    () => add(false),
    () => add(true),
  )
}

/** Leaves the pairwise sum of the items on the stack; `write` leaves one item. */
export function tree(
  code: Code,
  items: readonly number[],
  add: Opcode = "f32x4.add",
  write: (item: number) => void = (local) => void code.get(local),
): void {
  if (items.length === 1) {
    write(items[0]!)
    return
  }
  const half = Math.ceil(items.length / 2)
  tree(code, items.slice(0, half), add, write)
  tree(code, items.slice(half), add, write)
  code.op(add)
}

export function zero(site: Site, segment: Segment, index: number): void {
  eachComponent(site, segment, (component) => {
    for (let r = 0; r < site.rows; r++) {
      const total = partial(site, component, index, r)
      site.writer.code.get(site.writer.float(0)).set(total.load())
      total.save()
    }
  })
}

/** Adds a local to the sum in `slot` and its rounding error to the compensation in the next (TwoSum). */
export function addTo(site: Site, reducer: Reducer, component: Component, slot: number, r: number, term: number): void {
  const { writer } = site
  const { code } = writer
  const [old, made, part] = [writer.temporary("old"), writer.temporary("made"), writer.temporary("part")]
  const at = (n: number) => slotOffset(site, reducer, component, n, r)
  stateAddress(site, reducer, component).memory("v128.load", at(slot)).set(old)
  writer.apply("f32x4.add", made, old, term)
  writer.apply("f32x4.sub", part, made, old)
  stateAddress(site, reducer, component).get(made).memory("v128.store", at(slot))
  stateAddress(site, reducer, component)
  stateAddress(site, reducer, component).memory("v128.load", at(slot + 1))
  code.get(old, made, part).op("f32x4.sub").op("f32x4.sub")
  code
    .get(term, part)
    .op("f32x4.sub")
    .op("f32x4.add")
    .op("f32x4.add")
    .memory("v128.store", at(slot + 1))
}

/** Leaves sum + compensation on the stack; the sum alone if it is not finite. */
export function total(site: Site, address: () => Code, slot: number): void {
  const { writer } = site
  const { code } = writer
  const [plain, rest] = [writer.temporary("plain"), writer.temporary("rest")]
  const stride = site.rows * REGISTER_BYTES
  for (const [n, local] of [plain, rest].entries()) {
    address()
      .memory("v128.load", (slot + n) * stride)
      .set(local)
  }
  whole(writer, plain, rest, plain)
  code.get(plain)
}
