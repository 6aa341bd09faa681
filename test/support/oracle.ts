// An oracle: formulas evaluated for one pair of rows in float64, from separate definitions, and their derivatives by dual numbers. It reads
// the tree of the parser and nothing else of this library, so that a mistake in the tables, in the calculus or in lowering shows.
import type { CallNode, Node } from "../../src/formula/node.ts"
import {
  abs,
  acos,
  add,
  apply,
  asin,
  atan,
  atan2,
  chain,
  choose,
  compare,
  cos,
  cosh,
  Dual,
  direction,
  div,
  equal,
  erf,
  exp,
  expm1,
  finish,
  floor,
  less,
  lessOrEqual,
  log,
  log1p,
  made,
  mask,
  max,
  min,
  mul,
  type Num,
  neg,
  Open,
  open,
  plus,
  power,
  primal,
  rsqrt,
  sigmoid,
  sign,
  sin,
  sinc,
  sinh,
  slopeAt,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  tagOf,
  tan,
  tanh,
  type Vector,
  valueAt,
  whole,
  xlogx,
} from "./numbers.ts"

type Definition = (...args: readonly Vector[]) => Vector
export type Values = Readonly<Record<string, Vector>>

const map =
  (f: (...components: readonly Num[]) => Num): Definition =>
  (...args) => {
    // of at most three, and no lists of them: fuzzing spends most of its time here
    const [a, b, c] = args as [Vector, Vector?, Vector?]
    const component = (g: Vector | undefined, k: number) => (g?.length === 1 ? g[0]! : g?.[k]) as Num
    return range(Math.max(a.length, b?.length ?? 1, c?.length ?? 1), (k) => f(component(a, k), component(b, k), component(c, k)))
  }
function range<T>(count: number, make: (k: number) => T): T[] {
  const made: T[] = []
  for (let k = 0; k < count; k++) made.push(make(k))
  return made
}
/** An integer literal. */
const only = (f: Vector) => f[0] as number
const numbers = (f: Vector) => f as readonly number[]
const squares = map((f) => square(f!))
const subtract = map((f, g) => sub(f!, g!))
type Entry = readonly [re: Num, im: Num]
const entries = (f: Vector): Entry[] => range(f.length / 2, (n) => [f[2 * n]!, f[2 * n + 1]!])
const complexMap =
  (f: (a: Entry, b: Entry) => Entry): Definition =>
  (...args) => {
    const [a, b] = args.map((arg) => entries(arg!)) as [Entry[], Entry[]]
    return range(Math.max(a.length, b.length), (n) => f(a[a.length === 1 ? 0 : n]!, b[b.length === 1 ? 0 : n]!)).flat()
  }
const complexProduct = complexMap(([a, b], [c, d]) => [sub(mul(a, c), mul(b, d)), add(mul(a, d), mul(b, c))])
const scalarProduct = (f: Vector, g: Vector): Num => sum(map((a, b) => mul(a!, b!))(f, g))
const isNaNumber = compare((a) => Number.isNaN(a))
const isNumber = compare((a) => Number.isFinite(a))

const weighted: Definition = (s, f) =>
  s!.length === f!.length ** 2 && f!.length > 1 ? definitions.SymSqNorm!(s!, f!) : [sum(map((a, b) => mul(a!, square(b!)))(s!, f!))]

/** The index of the first component that none beats; a NaN at index 0 stays, and later ones are skipped. */
function best(f: Vector, beats: (a: Num, b: Num) => boolean | Open): number | Open {
  let place = 0
  for (let k = 1; k < f.length; k++) {
    const wins = beats(f[k]!, f[place]!)
    if (wins instanceof Open) return wins
    if (wins) place = k
  }
  return place
}
const largestOf = (f: Vector) => best(f, (a, b) => less(b, a))
const smallestOf = (f: Vector) => best(f, less)
const at = (f: Vector, place: number | Open): Num => (place instanceof Open ? place : f[place]!)
/** Subnormal numbers may count as equal. */
const argument = (f: Vector, place: number | Open): Num => (f.some((a) => isTiny(primal(a))) ? open.edge : place)
const isTiny = (a: number | Open) => typeof a === "number" && a !== 0 && Math.abs(a) < 2 ** -126

/** The length of a vector, where squares neither overflow nor vanish. */
const measured = (f: Vector, make: () => Vector): Vector => {
  const sizes = f.map(primal)
  const bad = sizes.find((a) => a instanceof Open)
  if (bad) return make()
  const most = Math.max(...(sizes as number[]).map(Math.abs))
  return most === 0 || (most > 1e-18 && most < 1e18) ? make() : make().map(() => open.edge)
}
/** A vector over its length, for lengths from 1e-30 to 1e30. */
function normalize(f: Vector): Vector {
  const sizes = f.map(primal)
  if (sizes.some((a) => a instanceof Open)) return sizes.map((a) => (a instanceof Open ? a : open.conditioned))
  const most = Math.max(...(sizes as number[]).map(Math.abs))
  if (most === 0 || (most > 1e-9 && most < 1e9)) return map((a, b) => mul(a!, b!))([rsqrt(sum(squares(f)))], f)
  if (!(most >= 2e-30 && most <= 5e29)) return f.map(() => open.edge)
  // a power of 2 scales exactly
  const scale = 2 ** Math.floor(Math.log2(most))
  const scaled = f.map((a) => scaledBy(a, 1 / scale))
  return map((a, b) => mul(a!, b!))([rsqrt(sum(squares(scaled)))], scaled)
}
const scaledBy = (a: Num, by: number): Num =>
  a instanceof Open ? a : a instanceof Dual ? made(a.tag, scaledBy(a.value, by), open.range) : a * by

/** All indices of a tensor, row-major. */
const cells = (extents: readonly number[]): number[][] =>
  extents.reduce<number[][]>((all, extent) => all.flatMap((cell) => range(extent, (n) => [...cell, n])), [[]])
const place = (cell: readonly number[], extents: readonly number[]) => cell.reduce((at, n, axis) => at * extents[axis]! + n, 0)

/** By definition: every cell of f with every cell of g that agrees with it on the axes that are contracted. */
function tensorDot(f: Vector, g: Vector, ...[df, dg, cf, cg, perm]: readonly (readonly number[])[]): Vector {
  const left = (cell: readonly number[], axes: readonly number[]) => cell.filter((_, axis) => !axes.includes(axis))
  const moved = (list: readonly number[]) => list.map((_, position) => list[perm ? perm.indexOf(position) : position]!)
  const extents = moved([...left(df!, cf!), ...left(dg!, cg!)])
  const terms: Num[][] = range(
    extents.reduce((all, extent) => all * extent, 1),
    () => [],
  )
  for (const a of cells(df!)) {
    for (const b of cells(dg!)) {
      if (cf!.every((axis, n) => a[axis] === b[cg![n]!]))
        terms[place(moved([...left(a, cf!), ...left(b, cg!)]), extents)]!.push(mul(f[place(a, df!)]!, g[place(b, dg!)]!))
    }
  }
  return terms.map(sum)
}

function spline(t: Vector, x: Num, k: number, n: number): Num {
  if (n === 0)
    return choose(
      lessOrEqual(t[k]!, x),
      () => mask(less(x, t[k + 1]!)),
      () => 0,
    )
  const part = (over: Num, under: Num, value: Num) =>
    choose(
      equal(under, 0),
      () => 0,
      () => mul(div(over, under), value),
    )
  return add(
    part(sub(x, t[k]!), sub(t[k + n]!, t[k]!), spline(t, x, k, n - 1)),
    part(sub(t[k + n + 1]!, x), sub(t[k + n + 1]!, t[k + 1]!), spline(t, x, k + 1, n - 1)),
  )
}

/** The soft-DTW distance, from the costs of all pairs of beginnings. */
function softDtw(x: Vector, y: Vector, gamma: Num): Num {
  const cost: Num[][] = x.map(() => y.map(() => 0))
  for (const [i, a] of x.entries()) {
    for (const [j, b] of y.entries()) {
      const before = [cost[i - 1]?.[j], cost[i]![j - 1], cost[i - 1]?.[j - 1]].filter((value) => value !== undefined)
      const least = before.length === 0 ? 0 : before.reduce(min)
      const soft = () => sub(least, mul(gamma, log(sum(before.map((value) => exp(div(sub(least, value), gamma)))))))
      cost[i]![j] = add(square(sub(a, b)), before.length === 0 ? 0 : soft())
    }
  }
  return cost.at(-1)!.at(-1)!
}
/** Of numbers that are finite; nothing is said of others. */
const series =
  (definition: Definition): Definition =>
  (...args) => {
    const result = definition(...args)
    return args.flat().every((a) => isNumber(a, 0) === true) ? result : result.map(() => open.edge)
  }
/** The derivative along each component of x. */
const slopes = (f: (x: Vector) => Num, x: Vector): Vector =>
  x.map((_, k) => {
    const tag = direction()
    return slopeAt(f(x.map((a, l) => (l === k ? made(tag, a, 1) : a))), tag) ?? 0
  })
const softDtwSlope = (x: Vector, y: Vector, gamma: Num): Vector => slopes((moved) => softDtw(moved, y, gamma), x)
const along = (f: Vector, tag: number, u: Vector): Vector => f.map((a, k) => made(tag, a, u[k]!))

const clamp = (f: Num, a: Num, b: Num): Num =>
  choose(
    less(f, a),
    () => a,
    () =>
      choose(
        less(b, f),
        () => b,
        () => f,
      ),
  )
const ifElse = (f: Num, a: Num, b: Num): Num =>
  choose(
    lessOrEqual(0, f),
    () => a,
    () => b,
  )
const relu = (f: Num): Num =>
  choose(
    less(f, 0),
    () => 0,
    () => f,
  )
/** The result for NaN is open. */
const ordered = (f: Num, g: Num, make: () => Num): Num =>
  choose(
    isNaNumber(f, 0),
    () => open.edge as Num,
    () => choose(isNaNumber(g, 0), () => open.edge as Num, make),
  )
const roundTo = (f: Num): Num =>
  apply({ of: (x) => Math.sign(x) * (Math.abs(x) < 2 ** 24 ? Math.floor(Math.abs(x) + 0.5) : Math.abs(x)), exact: true }, f)
const round = (f: Num, d: number): Num =>
  d === 0 ? roundTo(f) : d > 0 ? div(roundTo(mul(f, 10 ** d)), 10 ** d) : mul(roundTo(div(f, 10 ** -d)), 10 ** -d)
/** Two vectors; one of dimension 1 is used for every component. */
const both = (f: Vector, g: Vector): readonly [Vector, Vector] => {
  const whole = (one: Vector) => (one.length === 1 ? range(Math.max(f.length, g.length), () => one[0]!) : one)
  return [whole(f), whole(g)]
}
const directions = (f: Vector, g: Vector) => both(f, g).map(normalize) as [Vector, Vector]

/** By distances of directions, and how they grow with either vector. */
function angle(f: Vector, g: Vector): Num {
  const tag = Math.max(...[...f, ...g].map(tagOf))
  if (tag > 0) {
    const [a, b] = [f.map((x) => valueAt(x, tag)), g.map((x) => valueAt(x, tag))]
    const slopes = (one: Vector) => one.map((x) => slopeAt(x, tag))
    return made(tag, angle(a, b), plus(turned(a, b, slopes(f)), turned(b, a, slopes(g))))
  }
  const [u, v] = directions(f, g)
  const unknown = [...u, ...v].find((a) => a instanceof Open)
  if (unknown) return unknown
  if ([u, v].some((one) => one.every((a) => a === 0))) return Math.PI / 2
  return mul(2, atan2(sqrt(sum(squares(subtract(u, v)))), sqrt(sum(squares(map((a, b) => add(a!, b!))(u, v))))))
}
/** How an angle grows where f moves: by a unit vector across f, as the page writes it, each component of which is rounded as the whole is. */
function turned(f: Vector, g: Vector, along: readonly (Num | undefined)[]): Num | undefined {
  if (along.every((slope) => slope === undefined)) return undefined
  const [u, v] = directions(f, g)
  const unknown = [...u, ...v].map(primal).find((a) => a instanceof Open)
  if (unknown) return unknown
  const moved = (factors: Vector) => factors.map((factor, k) => chain(factor, along[along.length === 1 ? 0 : k])).reduce(plus, undefined)
  // a derivative that is 0, not none
  if ([u, v].some((one) => one.every((a) => primal(a) === 0))) return moved(u.map(() => 0))
  const cosine = scalarProduct(u, v)
  // near 0 and pi the direction across is a difference, and what it is made of is rounded
  if (less(abs(cosine), 0.995) !== true) return open.conditioned
  const [whole] = both(f, g)
  if (whole.map(primal).every((a) => Math.abs(a as number) < 1e-9) || whole.some((a) => Math.abs(primal(a) as number) > 1e9))
    return open.range
  const factors = map((a, short) => neg(mul(short!, a!)))(normalize(subtract(v, map((a) => mul(cosine, a!))(u))), [
    rsqrt(sum(squares(whole))),
  ])
  return moved(factors)
}

export const definitions: Readonly<Record<string, Definition>> = {
  Add: map((f, g) => add(f!, g!)),
  Subtract: subtract,
  Mult: map((f, g) => mul(f!, g!)),
  Divide: map((f, g) => div(f!, g!)),
  LessThan: map((f, g) => mask(less(f!, g!))),
  LessOrEqual: map((f, g) => mask(lessOrEqual(f!, g!))),
  Equal: map((f, g) => mask(equal(f!, g!))),
  NotEqual: map((f, g) =>
    choose(
      equal(f!, g!),
      () => 0,
      () => 1,
    ),
  ),
  Minus: map((f) => neg(f!)),
  Exp: map((f) => exp(f!)),
  Log: map((f) => log(f!)),
  Sqrt: map((f) => sqrt(f!)),
  Rsqrt: map((f) => rsqrt(f!)),
  Square: squares,
  Pow: map((f, n) => whole(f!, n as number)),
  Powf: map((f, g) => power(f!, g!)),
  Inv: map((f) => div(1, f!)),
  Abs: map((f) => abs(f!)),
  Sign: map((f) => sign(f!)),
  Step: map((f) =>
    choose(
      less(f!, 0),
      () => 0,
      () => 1,
    ),
  ),
  ReLU: map((f) => relu(f!)),
  Clamp: map((f, a, b) => clamp(f!, a!, b!)),
  IfElse: map((f, a, b) => ifElse(f!, a!, b!)),
  Sin: map((f) => sin(f!)),
  Cos: map((f) => cos(f!)),
  Tan: map((f) => tan(f!)),
  Asin: map((f) => asin(f!)),
  Acos: map((f) => acos(f!)),
  Atan: map((f) => atan(f!)),
  Atan2: map((f, g) => atan2(f!, g!)),
  Sinh: map((f) => sinh(f!)),
  Cosh: map((f) => cosh(f!)),
  Tanh: map((f) => tanh(f!)),
  Sigmoid: map((f) => sigmoid(f!)),
  Softplus: map((f) => softplus(f!)),
  Erf: map((f) => erf(f!)),
  Log1p: map((f) => log1p(f!)),
  Expm1: map((f) => expm1(f!)),
  XLogX: map((f) => xlogx(f!)),
  SinXDivX: map((f) => sinc(f!)),
  Floor: map((f) => floor(f!)),
  Round: map((f, d) => round(f!, d as number)),
  Mod: map((f, n, d) => sub(f!, mul(n!, floor(div(sub(f!, d!), n!))))),
  ClampInt: map((f, a, b) => clamp(f!, a!, b!)),
  DiffClampInt: map((f, a, b) =>
    choose(
      less(f!, a!),
      () => 0,
      () =>
        choose(
          less(b!, f!),
          () => 0,
          () => 1,
        ),
    ),
  ),
  MinOf: map((f, g) => ordered(f!, g!, () => min(f!, g!))),
  MaxOf: map((f, g) => ordered(f!, g!, () => max(f!, g!))),
  Sum: (f) => [sum(f!)],
  Scalprod: (f, g) => [scalarProduct(f!, g!)],
  SqNorm2: (f) => [sum(squares(f!))],
  Norm2: (f) => measured(f!, () => [sqrt(sum(squares(f!)))]),
  Normalize: (f) => normalize(f!),
  SqDist: (f, g) => [sum(squares(subtract(f!, g!)))],
  WeightedSqNorm: weighted,
  WeightedSqDist: (s, f, g) => weighted(s!, subtract(f!, g!)),
  SymSqNorm: (s, f) => [sum(f!.map((a, k) => mul(a, sum(f!.map((b, l) => mul(s![k * f!.length + l]!, b))))))],
  Concat: (f, g) => [...f!, ...g!],
  Elem: (f, m) => [f![only(m!)]!],
  Extract: (f, s, n) => f!.slice(only(s!), only(s!) + only(n!)),
  SumT: (f, n) => range(only(n!), () => f![0]!),
  ElemT: (f, n, m) => range(only(n!), (k) => (k === only(m!) ? f![0]! : 0)),
  ExtractT: (f, s, n) => range(only(n!), (k) => f![k - only(s!)] ?? 0),
  TensorProd: (f, g) => f!.flatMap((a) => g!.map((b) => mul(a, b))),
  MatVecMult: (A, b) => range(A!.length / b!.length, (k) => sum(b!.map((value, l) => mul(A![k * b!.length + l]!, value)))),
  VecMatMult: (b, A) => range(A!.length / b!.length, (k) => sum(b!.map((value, l) => mul(value, A![(l * A!.length) / b!.length + k]!)))),
  SqNormIso: (s, f) => map((a, b) => mul(a!, b!))(s!, [sum(squares(f!))]),
  SqNormDiag: (s, f) => [sum(map((a, b) => mul(a!, square(b!)))(s!, f!))],
  Max: (f) => [at(f!, largestOf(f!))],
  Min: (f) => [at(f!, smallestOf(f!))],
  ArgMax: (f) => [argument(f!, largestOf(f!))],
  ArgMin: (f) => [argument(f!, smallestOf(f!))],
  OneHot: (f, n) => {
    const one = primal(f![0]!)
    return range(only(n!), (k) => (one instanceof Open ? one : k === Math.trunc(finish(one + 0.5, true)) ? 1 : 0))
  },
  TensorDot: (f, g, ...lists) => tensorDot(f!, g!, ...lists.map(numbers)),
  Kron: (f, g, df, dg) => {
    const [left, right] = [numbers(df!), numbers(dg!)]
    return cells(left.map((extent, axis) => extent * right[axis]!)).map((cell) => {
      const inF = cell.map((n, axis) => Math.floor(n / right[axis]!))
      const inG = cell.map((n, axis) => n % right[axis]!)
      return mul(f![place(inF, left)]!, g![place(inG, right)]!)
    })
  },
  BSpline: series((t, x, n) => range(t!.length - only(n!) - 1, (k) => spline(t!, x![0]!, k, only(n!)))),
  SoftDTW_SqDist: series((x, y, s) => [softDtw(x!, y!, s![0]!)]),
  GradSoftDTW_SqDist: series((x, y, s) => softDtwSlope(x!, y!, s![0]!)),
  DiffGradSoftDTW_SqDist: series((x, y, s, u, v) => {
    const tag = direction()
    return softDtwSlope(along(x!, tag, u!), along(y!, tag, v!), s![0]!).map((a) => slopeAt(a, tag) ?? 0)
  }),
  ComplexReal: (f) => entries(f!).map(([re]) => re),
  ComplexImag: (f) => entries(f!).map(([, im]) => im),
  Real2Complex: (f) => f!.flatMap((re) => [re, 0]),
  Imag2Complex: (f) => f!.flatMap((im) => [0, im]),
  Conj: (f) => entries(f!).flatMap(([re, im]) => [re, neg(im)]),
  ComplexAdd: complexMap(([a, b], [c, d]) => [add(a, c), add(b, d)]),
  ComplexSubtract: complexMap(([a, b], [c, d]) => [sub(a, c), sub(b, d)]),
  ComplexMult: complexProduct,
  ComplexDivide: (f, g) => {
    const over = entries(g!).flatMap(([re, im]): Num[] => [div(1, add(square(re), square(im))), 0])
    return complexProduct(over, complexProduct(f!, definitions.Conj!(g!)))
  },
  ComplexRealScal: map((f, g) => mul(f!, g!)),
  ComplexSquareAbs: (f) => entries(f!).map(([re, im]) => add(square(re), square(im))),
  ComplexAbs: (f) => entries(f!).flatMap((one) => measured(one, () => [sqrt(add(square(one[0]), square(one[1])))])),
  ComplexAngle: (f) => entries(f!).map(([re, im]) => atan2(im, re)),
  ComplexSum: (f) => [sum(entries(f!).map(([re]) => re)), sum(entries(f!).map(([, im]) => im))],
  ComplexSumT: (f, n) => range(only(n!), (k) => f![k % 2]!),
  ComplexExp: (f) => entries(f!).flatMap(([re, im]) => complexProduct([exp(re), 0], [cos(im), sin(im)])),
  ComplexExp1j: (f) => f!.flatMap((value) => [cos(value), sin(value)]),
  InvNorm2: (f) => measured(f!, () => [rsqrt(sum(squares(f!)))]),
  Cosine: (f, g) => [scalarProduct(...directions(f!, g!))],
  Angle: (f, g) => [angle(f!, g!)],
  IntCst: (n) => n!,
  IntInv: (n) => [div(1, n![0]!)],
  RatCst: (p, q) => [div(p![0]!, q![0]!)],
  Zero: (n) => range(only(n!), () => 0),
  // what the calculus makes: which zeros are absent
  Guarded: (f) => f!,
  WithLimit: (f) => f!,
}

/** An environment: what the variables are, and what has been evaluated with them. */
export interface Scope {
  readonly values: Values
  readonly done: Map<Node, Vector>
}
const scope = (values: Values): Scope => ({ values, done: new Map() })
type Variable = Node & { readonly kind: "variable" }

/** The derivative of f along u for the variable v, component by component; nothing where there is none. */
function differential(f: Node, v: Variable, u: Vector, { values }: Scope): (Num | undefined)[] {
  const tag = direction()
  const moved = { ...values, [v.name]: along(values[v.name]!, tag, u) }
  return numbersOf(f, scope(moved)).map((a) => slopeAt(a, tag))
}
const unit = (dim: number, at: number) => range(dim, (k) => (k === at ? 1 : 0))
/** Only the component of v that a unit vector names is moved: the others have no slope, not one of 0. */
function column(f: Node, v: Variable, at: number, { values }: Scope): (Num | undefined)[] {
  const tag = direction()
  const moved = { ...values, [v.name]: values[v.name]!.map((a, k) => (k === at ? made(tag, a, 1) : a)) }
  return numbersOf(f, scope(moved)).map((a) => slopeAt(a, tag))
}
const total = (parts: readonly (Num | undefined)[]): Num => parts.reduce<Num | undefined>(plus, undefined) ?? 0
/** The transposed Jacobian times e. A component that has no cotangent contributes nothing. */
const pulled = (f: Node, v: Variable, e: readonly (Num | undefined)[], at: Scope): Vector =>
  range(v.dim, (l) =>
    total(
      column(f, v, l, at).map((slope, k) => {
        const one = e[e.length === 1 ? 0 : k]
        return slope === undefined || one === undefined ? undefined : chain(one, slope)
      }),
    ),
  )

type Rule = (at: Scope, args: readonly Node[]) => Vector
const gradient: Rule = (at, [f, v, e]) => pulled(f!, v as Variable, numbersOf(e!, at), at)
/** The operations of the calculus, by dual numbers. */
const derivatives: Readonly<Record<string, Rule>> = {
  Grad: gradient,
  AdjointOperator: gradient,
  Diff: (at, [f, v, u]) => differential(f!, v as Variable, numbersOf(u!, at), at).map((slope) => slope ?? 0),
  Divergence: (at, [f, v]) => [total(range(v!.dim, (l) => column(f!, v as Variable, l, at)[f!.dim === 1 ? 0 : l]))],
  Laplacian: (at, [f, v]) => [
    total(
      range(v!.dim, (l) => {
        const tag = direction()
        const place = v as Variable
        const moved = at.values[place.name]!.map((a, k) => (k === l ? made(tag, a, 1) : a))
        const once = column(f!, place, l, scope({ ...at.values, [place.name]: moved }))[0]
        return once === undefined ? undefined : slopeAt(once, tag)
      }),
    ),
  ],
  GradMatrix: (at, [f, v]) => {
    const columns = range(v!.dim, (l) => column(f!, v as Variable, l, at))
    return range(f!.dim * v!.dim, (n) => columns[n % v!.dim]![Math.floor(n / v!.dim)] ?? 0)
  },
  TraceOperator: (at, [f, v, w]) => {
    const weight = w && numbersOf(w, at)
    return [
      total(
        range(v!.dim, (l) => {
          const slope = column(f!, v as Variable, l, at)[f!.dim === 1 ? 0 : l]
          return weight && slope !== undefined ? chain(weight[weight.length === 1 ? 0 : l]!, slope) : slope
        }),
      ),
    ]
  },
  SumLinOperator: (at, [f, v, a, b]) => {
    const right = b ? numbersOf(b, at) : range(v!.dim, () => 1)
    const product = differential(f!, v as Variable, right, at)
    const left = a && numbersOf(a, at)
    return [total(product.map((slope, k) => (left && slope !== undefined ? chain(left[k]!, slope) : slope)))]
  },
  Factorize: (at, [f]) => numbersOf(f!, at),
  AutoFactorize: (at, [f]) => numbersOf(f!, at),
  SumOver: (at, [basis, body]) => overBasis(at, basis as Variable, body!).reduce((all, value) => map((a, b) => add(a!, b!))(all, value)),
  StackOver: (at, [basis, body]) => overBasis(at, basis as Variable, body!).flat(),
}
/** What the calculus makes: the second argument for each unit vector instead of the first, a variable. */
const overBasis = ({ values }: Scope, basis: Variable, body: Node): Vector[] =>
  range(basis.dim, (m) => numbersOf(body, scope({ ...values, [basis.name]: unit(basis.dim, m) })))

/** User-defined operations: their meanings, as trees in their arguments. */
export type Meaning = (node: CallNode) => { readonly body: Node; readonly args: readonly string[] } | undefined
let meaning: Meaning = () => undefined
export function meaningOf<T>(own: Meaning | undefined, run: () => T): T {
  const before = meaning
  meaning = own ?? before
  try {
    return run()
  } finally {
    meaning = before
  }
}

function called(node: CallNode, at: Scope): Vector {
  const derivative = derivatives[node.name]
  if (derivative) return derivative(at, node.args)
  const args = node.args.map((arg) => numbersOf(arg, at))
  const own = node.row && meaning(node)
  if (own) return numbersOf(own.body, scope(Object.fromEntries(own.args.map((name, n) => [name, args[n]!]))))
  const definition = definitions[node.name]
  if (!definition) throw new Error(`the oracle does not know ${node.name}`)
  return definition(...args)
}

/** The value of a formula for these values of its variables: numbers, dual numbers, or open. */
function numbersOf(node: Node, at: Scope): Vector {
  // a kernel holds literals as float32 numbers
  if (node.kind === "number") return [Math.fround(node.value)]
  if (node.kind === "variable") return at.values[node.name]!
  if (node.kind === "list") return node.values
  const known = at.done.get(node)
  if (known) return known
  const value = called(node, at)
  at.done.set(node, value)
  return value
}
export const evaluated = (node: Node, values: Values): Vector => numbersOf(node, scope(values))
/** The gradient with respect to a variable, applied to e. */
export const gradientOf = (f: Node, v: Variable, e: readonly (Num | undefined)[], values: Values): Vector => pulled(f, v, e, scope(values))

/** The value in float64, exactly as far as that goes; NaN where it is open. */
export const evaluate = (node: Node, values: Readonly<Record<string, readonly number[]>>): number[] =>
  evaluated(node, values).map((a) => {
    const one = primal(a)
    return one instanceof Open ? Number.NaN : one
  })
export const isKnownCall = ({ name }: CallNode): boolean => name in definitions || name in derivatives
