// Random formulas of the kinds at which derivatives, quotients and angles fail: branches around what is infinite or NaN, powers and logarithms
// of distances, quotients that are integers, large angles.
import type { Node } from "../../src/formula/node.ts"
import { beside, brought, call, literal } from "./formulas.ts"

interface Parts {
  readonly f: Node
  readonly g: Node
  readonly h: Node
  readonly n: number
  readonly m: number
}
const some = <T>(list: readonly T[], n: number): T => list[n % list.length]!
const one = (name: string, f: Node): Node => call(name, [f])!
const two = (name: string, f: Node, g: Node): Node => call(name, [f, g])!
const branch = (f: Node, a: Node, b: Node): Node => call("IfElse", [f, a, b])!

/** What is infinite or NaN somewhere. */
const wild = ["Sqrt", "Log", "Inv", "Rsqrt", "Exp", "XLogX", "Log1p", "Acos", "Asin"]
const outer = (f: Node, n: number): Node => one(some(wild, n), f)
/** Numbers that branch. */
const conditions: readonly ((f: Node, g: Node, n: number) => Node)[] = [
  (f) => f,
  (f, g) => two("Subtract", f, g),
  (f) => two("Subtract", one("Abs", f), literal(0.1)),
  (f) => two("Subtract", literal(20), f),
  (f, _g, n) => two("Subtract", f, literal(some([0.5, 1, -1, 2], n))),
  (f, g, n) => two("Subtract", two(some(["LessThan", "LessOrEqual", "Equal", "NotEqual"], n), f, g), literal(0.5)),
]
/** Distances of f and g, from each other or from 0, which may be 0. */
const distances: readonly ((f: Node, g: Node) => Node)[] = [
  (f, g) => two("SqDist", f, g),
  (f, g) => one("Norm2", two("Subtract", f, g)),
  (f, g) => one("Abs", two("Subtract", f, g)),
  (f, g) => one("SqNorm2", two("Subtract", f, g)),
  (f) => one("Norm2", f),
  (f, g) => two("Scalprod", two("Subtract", f, g), two("Subtract", f, g)),
  (f, g) => one("Square", two("Subtract", f, g)),
]
const exponents = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 0]
const kernels: readonly ((r: Node, h: Node, n: number) => Node)[] = [
  (r, _h, n) => two("Powf", r, literal(some(exponents, n))),
  (r, h) => two("Powf", r, brought(h, 1)),
  (r) => one("XLogX", r),
  (r) => two("Mult", two("Add", literal(1), r), one("Exp", one("Minus", r))),
  (r) => one("Minus", r),
  (r, _h, n) => call("Pow", [r, literal(some([1, 2, 3, 4], n))])!,
  (r) => one("Exp", one("Minus", one("Sqrt", r))),
  (r) => one("Log", two("Add", literal(1), r)),
  (r) => two("Mult", r, one("Log", two("Add", r, literal(1e-3)))),
  (r) => one("Sqrt", two("Mult", r, r)),
]
const divisors = [3, 7, 15, 30, 2, 5, 0.5, 9, 60]
const rounders: readonly ((q: Node) => Node)[] = [
  (q) => one("Floor", q),
  (q) => one("Minus", one("Floor", one("Minus", q))),
  (q) => call("Round", [q, literal(0)])!,
  (q) => two("Subtract", q, one("Floor", q)),
]

/** Formulas of these kinds, by name. */
export const edges: Readonly<Record<string, (parts: Parts) => Node>> = {
  branch: ({ f, g, h, n, m }) => {
    const a = beside(g, f)
    const b = beside(h, a.dim > f.dim ? a : f)
    return branch(some(conditions, n)(f, a, m), outer(m % 2 ? f : a, n + m), m > 1 ? outer(f, n) : one(some(["Square", "Minus"], n), b))
  },
  bounded: ({ f, g, n, m }) => {
    const high = outer(f, n + m)
    const other = m % 2 ? literal(some([0.5, -10, 2, 5], n)) : beside(g, f)
    return n % 3 === 0 ? call("Clamp", [high, literal(-m), other])! : two(some(["MaxOf", "MinOf"], n), high, other)
  },
  chosen: ({ f, g, n, m }) => one(some(["Max", "Min", "ReLU"], n), two("Concat", outer(f, m + n), brought(g, Math.min(g.dim, 3)))),
  masked: ({ f, n, m }) => two("Mult", one("Step", two("Subtract", f, literal(0.5))), outer(two("Add", f, literal(0.5)), n + m)),
  distance: ({ f, g, h, n, m }) => some(kernels, 3 * n + m)(some(distances, n + m)(f, beside(g, f)), h, n + m),
  normal: ({ f, g, n }) =>
    n % 2 ? one("Normalize", two("Subtract", f, beside(g, f))) : two("Scalprod", one("Normalize", f), one("Normalize", beside(g, f))),
  quotient: ({ f, g, n, m }) => {
    const q = m === 0 && g.kind !== "number" ? two("Divide", f, beside(g, f)) : two("Divide", f, literal(some(divisors, 3 * n + m)))
    return some(rounders, n)(q)
  },
  remainder: ({ f, g, n, m }) =>
    call("Mod", [f, m === 0 ? beside(g, f) : literal(some(divisors, 3 * n + m)), literal(some([0, 1, -1], n))])!,
  exact: ({ f, g, n, m }) => {
    const by = literal(some(divisors, n))
    const q = two("Divide", f, by)
    return two(some(["Equal", "LessOrEqual", "NotEqual", "LessThan"], m), n % 2 ? two("Mult", q, by) : q, n % 2 ? f : beside(g, f))
  },
  angle: ({ f, n, m }) => one(some(["Sin", "Cos", "Tan", "ComplexExp1j"], m), two("Mult", f, literal(some([1, 1000, 65536, 1e7, 1], n)))),
  nan: ({ f, n }) => two(some(["NotEqual", "Equal", "LessOrEqual", "LessThan"], n), f, f),
}
