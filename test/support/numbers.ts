// The numbers of the oracle: float64, or dual numbers over them, which carry a derivative along. Shares nothing with src/calculus.
//
// A dual number is a value and the slope of it along one direction, its tag. Directions nest: the value and the slope of a later tag may be
// dual numbers of an earlier one, so that derivatives of any order come of the same rules. What does not depend on a direction has no slope
// at all, which is not the number 0: a branch that is not taken contributes nothing, whatever its slope is.
//
// Where nobody can say what a result must be, it is `Open`, with the reason, and so is all that is computed of it, except where it is not
// chosen.

/** Nobody can say what this number must be. A pole is the infinite slope of a power or a logarithm at 0: times a slope that is 0 it is 0. */
export class Open {
  readonly reason: Reason
  readonly isPole: boolean
  constructor(reason: Reason, isPole = false) {
    this.reason = reason
    this.isPole = isPole
  }
}
export class Dual {
  readonly tag: number
  readonly value: Num
  readonly slope: Num
  constructor(tag: number, value: Num, slope: Num) {
    this.tag = tag
    this.value = value
    this.slope = slope
  }
}
export type Num = number | Dual | Open
export type Vector = readonly Num[]

/** Why no statement is made. */
export const reasons = {
  indeterminate: "0 * inf and its like, left to GPUs or to the order of a chain rule",
  pole: "a pole's derivative",
  nan: "the derivative of what is NaN",
  range: "derivatives out of range",
  order: "sums that may overflow on the way",
  edge: "an edge value that the page leaves open",
  conditioned: "ill-conditioned: rounding decides",
  class: "rounding decides what is finite",
  large: "too large for the oracle",
} as const
export type Reason = keyof typeof reasons
export const open = Object.fromEntries((Object.keys(reasons) as Reason[]).map((reason) => [reason, new Open(reason)])) as Record<
  Reason,
  Open
>
const pole = new Open("pole", true)

/** How results are rounded, and where executors are free. */
export interface Rounding {
  /** What becomes of the result of an operation; `exact`: IEEE arithmetic, right in float32 where the result is a float32. */
  finish(value: number, exact: boolean, absolute: number): number
  /** What becomes of a part of a derivative. */
  slope(value: number): number
  /** A driver of a GPU may take 0 * inf, inf - inf and x / x for what they are for finite numbers. */
  readonly free: boolean
  /** So does the calculus, where it knows a zero. */
  readonly zeros: boolean
  /** The order of numbers whose order rounding decides: -1, 0 where they count as equal, or 1. Nothing: as they are. */
  readonly order?: number
}
const plain: Rounding = { finish: (value) => value, slope: (value) => value, free: false, zeros: false }
let rounding = plain

/** Does something with results rounded in this way. */
export function within<T>(how: Rounding | undefined, run: () => T): T {
  const before = rounding
  rounding = how ?? plain
  try {
    return run()
  } finally {
    rounding = before
  }
}

export const finish = (value: number, exact = false, absolute = 0): number => rounding.finish(value, exact, absolute)

export const tagOf = (a: Num): number => (a instanceof Dual ? a.tag : 0)
export const valueAt = (a: Num, tag: number): Num => (a instanceof Dual && a.tag === tag ? a.value : a)
/** The slope along a direction; nothing where it does not depend on that. */
export const slopeAt = (a: Num, tag: number): Num | undefined => {
  if (a instanceof Dual && a.tag >= tag) return a.tag === tag ? a.slope : through(a, tag)
  // what is open may depend on anything
  const one = primal(a)
  return one instanceof Open ? one : undefined
}
function through(a: Dual, tag: number): Num | undefined {
  const [value, slope] = [slopeAt(a.value, tag), slopeAt(a.slope, tag)]
  return value === undefined && slope === undefined ? undefined : made(a.tag, value ?? 0, slope)
}
export const made = (tag: number, value: Num, slope: Num | undefined): Num => (slope === undefined ? value : new Dual(tag, value, slope))
let tags = 0
/** A new direction, later than all before it. */
export const direction = (): number => ++tags

/** The number without its derivatives. */
export function primal(a: Num): number | Open {
  let one = a
  while (one instanceof Dual) one = one.value
  return one
}

/** Beyond this, products in another order overflow, or lose what the order here keeps. */
const mostSlope = 1e12
/** A slope of an operation times the slope of its argument. */
export function chain(factor: Num, slope: Num | undefined): Num | undefined {
  if (slope === undefined) return undefined
  const tag = Math.max(tagOf(factor), tagOf(slope))
  if (tag > 0) {
    const [f, s] = [valueAt(factor, tag), valueAt(slope, tag)]
    const more = slopeAt(factor, tag)
    return made(tag, chain(f, s)!, plus(more === undefined ? undefined : chain(more, s), chain(f, slopeAt(slope, tag))))
  }
  if (factor instanceof Open) return factor.isPole && slope === 0 ? 0 : slope instanceof Open && factor.isPole ? slope : factor
  if (slope instanceof Open) return slope
  const product = (factor as number) * (slope as number)
  if (!Number.isFinite(product)) return open.indeterminate
  if (Math.abs(factor as number) > mostSlope || Math.abs(product) > mostSlope) return open.range
  return rounding.slope(product)
}
/** The sum of two slopes. */
export function plus(a: Num | undefined, b: Num | undefined): Num | undefined {
  if (a === undefined) return b
  if (b === undefined) return a
  const tag = Math.max(tagOf(a), tagOf(b))
  if (tag > 0) return made(tag, plus(valueAt(a, tag), valueAt(b, tag))!, plus(slopeAt(a, tag), slopeAt(b, tag)))
  if (a instanceof Open) return a
  if (b instanceof Open) return b
  const total = (a as number) + (b as number)
  return Number.isFinite(total) ? rounding.slope(total) : open.indeterminate
}

/** A function of one number and the function that is its derivative. */
export interface Function {
  readonly of: (x: number) => number | Open
  /** Nothing where it is 0 almost everywhere. */
  readonly slope?: (x: Num) => Num
  readonly exact?: boolean
  readonly absolute?: number
}
export function apply(f: Function, x: Num): Num {
  if (typeof x === "number") {
    const value = f.of(x)
    return value instanceof Open ? value : finish(value, f.exact, f.absolute)
  }
  if (x instanceof Open) return x
  const value = apply(f, x.value)
  if (!f.slope) return value
  const one = primal(value)
  // the derivative of NaN is nobody's concern
  return made(x.tag, value, typeof one === "number" && Number.isNaN(one) ? open.nan : chain(f.slope(x.value), x.slope))
}

/** A number from an operation that returns NaN for NaN: a driver may return another. */
const doubtful = (a: number) => a === 0 || !Number.isFinite(a)
const settle = (value: number, a: number, b: number, exact = true): Num => {
  if (Number.isNaN(value) && doubtful(a) && doubtful(b)) {
    if (rounding.free) return open.indeterminate
    if (rounding.zeros && (a === 0 || b === 0)) return open.indeterminate
  }
  return finish(value, exact)
}

type Rule = (a: Num, b: Num) => Num
function binary(
  of: (a: number, b: number) => Num,
  ofA: (a: Num, b: Num, slope: Num) => Num | undefined,
  ofB: (a: Num, b: Num, slope: Num) => Num | undefined,
): Rule {
  const rule: Rule = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return of(a, b)
    const tag = Math.max(tagOf(a), tagOf(b))
    if (tag === 0) return a instanceof Open ? a : b
    const [x, y] = [valueAt(a, tag), valueAt(b, tag)]
    const [s, t] = [slopeAt(a, tag), slopeAt(b, tag)]
    return made(tag, rule(x, y), plus(s === undefined ? undefined : ofA(x, y, s), t === undefined ? undefined : ofB(x, y, t)))
  }
  return rule
}

export const neg = (a: Num): Num => apply(negation, a)
const negation: Function = { of: (x) => -x, slope: () => -1, exact: true }
export const add = binary(
  (a, b) => settle(a + b, a, b),
  (_a, _b, s) => s,
  (_a, _b, t) => t,
)
export const sub = binary(
  (a, b) => settle(a - b, a, b),
  (_a, _b, s) => s,
  (_a, _b, t) => chain(-1, t),
)
export const mul = binary(
  (a, b) => settle(a * b, a, b),
  (_a, b, s) => chain(b, s),
  (a, _b, t) => chain(a, t),
)
/** WGSL promises nothing of divisors outside these, and a gradient squares them. */
const mostDivisor = 2 ** 126
const isSquarable = (b: number) => b === 0 || (Math.abs(b) > 1e-15 && Math.abs(b) < 1e15)
export const div: Rule = binary(
  (a, b) => {
    if (rounding.free && Math.abs(b) > mostDivisor && Number.isFinite(b)) return open.edge
    const quotient = a / b
    return settle(quotient, a, b, Number.isInteger(quotient) && Math.abs(quotient) <= 2 ** 24)
  },
  (_a, b, s) =>
    chain(
      guarded(
        b,
        (one) => one === 0 || !Number.isFinite(one),
        () => div(1, b),
      ),
      s,
    ),
  (a, b, t) =>
    chain(
      guarded(
        b,
        (one) => one === 0 || !isSquarable(one),
        () => neg(div(a, square(b))),
      ),
      t,
    ),
)
/** Open where a divisor is beyond what can be said. */
function guarded(b: Num, isBad: (b: number) => boolean, make: () => Num): Num {
  const one = primal(b)
  if (one instanceof Open) return one
  return isBad(one) ? open.pole : make()
}
export const square = (a: Num): Num => mul(a, a)

/** One of two numbers, as the numbers themselves decide, derivatives and all. */
export function choose(test: boolean | Open, a: () => Num, b: () => Num): Num {
  return test instanceof Open ? test : test ? a() : b()
}
/** What stands for the order of two numbers: what is exact is compared as it is, and what vanishes may become equal, but passes no other. */
const settledOrder = (a: number, b: number): number | undefined => {
  const [gap, { order }] = [Math.abs(a - b), rounding]
  if (order === undefined || !(gap < Number.POSITIVE_INFINITY) || (Math.fround(a) === a && Math.fround(b) === b)) return undefined
  return gap <= 1e-6 * Math.abs(a) || (order === 0 && gap <= 2 ** -126) ? order : undefined
}
export const compare = (test: (a: number, b: number) => boolean) => (a: Num, b: Num) => {
  const [x, y] = [primal(a), primal(b)]
  if (x instanceof Open) return x
  if (y instanceof Open) return y
  const order = settledOrder(x, y)
  return order === undefined ? test(x, y) : test(order, 0)
}
export const less = compare((a, b) => a < b)
export const lessOrEqual = compare((a, b) => a <= b)
export const equal = compare((a, b) => a === b)
export const mask = (test: boolean | Open): Num => (test instanceof Open ? test : test ? 1 : 0)
export const max = (a: Num, b: Num): Num =>
  choose(
    less(a, b),
    () => b,
    () => a,
  )
export const min = (a: Num, b: Num): Num =>
  choose(
    less(b, a),
    () => b,
    () => a,
  )

/** Without an order: where partial sums overflow in one order and not in another, nothing is said. */
export function sum(terms: Vector): Num {
  if (terms.length === 1) return terms[0]!
  if (terms.every((term) => typeof term === "number")) {
    let [up, down, fine] = [0, 0, true]
    let special: number | undefined
    for (const term of terms as readonly number[]) {
      if (Number.isFinite(term)) {
        if (term > 0) up += term
        else down += term
        fine &&= Number.isInteger(term * 1024)
      } else special = special === undefined ? term : settleSum(special, term)
    }
    if (special !== undefined) {
      // a partial sum of the others may be infinite too
      if (up > largest && special === Number.NEGATIVE_INFINITY) return open.order
      if (-down > largest && special === Number.POSITIVE_INFINITY) return open.order
      return Number.isNaN(special) && rounding.free ? open.indeterminate : finish(special)
    }
    if ((up > largest || -down > largest) && up !== 0 && down !== 0) {
      const total = up + down
      if (!(up <= largest && total < -largest * 1.001) && !(-down <= largest && total > largest * 1.001)) return open.order
    }
    const noise = rounding === plain ? 0 : 1e-7 * (up - down)
    return finish(
      (terms as readonly number[]).reduce((total, term) => total + term, 0),
      fine && up - down < 2 ** 14,
      fine && up - down < 2 ** 14 ? 0 : noise,
    )
  }
  // duals, or open
  const tag = Math.max(...terms.map(tagOf))
  if (tag === 0) return terms.find((term) => term instanceof Open)!
  const slopes = terms.map((term) => slopeAt(term, tag)).filter((slope) => slope !== undefined)
  return made(tag, sum(terms.map((term) => valueAt(term, tag))), slopes.length === 0 ? undefined : slopes.reduce((a, b) => plus(a, b)!))
}
const settleSum = (a: number, b: number) => a + b
/** The largest float32. */
const largest = (2 - 2 ** -23) * 2 ** 127

// Functions of one number, and their derivatives as docs/language.md writes them: what they lose by rounding, ours lose too.

export const exp = (x: Num): Num => apply(exponential, x)
const exponential: Function = { of: Math.exp, slope: exp }
const isZero = (x: Num) => equal(x, 0)
/** 1 / x; a pole where a logarithm has its own. */
const inverseOrPole = (x: Num): Num =>
  choose(
    isZero(x),
    () => pole,
    () => div(1, x),
  )
export const log = (x: Num): Num => apply(logarithm, x)
const logarithm: Function = { of: Math.log, slope: inverseOrPole, absolute: 2e-7 }
export const sqrt = (x: Num): Num => apply(root, x)
// At 0 the slope is 0, or a limit that depends on what is made of the root.
const root: Function = {
  of: Math.sqrt,
  slope: (x) =>
    choose(
      isZero(x),
      () => pole as Num,
      () => mul(rsqrt(x), 0.5),
    ),
}
export const rsqrt = (x: Num): Num => apply(inverseRoot, x)
const inverseRoot: Function = { of: (x) => (x === 0 ? 0 : 1 / Math.sqrt(x)), slope: (x) => mul(cube(rsqrt(x)), -0.5) }
const cube = (x: Num) => mul(x, mul(x, x))
export const abs = (x: Num): Num => apply(absolute, x)
const absolute: Function = {
  of: Math.abs,
  slope: (x) =>
    choose(
      compare((a) => Number.isNaN(a))(x, 0),
      () => open.edge as Num,
      // the second derivative at 0 is 0, or a limit that depends on what is made of the absolute value
      () => (x instanceof Dual && primal(x) === 0 ? pole : sign(x)),
    ),
  exact: true,
}
export const sign = (x: Num): Num => apply({ of: (a) => (a > 0 ? 1 : a < 0 ? -1 : 0), exact: true }, x)
export const floor = (x: Num): Num => apply({ of: Math.floor, exact: true }, x)
export const sin = (x: Num): Num => apply(sine, x)
const sine: Function = { of: Math.sin, slope: (x) => cos(x), absolute: 2e-7 }
export const cos = (x: Num): Num => apply(cosine, x)
const cosine: Function = { of: Math.cos, slope: (x) => neg(sin(x)), absolute: 2e-7 }
export const tan = (x: Num): Num => apply(tangent, x)
const tangent: Function = {
  // by rounded sine and cosine: they lose digits near a pole
  of: (x) => div(sin(x), cos(x)) as number | Open,
  slope: (x) => add(1, square(tan(x))),
}
const arc = (x: Num): Num => {
  const square = mul(sub(1, x), add(1, x))
  return choose(
    isZero(square),
    () => pole as Num,
    () => rsqrt(square),
  )
}
export const asin = (x: Num): Num => apply({ of: Math.asin, slope: arc, absolute: 1e-7 }, x)
export const acos = (x: Num): Num => apply({ of: Math.acos, slope: (y) => neg(arc(y)), absolute: 3e-7 }, x)
export const atan = (x: Num): Num => apply({ of: Math.atan, slope: (y) => div(1, add(1, square(y))) }, x)
export const sinh = (x: Num): Num => apply({ of: Math.sinh, slope: cosh }, x)
export const cosh = (x: Num): Num => apply({ of: Math.cosh, slope: sinh }, x)
export const tanh = (x: Num): Num => apply({ of: Math.tanh, slope: (y) => sub(1, square(tanh(y))) }, x)
export const sigmoid = (x: Num): Num => apply({ of: (a) => 1 / (1 + Math.exp(-a)), slope: (y) => mul(sigmoid(y), sigmoid(neg(y))) }, x)
export const softplus = (x: Num): Num =>
  apply({ of: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))), slope: sigmoid, absolute: 1e-7 }, x)
export const erf = (x: Num): Num => apply({ of: erfOf, slope: (y) => mul(2 / Math.sqrt(Math.PI), exp(neg(square(y)))) }, x)
export const log1p = (x: Num): Num => apply({ of: Math.log1p, slope: (y) => inverseOrPole(add(1, y)) }, x)
export const expm1 = (x: Num): Num => apply({ of: Math.expm1, slope: exp }, x)
export const xlogx = (x: Num): Num => apply(timesLog, x)
const timesLog: Function = {
  of: (x) => (x === 0 ? 0 : x * Math.log(x)),
  slope: (x) =>
    choose(
      isZero(x),
      () => pole,
      () => add(log(x), 1),
    ),
  absolute: 2e-7,
}
export const sinc = (x: Num): Num => apply(sineOver, x)
const sineOver: Function = {
  of: (x) => (x === 0 ? 1 : Math.sin(x) / x),
  // near 0 the difference cancels: a series
  slope: (x) =>
    choose(
      less(abs(x), 0.5),
      () => series(x),
      () => div(sub(cos(x), sinc(x)), x),
    ),
  absolute: 1e-7,
}
function series(x: Num): Num {
  const z = square(x)
  const coefficients = [-1 / 3, 1 / 30, -1 / 840, 1 / 45360, -1 / 3991680]
  return mul(
    x,
    coefficients.reduceRight<Num>((inner, one) => add(one, mul(z, inner)), 0),
  )
}

/** By its series, or by the continued fraction of the complement. */
function erfOf(x: number): number {
  const u = Math.abs(x)
  let value = 0
  if (u < 3) for (let n = 0, term = u; n < 80; n++, term *= -(u * u) / n) value += ((2 / Math.sqrt(Math.PI)) * term) / (2 * n + 1)
  else {
    let fraction = 0
    for (let n = 60; n > 0; n--) fraction = n / 2 / (u + fraction)
    value = 1 - (u > 30 ? 0 : Math.exp(-u * u) / Math.sqrt(Math.PI) / (u + fraction))
  }
  return Number.isNaN(x) ? x : Math.sign(x) * value
}

/** A whole power, by multiplications. */
export const whole = (x: Num, n: number): Num =>
  n === 0
    ? 1
    : apply(
        {
          of: (a) => a ** n,
          slope: (y) =>
            n < 0
              ? guarded(
                  y,
                  (a) => a === 0,
                  () => mul(n, whole(y, n - 1)),
                )
              : mul(n, whole(y, n - 1)),
          exact: n > 0,
        },
        x,
      )

/** x to the power p. Where x is 0: the limit of the derivative where there is one; the derivative by the exponent is 0. */
export const power = binary(
  (x, p) => {
    if (Number.isFinite(x) && !Number.isFinite(p) && x !== 0) return open.edge
    if (x < 0 && !Number.isFinite(x)) return p === 0 ? 1 : open.edge
    const value = x ** p
    // by a logarithm and an exponential: what the exponent loses
    const digits = Math.abs(p * Math.log(Math.abs(x)))
    return finish(value, p === 0, Number.isFinite(digits) && Number.isFinite(value) ? 3e-7 * digits * Math.abs(value) : 0)
  },
  (x, p, s) => {
    const [a, b] = [primal(x), primal(p)]
    if (a instanceof Open || b instanceof Open) return a instanceof Open ? a : b
    if (b === 0 && Number.isFinite(a)) return tagOf(p) > 0 ? open.edge : chain(0, s)
    if (!Number.isFinite(a) || !Number.isFinite(b)) return open.edge
    if (a === 0 && b < 0) return open.pole
    return chain(a === 0 && b < 1 ? pole : mul(p, power(x, sub(p, 1))), s)
  },
  (x, p, t) => {
    const [a, b] = [primal(x), primal(p)]
    if (a instanceof Open || b instanceof Open) return a instanceof Open ? a : b
    if (!(a >= 0) || !Number.isFinite(a) || !Number.isFinite(b)) return open.edge
    if (a === 0) return b < 0 ? open.pole : chain(0, t)
    return chain(mul(log(x), power(x, p)), t)
  },
)

/** The angle of the point (g, f). */
export const atan2 = binary(
  (f, g) => {
    // a gradient's sum of squares, and a quotient of infinities
    if (!Number.isFinite(f) && !Number.isFinite(g) && !Number.isNaN(f) && !Number.isNaN(g)) return open.edge
    return finish(Math.atan2(f + 0, g + 0))
  },
  (f, g, s) => chain(angular(f, g, g), s),
  (f, g, t) => chain(angular(f, g, neg(f)), t),
)
function angular(f: Num, g: Num, over: Num): Num {
  const [a, b] = [primal(f), primal(g)]
  if (a instanceof Open || b instanceof Open) return a instanceof Open ? a : b
  const isFine = (one: number) => isSquarable(one) && Number.isFinite(one)
  if (!isFine(a) || !isFine(b) || (a === 0 && b === 0)) return open.pole
  return div(over, add(square(f), square(g)))
}
