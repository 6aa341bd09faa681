// What the value of a random formula must be, and how far rounding may move it: the oracle in float64 with float32's range, and again with
// every operation's result moved by a few units of float32, at random, once rounded as float32 rounds it (what saturates may become equal),
// three times with near numbers in another order or equal, and zeros of other signs, and once 0 where rounding decides the sign (what cancels
// may vanish). What is exact stays: float32 gets exact quotients, sums of integers and comparisons of them right. Where all that moves a
// component much, or to another infinity, or where an edge is left open, no statement is made about that component, and the reason is counted.
import { finish, Open, open, primal, type Reason, type Rounding, type Vector, within } from "../support/numbers.ts"

/** Relative error of one operation in float32, generously: our functions are within 4 units, 2^-24 each. */
const unit = 1e-6
const variants = 6
/** Operations of numbers for one formula. */
const budget = 60_000

export interface Stated {
  readonly value: number
  /** How far it may be off; infinities and NaN must be what they are. */
  readonly error: number
}
/** What a component must be, or why nobody can say. */
export type Judged = Stated | { readonly reason: Reason }
export const isStated = (one: Judged): one is Stated => "value" in one

/** Numbers in [-1, 1), the same for the same seed. */
export function randoms(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

/** What becomes of numbers that are computed outside of formulas. */
export type Adjust = (value: readonly number[]) => readonly number[]
export const adjust: Adjust = (vector) => vector.map((value) => finish(value))

/** Where executors are free. */
export type Freedom = Pick<Rounding, "free" | "zeros">
class TooLarge extends Error {}

const smallestNormal = 2 ** -126
const ranged = (value: number) => (Math.abs(value) > 3.4e38 ? Math.fround(value) : value)
const flushed = (value: number) => (Math.abs(value) < smallestNormal ? 0 : value)

/** One evaluation after the other of the same formula, which all compute the same numbers in the same order. */
class Trials {
  readonly #freedom: Freedom
  readonly #exact: number[] = []
  /** For each number computed: 1 where it was negative, 2 where it was positive, 3 where both: it may be 0 in float32, and 0 is where things jump. */
  readonly #signs: number[] = []
  #count = 0

  constructor(freedom: Freedom) {
    this.#freedom = freedom
  }
  #spend(): void {
    if (++this.#count > budget) throw new TooLarge()
  }
  first(): Rounding {
    return {
      ...this.#freedom,
      finish: (value) => {
        this.#spend()
        const one = ranged(value)
        this.#exact.push(one)
        this.#signs.push(one < 0 ? 1 : one > 0 ? 2 : 0)
        return one
      },
      slope: (value) => {
        this.#spend()
        return value
      },
    }
  }
  #another(change: (value: number, absolute: number, at: number) => number, slope: (value: number) => number): Rounding {
    let at = 0
    return {
      ...this.#freedom,
      finish: (value, exact, absolute) => {
        const place = at++
        const one = ranged(value)
        const stays = (exact && one === this.#exact[place] && Math.fround(one) === one) || !Number.isFinite(one)
        return stays ? one : ranged(change(one, absolute, place))
      },
      slope,
    }
  }
  moved(random: () => number, flush: boolean): Rounding {
    return this.#another(
      (value, absolute, at) => {
        const one = value * (1 + unit * random()) + absolute * random()
        this.#signs[at] = (this.#signs[at] ?? 0) | (one < 0 ? 1 : one > 0 ? 2 : 0)
        return flush ? flushed(one) : one
      },
      (value) => value * (1 + unit * random()),
    )
  }
  rounded = (): Rounding => this.#another((value) => flushed(Math.fround(value)), Math.fround)
  vanishing = (): Rounding =>
    this.#another(
      (value, _absolute, at) => (this.#signs[at] === 3 ? 0 : value),
      (value) => value,
    )
  /**
   * What executors may settle one way or another: the order of two numbers that rounding moves past each other, and the sign of a zero that
   * is computed. What is not exact is moved off the float32 numbers, which tells it from what is.
   */
  settled(order: number, random: () => number, isNegative: () => boolean): Rounding {
    const how = this.#another(
      (value) => value * (1 + 1e-12 * random()),
      (value) => value,
    )
    const finish: Rounding["finish"] = (...given) => {
      const one = how.finish(...given)
      return one === 0 ? (isNegative() ? -0 : 0) : one
    }
    return { ...how, order, finish }
  }
}

/** Numbers by the oracle in float64, with the range of float32, where zeros may stand for nothing. */
export const exactly = <T>(run: () => T): T => within({ finish: ranged, slope: (value) => value, free: false, zeros: true }, run)

/** What `run`, numbers by the oracle, must give, component by component. */
export function judged(run: () => Vector, seed: number, freedom: Freedom = { free: false, zeros: false }): Judged[] {
  const random = randoms(seed)
  const trials = new Trials(freedom)
  const all: Vector[] = []
  try {
    all.push(within(trials.first(), run))
    for (let n = 0; n < variants; n++) all.push(within(trials.moved(random, n % 2 === 1), run))
    const settled = [
      trials.settled(-1, random, () => false),
      trials.settled(0, random, () => true),
      trials.settled(1, random, () => random() < 0),
    ]
    for (const how of [trials.rounded(), ...settled, trials.vanishing()]) all.push(within(how, run))
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    return [{ reason: "large" }]
  }
  return all[0]!.map((_, k) => agreed(all.map((vector) => primal(vector[k] ?? open.conditioned))))
}

function agreed(found: readonly (number | Open)[]): Judged {
  const unsaid = found.find((one) => one instanceof Open)
  if (unsaid) return { reason: unsaid.reason }
  const [value, ...others] = found as [number, ...number[]]
  const kind = (one: number) => (Number.isFinite(one) ? 0 : one)
  if (!others.every((one) => Object.is(kind(one), kind(value)))) return { reason: "class" }
  if (!Number.isFinite(value)) return { value, error: 0 }
  const distance = Math.max(...others.map((one) => Math.abs(one - value)))
  if (!(distance < 1e-3 * (1 + Math.abs(value)))) return { reason: "conditioned" }
  return { value, error: 10 * distance + 1e-6 * Math.abs(value) + 1.2e-38 }
}

/** Whether a number is what it must be. */
export const isRight = (found: number, { value, error }: Stated): boolean =>
  Number.isFinite(value) ? Math.abs(found - value) <= error : Object.is(found, value)

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
