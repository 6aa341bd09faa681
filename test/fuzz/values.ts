// What the value of a random formula must be, and how far rounding may move it: the oracle in float64, and again with every operation's
// result moved by a few units of float32, at random, once rounded as float32 rounds it (what saturates may become equal), and once 0 where
// rounding decides the sign (what cancels may vanish). Where that moves the result much, the formula is ill-conditioned there, and no
// statement is made.
import type { Node } from "../../src/formula/node.ts"
import { evaluate } from "../support/oracle.ts"

type Values = Readonly<Record<string, readonly number[]>>

/** Relative error of one operation in float32, generously: our functions are within 4 units, 2^-24 each. */
const unit = 1e-6
const variants = 10
/** Beyond these, float32 overflows or loses digits on the way. */
const [smallest, largest] = [1e-18, 1e18]

export interface Expected {
  readonly value: readonly number[]
  /** How far each component may be off. */
  readonly error: readonly number[]
}

/** Numbers in [-1, 1), the same for the same seed. */
export function randoms(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

/** What becomes of the value of each operation, and of each input. */
export type Adjust = (value: readonly number[]) => readonly number[]

/**
 * What `run`, numbers by the oracle, must give. Nothing where no statement can be made: overflow, NaN, a jump nearby, or hardly any digit
 * left.
 */
export function judged(run: (adjust: Adjust) => readonly number[], seed: number): Expected | undefined {
  let sound = true
  const check = (vector: readonly number[]) => {
    if (!vector.every((value) => Number.isFinite(value) && Math.abs(value) < largest && (value === 0 || Math.abs(value) > smallest)))
      sound = false
    return vector
  }
  const value = run(check)
  if (!sound) return undefined
  const error = value.map(() => 0)
  const random = randoms(seed)
  const moved = (vector: readonly number[]) => vector.map((component) => component * (1 + unit * random()))
  const rounded = (vector: readonly number[]) => vector.map(Math.fround)
  const signs = new Signs()
  const near = Array.from({ length: variants }, () => run(signs.watch(moved)))
  const flushed = signs.watch((vector, unsure) => vector.map((component, k) => (unsure[k] ? 0 : component)))
  for (const other of [...near, run(rounded), run(flushed)]) {
    for (const [k, component] of other.entries()) error[k] = Math.max(error[k]!, Math.abs(component - value[k]!))
  }
  const clear = error.every((distance, k) => Number.isFinite(distance) && distance < 1e-3 * (1 + Math.abs(value[k]!)))
  return clear ? { value, error: error.map((distance, k) => 10 * distance + 1e-6 * Math.abs(value[k]!) + 1e-12) } : undefined
}

/** Which numbers are of either sign, as rounding has it, in runs that all compute the same: these may be 0 in float32, and 0 is where things jump. */
class Signs {
  /** For each number computed: 1 where it was negative, 2 where it was positive, 3 where both. */
  readonly #seen: number[][] = []

  watch(adjust: (vector: readonly number[], unsure: readonly boolean[]) => readonly number[]): Adjust {
    let at = 0
    return (vector) => {
      const before = this.#seen[at] ?? []
      const seen = vector.map((value, k) => (before[k] ?? 0) | (value < 0 ? 1 : value > 0 ? 2 : 0))
      this.#seen[at++] = seen
      return adjust(
        vector,
        seen.map((signs) => signs === 3),
      )
    }
  }
}

/** What a formula must give for one pair of rows. */
export const expected = (node: Node, values: Values, seed: number): Expected | undefined =>
  judged((adjust) => {
    const near = Object.fromEntries(Object.entries(values).map(([name, vector]) => [name, adjust(vector)]))
    return evaluate(node, near, new Map(), adjust)
  }, seed)

/**
 * The derivative at 0 by central differences of the fourth order, where those of three steps agree. A kink or a jump nearby shows as a
 * disagreement; and where the value is large against its slope, it has no digits for differences.
 */
export function slope(value: (step: number) => number): number | undefined {
  const difference = (h: number) => (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) / (12 * h)
  const fine = difference(1e-5)
  const scale = 1 + Math.abs(fine)
  if (!(Math.abs(value(0)) < 1e4 * scale) || !(Math.abs(fine) < 1e6)) return undefined
  const near = [2e-4, 4.3e-5].every((step) => Math.abs(difference(step) - fine) < 1e-6 * scale)
  return near ? fine : undefined
}
/** How far such a derivative may be from the true one. */
export const leeway = (slope: number) => 1e-4 * (1 + Math.abs(slope))
