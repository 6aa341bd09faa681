// An oracle: formulas evaluated for one pair of rows in float64, from definitions of its own. It reads the tree of the parser and nothing
// else of ours, so that a mistake in the tables or in lowering shows.
import type { CallNode, Node } from "../../src/formula/node.ts"

type Vector = readonly number[]
type Values = Readonly<Record<string, Vector>>
type Definition = (...args: readonly Vector[]) => Vector

const map =
  (f: (...components: readonly number[]) => number): Definition =>
  (...args) => {
    // of at most three, and no lists of them: fuzzing spends most of its time here
    const [a, b, c] = args as [Vector, Vector?, Vector?]
    const component = (g: Vector | undefined, k: number) => (g?.length === 1 ? g[0]! : g?.[k]) as number
    return range(Math.max(a.length, b?.length ?? 1, c?.length ?? 1), (k) => f(component(a, k), component(b, k), component(c, k)))
  }
const sum = (f: Vector) => f.reduce((total, value) => total + value, 0)
function range<T>(count: number, make: (k: number) => T): T[] {
  const made: T[] = []
  for (let k = 0; k < count; k++) made.push(make(k))
  return made
}
const only = (f: Vector) => f[0]!
const square = map((f) => f! * f!)
const subtract = map((f, g) => f! - g!)
const rsqrt = (f: number) => (f === 0 ? 0 : 1 / Math.sqrt(f))
type Entry = readonly [re: number, im: number]
const entries = (f: Vector): Entry[] => range(f.length / 2, (n) => [f[2 * n]!, f[2 * n + 1]!])
const complexMap =
  (f: (a: Entry, b: Entry) => Entry): Definition =>
  (...args) => {
    const [a, b] = args.map((arg) => entries(arg!)) as [Entry[], Entry[]]
    return range(Math.max(a.length, b.length), (n) => f(a[a.length === 1 ? 0 : n]!, b[b.length === 1 ? 0 : n]!)).flat()
  }

/** By its series, or by the continued fraction of the complement. */
function erf(x: number): number {
  const u = Math.abs(x)
  let value = 0
  if (u < 3) for (let n = 0, term = u; n < 80; n++, term *= -(u * u) / n) value += ((2 / Math.sqrt(Math.PI)) * term) / (2 * n + 1)
  else {
    let fraction = 0
    for (let n = 60; n > 0; n--) fraction = n / 2 / (u + fraction)
    value = 1 - Math.exp(-u * u) / Math.sqrt(Math.PI) / (u + fraction)
  }
  return Math.sign(x) * value
}
const weighted: Definition = (s, f) =>
  s!.length === f!.length ** 2 && f!.length > 1 ? definitions.SymSqNorm!(s!, f!) : [sum(map((a, b) => a! * b! * b!)(s!, f!))]

/** All places of a tensor, row-major. */
const cells = (extents: Vector): number[][] =>
  extents.reduce<number[][]>((all, extent) => all.flatMap((cell) => range(extent, (n) => [...cell, n])), [[]])
const place = (cell: Vector, extents: Vector) => cell.reduce((at, n, axis) => at * extents[axis]! + n, 0)

/** By definition: every cell of f with every cell of g that agrees with it on the axes that are contracted. */
function tensorDot(f: Vector, g: Vector, df: Vector, dg: Vector, cf: Vector, cg: Vector, perm?: Vector): Vector {
  const left = (cell: Vector, axes: Vector) => cell.filter((_, axis) => !axes.includes(axis))
  const moved = (list: Vector) => list.map((_, position) => list[perm ? perm.indexOf(position) : position]!)
  const extents = moved([...left(df, cf), ...left(dg, cg)])
  const result = range(
    extents.reduce((all, extent) => all * extent, 1),
    () => 0,
  )
  for (const a of cells(df)) {
    for (const b of cells(dg)) {
      if (cf.every((axis, n) => a[axis] === b[cg[n]!]))
        result[place(moved([...left(a, cf), ...left(b, cg)]), extents)]! += f[place(a, df)]! * g[place(b, dg)]!
    }
  }
  return result
}

function spline(t: Vector, x: number, k: number, n: number): number {
  if (n === 0) return t[k]! <= x && x < t[k + 1]! ? 1 : 0
  const part = (over: number, under: number, value: number) => (under === 0 ? 0 : (over / under) * value)
  return (
    part(x - t[k]!, t[k + n]! - t[k]!, spline(t, x, k, n - 1)) +
    part(t[k + n + 1]! - x, t[k + n + 1]! - t[k + 1]!, spline(t, x, k + 1, n - 1))
  )
}

/** The costs of all pairs of beginnings. */
function softDtwCosts(x: Vector, y: Vector, gamma: number): number[][] {
  const cost = x.map(() => y.map(() => 0))
  for (const [i, a] of x.entries()) {
    for (const [j, b] of y.entries()) {
      const before = [cost[i - 1]?.[j], cost[i]![j - 1], cost[i - 1]?.[j - 1]].filter((value) => value !== undefined)
      const least = Math.min(...before)
      const soft = before.length === 0 ? 0 : least - gamma * Math.log(sum(before.map((value) => Math.exp((least - value) / gamma))))
      cost[i]![j] = (a - b) ** 2 + soft
    }
  }
  return cost
}
const softDtw = (x: Vector, y: Vector, gamma: number) => softDtwCosts(x, y, gamma).at(-1)!.at(-1)!

/** Its gradient along x, by the share of all paths that go through each pair: costs from both ends, of which one holds the pair's own twice. */
function softDtwSlope(x: Vector, y: Vector, gamma: number): number[] {
  const [forward, backward] = [softDtwCosts(x, y, gamma), softDtwCosts(x.toReversed(), y.toReversed(), gamma)]
  const whole = forward.at(-1)!.at(-1)!
  return x.map((a, i) =>
    sum(
      y.map((b, j) => {
        const through = forward[i]![j]! + backward[x.length - 1 - i]![y.length - 1 - j]! - (a - b) ** 2
        return 2 * (a - b) * Math.exp((whole - through) / gamma)
      }),
    ),
  )
}
/** The scalar product and the length of the vector product of two vectors, by Lagrange's identity. */
function products(f: Vector, g: Vector): readonly [dot: number, area: number] {
  const whole = (vector: Vector) => range(Math.max(f.length, g.length), (k) => vector[vector.length === 1 ? 0 : k]!)
  const [a, b] = [whole(f), whole(g)]
  const minors = a.flatMap((_, k) => range(k, (l) => a[k]! * b[l]! - a[l]! * b[k]!))
  return [sum(map((x, y) => x! * y!)(a, b)), Math.hypot(...minors)]
}
function cosine(f: Vector, g: Vector): number {
  const [dot, area] = products(f, g)
  return dot === 0 ? 0 : dot / Math.hypot(dot, area)
}
function angle(f: Vector, g: Vector): number {
  const [dot, area] = products(f, g)
  return dot === 0 && area === 0 ? Math.PI / 2 : Math.atan2(area, dot)
}
const plus = (x: Vector, by: number, u: Vector): number[] => x.map((value, k) => value + by * u[k]!)

export const definitions: Readonly<Record<string, Definition>> = {
  Add: map((f, g) => f! + g!),
  Subtract: subtract,
  Mult: map((f, g) => f! * g!),
  Divide: map((f, g) => f! / g!),
  LessThan: map((f, g) => (f! < g! ? 1 : 0)),
  LessOrEqual: map((f, g) => (f! <= g! ? 1 : 0)),
  Equal: map((f, g) => (f! === g! ? 1 : 0)),
  NotEqual: map((f, g) => (f! !== g! ? 1 : 0)),
  Minus: map((f) => -f!),
  Exp: map((f) => Math.exp(f!)),
  Log: map((f) => Math.log(f!)),
  Sqrt: map((f) => Math.sqrt(f!)),
  Rsqrt: map((f) => rsqrt(f!)),
  Square: square,
  Pow: map((f, n) => f! ** n!),
  Powf: map((f, g) => f! ** g!),
  Inv: map((f) => 1 / f!),
  Abs: map((f) => Math.abs(f!)),
  Sign: map((f) => (f! > 0 ? 1 : f! < 0 ? -1 : 0)),
  Step: map((f) => (f! < 0 ? 0 : 1)),
  ReLU: map((f) => (f! < 0 ? 0 : f!)),
  Clamp: map((f, a, b) => (f! < a! ? a! : f! > b! ? b! : f!)),
  IfElse: map((f, a, b) => (f! >= 0 ? a! : b!)),
  Sin: map((f) => Math.sin(f!)),
  Cos: map((f) => Math.cos(f!)),
  Tan: map((f) => Math.tan(f!)),
  Asin: map((f) => Math.asin(f!)),
  Acos: map((f) => Math.acos(f!)),
  Atan: map((f) => Math.atan(f!)),
  Atan2: map((f, g) => Math.atan2(f! + 0, g! + 0)),
  Sinh: map((f) => Math.sinh(f!)),
  Cosh: map((f) => Math.cosh(f!)),
  Tanh: map((f) => Math.tanh(f!)),
  Sigmoid: map((f) => 1 / (1 + Math.exp(-f!))),
  Softplus: map((f) => Math.max(f!, 0) + Math.log1p(Math.exp(-Math.abs(f!)))),
  Erf: map((f) => erf(f!)),
  Log1p: map((f) => Math.log1p(f!)),
  Expm1: map((f) => Math.expm1(f!)),
  XLogX: map((f) => (f === 0 ? 0 : f! * Math.log(f!))),
  SinXDivX: map((f) => (f === 0 ? 1 : Math.sin(f!) / f!)),
  Floor: map((f) => Math.floor(f!)),
  Round: map((f, d) => (Math.sign(f!) * Math.round(Math.abs(f!) * 10 ** d!)) / 10 ** d!),
  Mod: map((f, n, d) => f! - n! * Math.floor((f! - d!) / n!)),
  ClampInt: map((f, a, b) => Math.min(Math.max(f!, a!), b!)),
  DiffClampInt: map((f, a, b) => (a! <= f! && f! <= b! ? 1 : 0)),
  MinOf: map((f, g) => Math.min(f!, g!)),
  MaxOf: map((f, g) => Math.max(f!, g!)),
  Sum: (f) => [sum(f!)],
  Scalprod: (f, g) => [sum(map((a, b) => a! * b!)(f!, g!))],
  SqNorm2: (f) => [sum(square(f!))],
  Norm2: (f) => [Math.sqrt(sum(square(f!)))],
  InvNorm2: (f) => [rsqrt(sum(square(f!)))],
  Cosine: (f, g) => [cosine(f!, g!)],
  Angle: (f, g) => [angle(f!, g!)],
  Normalize: (f) => f!.map((value) => value * rsqrt(sum(square(f!)))),
  SqDist: (f, g) => [sum(square(subtract(f!, g!)))],
  WeightedSqNorm: weighted,
  WeightedSqDist: (s, f, g) => weighted(s!, subtract(f!, g!)),
  SymSqNorm: (s, f) => [sum(f!.flatMap((a, k) => f!.map((b, l) => s![k * f!.length + l]! * a * b)))],
  Concat: (f, g) => [...f!, ...g!],
  Elem: (f, m) => [f![only(m!)]!],
  Extract: (f, s, n) => f!.slice(only(s!), only(s!) + only(n!)),
  SumT: (f, n) => range(only(n!), () => only(f!)),
  ElemT: (f, n, m) => range(only(n!), (k) => (k === only(m!) ? only(f!) : 0)),
  ExtractT: (f, s, n) => range(only(n!), (k) => f![k - only(s!)] ?? 0),
  TensorProd: (f, g) => f!.flatMap((a) => g!.map((b) => a * b)),
  MatVecMult: (A, b) => range(A!.length / b!.length, (k) => sum(b!.map((value, l) => A![k * b!.length + l]! * value))),
  VecMatMult: (b, A) => range(A!.length / b!.length, (k) => sum(b!.map((value, l) => value * A![(l * A!.length) / b!.length + k]!))),
  SqNormIso: (s, f) => map((a, b) => a! * b!)(s!, [sum(square(f!))]),
  SqNormDiag: (s, f) => [sum(map((a, b) => a! * b! * b!)(s!, f!))],
  Max: (f) => [Math.max(...f!)],
  Min: (f) => [Math.min(...f!)],
  ArgMax: (f) => [f!.indexOf(Math.max(...f!))],
  ArgMin: (f) => [f!.indexOf(Math.min(...f!))],
  OneHot: (f, n) => range(only(n!), (k) => (k === Math.trunc(only(f!) + 0.5) ? 1 : 0)),
  TensorDot: (f, g, df, dg, cf, cg, perm) => tensorDot(f!, g!, df!, dg!, cf!, cg!, perm),
  Kron: (f, g, df, dg) => {
    const extents = df!.map((extent, axis) => extent * dg![axis]!)
    return cells(extents).map((cell) => {
      const inF = cell.map((n, axis) => Math.floor(n / dg![axis]!))
      const inG = cell.map((n, axis) => n % dg![axis]!)
      return f![place(inF, df!)]! * g![place(inG, dg!)]!
    })
  },
  BSpline: (t, x, n) => range(t!.length - only(n!) - 1, (k) => spline(t!, only(x!), k, only(n!))),
  SoftDTW_SqDist: (x, y, s) => [softDtw(x!, y!, only(s!))],
  GradSoftDTW_SqDist: (x, y, s) => softDtwSlope(x!, y!, only(s!)),
  DiffGradSoftDTW_SqDist: (x, y, s, u, v) => {
    // the step is a length, however long the directions are
    const h = 1e-4 / (Math.max(...[...u!, ...v!].map(Math.abs)) || 1)
    const moved = (by: number) => softDtwSlope(plus(x!, by, u!), plus(y!, by, v!), only(s!))
    const [after, before, far, farBefore] = [moved(h), moved(-h), moved(2 * h), moved(-2 * h)]
    return after.map((value, k) => (8 * (value - before[k]!) - (far[k]! - farBefore[k]!)) / (12 * h))
  },
  ComplexReal: (f) => entries(f!).map(([re]) => re),
  ComplexImag: (f) => entries(f!).map(([, im]) => im),
  Real2Complex: (f) => f!.flatMap((re) => [re, 0]),
  Imag2Complex: (f) => f!.flatMap((im) => [0, im]),
  Conj: (f) => entries(f!).flatMap(([re, im]) => [re, -im]),
  ComplexAdd: complexMap(([a, b], [c, d]) => [a + c, b + d]),
  ComplexSubtract: complexMap(([a, b], [c, d]) => [a - c, b - d]),
  ComplexMult: complexMap(([a, b], [c, d]) => [a * c - b * d, a * d + b * c]),
  ComplexDivide: complexMap(([a, b], [c, d]) => [(a * c + b * d) / (c * c + d * d), (b * c - a * d) / (c * c + d * d)]),
  ComplexRealScal: map((f, g) => f! * g!),
  ComplexSquareAbs: (f) => entries(f!).map(([re, im]) => re * re + im * im),
  ComplexAbs: (f) => entries(f!).map(([re, im]) => Math.hypot(re, im)),
  ComplexAngle: (f) => entries(f!).map(([re, im]) => Math.atan2(im + 0, re + 0)),
  ComplexSum: (f) => [sum(entries(f!).map(([re]) => re)), sum(entries(f!).map(([, im]) => im))],
  ComplexSumT: (f, n) => range(only(n!), (k) => f![k % 2]!),
  ComplexExp: (f) => entries(f!).flatMap(([re, im]) => [Math.exp(re) * Math.cos(im), Math.exp(re) * Math.sin(im)]),
  ComplexExp1j: (f) => f!.flatMap((value) => [Math.cos(value), Math.sin(value)]),
  IntCst: (n) => n!,
  IntInv: (n) => [1 / only(n!)],
  RatCst: (p, q) => [only(p!) / only(q!)],
  Zero: (n) => range(only(n!), () => 0),
  // made by the calculus: what it says of zeros does not show where all numbers are finite
  Guarded: (f) => f!,
}

function plain(node: CallNode, values: Values, done: Map<Node, Vector>, adjust: Adjust): Vector {
  const definition = definitions[node.name]
  if (!definition) throw new Error(`the oracle does not know ${node.name}`)
  return adjust(definition(...node.args.map((arg) => evaluate(arg, values, done, adjust))))
}

/** What becomes of the value of each operation: rounding errors, for example. */
type Adjust = (value: Vector) => Vector

/** What the calculus makes: the second argument for each unit vector in place of the first, a variable. */
function overBasis(node: CallNode, values: Values, adjust: Adjust): Vector {
  const [basis, body] = node.args as [Node & { kind: "variable" }, Node]
  const each = range(basis.dim, (m) =>
    evaluate(body, { ...values, [basis.name]: range(basis.dim, (k) => (k === m ? 1 : 0)) }, new Map(), adjust),
  )
  return node.name === "StackOver" ? each.flat() : each.reduce((total, value) => map((a, b) => a! + b!)(total, value))
}

/** The value of a formula where its variables have these values. */
export function evaluate(node: Node, values: Values, done = new Map<Node, Vector>(), adjust: Adjust = (value) => value): Vector {
  if (node.kind === "number") return [node.value]
  if (node.kind === "variable") return values[node.name]!
  if (node.kind === "list") return node.values
  const known = done.get(node)
  if (known) return known
  const value = node.name.endsWith("Over") ? overBasis(node, values, adjust) : plain(node, values, done, adjust)
  done.set(node, value)
  return value
}
