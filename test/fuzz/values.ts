// What the value of a random formula must be, and how far rounding may move it: the oracle in float64, and again with every operation's
// result moved by a few units of float32, at random, and once rounded as float32 rounds it (what saturates may become equal). Where that moves the result much, the formula is ill-conditioned there, and no
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

/** Nothing where no statement can be made: overflow, NaN, a jump nearby, or hardly any digit left. */
export function expected(node: Node, values: Values, seed: number): Expected | undefined {
  let sound = true
  const check = (vector: readonly number[]) => {
    if (!vector.every((value) => Number.isFinite(value) && Math.abs(value) < largest && (value === 0 || Math.abs(value) > smallest)))
      sound = false
    return vector
  }
  const value = check(evaluate(node, values, new Map(), check))
  if (!sound) return undefined
  const error = value.map(() => 0)
  const random = randoms(seed)
  const moved = (vector: readonly number[]) => vector.map((component) => component * (1 + unit * random()))
  const rounded = (vector: readonly number[]) => vector.map(Math.fround)
  for (let variant = 0; variant <= variants; variant++) {
    const move = variant === variants ? rounded : moved
    const near = Object.fromEntries(Object.entries(values).map(([name, vector]) => [name, move(vector)]))
    const other = evaluate(node, near, new Map(), move)
    for (const [k, component] of other.entries()) error[k] = Math.max(error[k]!, Math.abs(component - value[k]!))
  }
  const clear = error.every((distance, k) => Number.isFinite(distance) && distance < 1e-3 * (1 + Math.abs(value[k]!)))
  return clear ? { value, error: error.map((distance, k) => 10 * distance + 1e-6 * Math.abs(value[k]!) + 1e-12) } : undefined
}
