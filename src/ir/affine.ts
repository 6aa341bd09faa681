// Arithmetic of affine indices: constants, loop counters, and their quotients and remainders. Divisions are resolved as far as the ranges
// of the counters allow, so that the row and column of a matrix read in two nested loops are the two counters again.
import type { AffineIndex, DerivedIndex as Derived, Loop } from "./program.ts"

type ScaledPart = AffineIndex["terms"][number]
type Part = ScaledPart["part"]

export const constant = (base: number): AffineIndex => ({ base, terms: [] })
export const counterOf = (loop: Loop): AffineIndex => ({ base: 0, terms: [{ part: loop, stride: 1 }] })

export function add(a: AffineIndex, b: AffineIndex): AffineIndex {
  const terms = [...a.terms]
  for (const term of b.terms) {
    const at = terms.findIndex(({ part }) => partKey(part) === partKey(term.part))
    const stride = term.stride + (terms[at]?.stride ?? 0)
    if (at < 0) terms.push(term)
    else if (stride === 0) terms.splice(at, 1)
    else terms[at] = { part: term.part, stride }
  }
  return { base: a.base + b.base, terms }
}

export function times(a: AffineIndex, n: number): AffineIndex {
  return n === 0 ? constant(0) : { base: a.base * n, terms: a.terms.map(({ part, stride }) => ({ part, stride: stride * n })) }
}

/** Quotient and remainder of a non-negative index. */
export function divide(a: AffineIndex, by: number): { readonly quotient: AffineIndex; readonly remainder: AffineIndex } {
  if (by === 1) return { quotient: a, remainder: constant(0) }
  const whole = a.terms.filter(({ stride }) => stride % by === 0)
  const base = Math.floor(a.base / by)
  const quotient: AffineIndex = { base, terms: whole.map(({ part, stride }) => ({ part, stride: stride / by })) }
  const rest: AffineIndex = { base: a.base - base * by, terms: a.terms.filter(({ stride }) => stride % by !== 0) }
  const [lowest, highest] = range(rest)
  if (lowest >= 0 && highest < by) return { quotient, remainder: rest }
  // The rest must not be negative; otherwise the whole index is divided.
  const of = lowest >= 0 ? rest : a
  const quotientPart: ScaledPart = { part: { operation: "quotient", of, by }, stride: 1 }
  const remainder: AffineIndex = { base: 0, terms: [{ part: { operation: "remainder", of, by }, stride: 1 }] }
  return { quotient: lowest >= 0 ? add(quotient, { base: 0, terms: [quotientPart] }) : { base: 0, terms: [quotientPart] }, remainder }
}

/** The index, or `highest` if it is larger or negative. The arm of a choice that is not taken reads there. */
export function limit(of: AffineIndex, highest: number): AffineIndex {
  const [lowest, most] = range(of)
  return lowest >= 0 && most <= highest ? of : { base: 0, terms: [{ part: { operation: "limit", of, by: highest }, stride: 1 }] }
}

/** The smallest and the largest value of an index. */
export function range({ base, terms }: AffineIndex): readonly [lowest: number, highest: number] {
  let [lowest, highest] = [base, base]
  for (const { part, stride } of terms) {
    const [low, high] = partRange(part)
    lowest += Math.min(stride * low, stride * high)
    highest += Math.max(stride * low, stride * high)
  }
  return [lowest, highest]
}

export const isLoop = (part: Part): part is Loop => "id" in part

function partRange(part: Part): readonly [number, number] {
  if (isLoop(part)) return [part.start, part.end - 1]
  if (part.operation === "limit") return [0, part.by]
  const [lowest, highest] = range(part.of)
  if (part.operation === "quotient") return [Math.floor(Math.max(0, lowest) / part.by), Math.floor(highest / part.by)]
  return [0, Math.min(highest, part.by - 1)]
}

/** The loops that an index depends on. */
export function loopsOf({ terms }: AffineIndex): readonly Loop[] {
  return [...new Set(terms.flatMap(({ part }) => (isLoop(part) ? [part] : loopsOf(part.of))))]
}

/** Equal for equal indices only. */
export function indexKey({ base, terms }: AffineIndex): string {
  const parts = terms.map(({ part, stride }) => `${stride}*${partKey(part)}`)
  return [base, ...parts.sort()].join("+")
}

function partKey(part: Part): string {
  if (isLoop(part)) return `k${part.id}`
  return `(${indexKey(part.of)})${operators[part.operation]}${part.by}`
}

/** Arithmetic of u32, so `min` treats a negative number as a large one. */
export type IndexOperator = "+" | "*" | "/" | "%" | "min"
const operators = { quotient: "/", remainder: "%", limit: "min" } as const

/** The index as an expression: `leaf` writes a counter or a number, `combine` an operation on two expressions. */
export function express<E>(
  { base, terms }: AffineIndex,
  leaf: (value: Loop | number) => E,
  combine: (operator: IndexOperator, a: E, b: E) => E,
): E {
  const partOf = (part: Loop | Derived): E =>
    isLoop(part) ? leaf(part) : combine(operators[part.operation], express(part.of, leaf, combine), leaf(part.by))
  const written = terms.map(({ part, stride }) => (stride === 1 ? partOf(part) : combine("*", partOf(part), leaf(stride))))
  const all = base === 0 && written.length > 0 ? written : [...written, leaf(base)]
  return all.reduce((sum, term) => combine("+", sum, term))
}
