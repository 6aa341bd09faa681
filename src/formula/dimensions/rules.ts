// The dimension rules, one type and one function for each row of src/operations/shapes.ts: from the operands of an operation to its dimension, or to the
// sentence that says why there is none. The number of operands is checked before (arity.ts).
// Operands are described in operand.ts.
import * as say from "../../messages/formula.ts"
import { TooWide } from "../../messages/limits.ts"
import type { DimensionRule } from "../../operations/shapes.ts"
import * as limits from "../limits.ts"
import { type DerivativeRules, derivativeRules } from "./calculus-rules.ts"
import { type ComplexBroadcast, type ComplexFill, type ComplexScale, complexRules, type Even } from "./complex-rules.ts"
import type { Add, AtMost, Divide, Less, Times } from "./decimal.ts"
import {
  type Broadcast,
  broadcast,
  type Dim,
  type ExactInteger,
  exactInteger,
  type Integer,
  type IsZero,
  integer,
  isZero,
  type Natural,
  natural,
  type Operand,
  type Text,
  type Vector,
  type Wrong,
} from "./operand.ts"
import { type TensorRules, tensorRules } from "./tensor-rules.ts"

/** A rule: the operands' type in, digits or `Wrong` out. The members are twins of `rules`, one for each shape. */
export interface Rules<args> extends DerivativeRules<args>, TensorRules<args> {
  same: Dim<args>
  sameInteger: args extends `${infer f};${infer n}` ? ExactInteger<n, "2", Dim<f>> : never
  sameInteger2: args extends `${infer f};${infer a};${infer b}`
    ? [Integer<a>] extends [never]
      ? Wrong<say.NotInteger<"2">>
      : [Integer<b>] extends [never]
        ? Wrong<say.NotInteger<"3">>
        : Dim<f>
    : never
  broadcast2: args extends `${infer f};${infer g}` ? Broadcast<f, g> : never
  quotient: args extends `${infer f};${infer g}` ? (IsZero<g> extends true ? Wrong<say.DivisionByZero> : Broadcast<f, g>) : never
  broadcast3: args extends `${infer f};${infer g};${infer h}`
    ? Broadcast<f, g> extends infer d
      ? d extends string
        ? Broadcast<d, h>
        : d
      : never
    : never
  first: args extends `${infer f};${string}` ? Dim<f> : never
  scalar: "1"
  pair: args extends `${infer f};${infer g}` ? (Broadcast<f, g> extends infer d ? (d extends string ? "1" : d) : never) : never
  concat: args extends `${infer f};${infer g}` ? Vector<Add<Dim<f>, Dim<g>>> : never
  element: args extends `${infer f};${infer m}`
    ? Natural<m, "2", "0"> extends infer n
      ? n extends string
        ? Less<n, Dim<f>> extends true
          ? "1"
          : Wrong<say.NoComponent<n, Text<f>>>
        : n
      : never
    : never
  extract: args extends `${infer f};${infer s};${infer n}`
    ? Natural<s, "2", "0"> extends infer start
      ? start extends string
        ? Natural<n, "3", "1"> extends infer count
          ? count extends string
            ? AtMost<Add<start, count>, Dim<f>> extends true
              ? count
              : Wrong<say.BeyondEnd<start, count, Text<f>>>
            : count
          : never
        : start
      : never
    : never
  fill: args extends `${infer f};${infer n}`
    ? Dim<f> extends "1"
      ? Vector<Natural<n, "2", "1">>
      : Wrong<say.NotScalar<"1", Text<f>>>
    : never
  elementT: args extends `${infer f};${infer n};${infer m}`
    ? Dim<f> extends "1"
      ? Natural<n, "2", "1"> extends infer count
        ? count extends string
          ? Natural<m, "3", "0"> extends infer place
            ? place extends string
              ? Less<place, count> extends true
                ? Vector<count>
                : Wrong<say.NoComponent<place, count>>
              : place
            : never
          : count
        : never
      : Wrong<say.NotScalar<"1", Text<f>>>
    : never
  extractT: args extends `${infer f};${infer s};${infer n}`
    ? Natural<s, "2", "0"> extends infer start
      ? start extends string
        ? Natural<n, "3", "1"> extends infer count
          ? count extends string
            ? AtMost<Add<start, Dim<f>>, count> extends true
              ? Vector<count>
              : Wrong<say.BeyondEnd<start, Text<f>, count>>
            : count
          : never
        : start
      : never
    : never
  second: args extends `${string};${infer f}` ? Dim<f> : never
  tensor: args extends `${infer f};${infer g}` ? Vector<Times<Dim<f>, Dim<g>>> : never
  matrixVector: args extends `${infer A};${infer b}` ? Columns<Dim<A>, Dim<b>> : never
  vectorMatrix: args extends `${infer b};${infer A}` ? Columns<Dim<A>, Dim<b>> : never
  complex: Even<Dim<args>, Dim<args>>
  complexBroadcast: args extends `${infer f};${infer g}` ? ComplexBroadcast<Dim<f>, Dim<g>> : never
  complexPart: Even<Dim<args>, Divide<Dim<args>, "2">>
  double: Vector<Add<Dim<args>, Dim<args>>>
  complexScale: ComplexScale<args>
  complexSum: Even<Dim<args>, "2">
  complexFill: ComplexFill<args>
  integer: [Integer<args>] extends [never] ? Wrong<say.NotInteger<"1">> : "1"
  inverseInteger: [Integer<args>] extends [never] ? Wrong<say.NotInteger<"1">> : IsZero<args> extends true ? Wrong<say.DivisionByZero> : "1"
  ratio: args extends `${infer p};${infer q}`
    ? [Integer<p>] extends [never]
      ? Wrong<say.NotInteger<"1">>
      : [Integer<q>] extends [never]
        ? Wrong<say.NotInteger<"2">>
        : IsZero<q> extends true
          ? Wrong<say.DivisionByZero>
          : "1"
    : never
  zeros: Vector<Natural<args, "1", "1">>
  weighted: args extends `${infer s};${infer f}` ? Weighted<Dim<s>, Dim<f>> : never
  weightedPair: args extends `${infer s};${infer f};${infer g}`
    ? Broadcast<f, g> extends infer d
      ? d extends string
        ? Weighted<Dim<s>, d>
        : d
      : never
    : never
  matrixNorm: args extends `${infer s};${infer f}`
    ? Times<Dim<f>, Dim<f>> extends infer square
      ? square extends Dim<s>
        ? "1"
        : Wrong<say.MatrixMisfit<Text<s>, Text<f>, square & string>>
      : never
    : never
}
/** The rule of `shape` on `args`: digits, or `Wrong` with the sentence. */
export type Rule<shape, args> = Rules<args>[shape & keyof Rules<args>]

const rules: { readonly [R in DimensionRule]: (...args: readonly never[]) => number | string } = {
  ...derivativeRules,
  ...tensorRules,
  ...complexRules,
  same: (f: Operand) => f.dim,
  sameInteger: (f: Operand, n: Operand) => exactInteger(n, 2) ?? f.dim,
  sameInteger2: (f: Operand, a: Operand, b: Operand) =>
    integer(a) === undefined ? say.NotInteger(2) : integer(b) === undefined ? say.NotInteger(3) : f.dim,
  broadcast2: broadcast,
  quotient: (f: Operand, g: Operand) => (isZero(g) ? say.DivisionByZero() : broadcast(f, g)),
  broadcast3: (f: Operand, g: Operand, h: Operand) => {
    const d = broadcast(f, g)
    return typeof d === "number" ? broadcast({ dim: d }, h) : d
  },
  first: (f: Operand) => f.dim,
  scalar: () => 1,
  pair: (f: Operand, g: Operand) => {
    const d = broadcast(f, g)
    return typeof d === "number" ? 1 : d
  },
  concat: (f: Operand, g: Operand) => f.dim + g.dim,
  element: (f: Operand, m: Operand) => {
    const n = natural(m, 2, 0)
    return typeof n === "string" ? n : n.n < f.dim ? 1 : say.NoComponent(n.text, f.dim)
  },
  extract: (f: Operand, s: Operand, n: Operand) => {
    const start = natural(s, 2, 0)
    if (typeof start === "string") return start
    const count = natural(n, 3, 1)
    if (typeof count === "string") return count
    return start.n + count.n <= f.dim ? count.n : say.BeyondEnd(start.text, count.text, f.dim)
  },
  fill: (f: Operand, x: Operand) => {
    const n = natural(x, 2, 1)
    return f.dim > 1 ? say.NotScalar(1, f.dim) : typeof n === "string" ? n : n.n
  },
  elementT: (f: Operand, x: Operand, y: Operand) => {
    if (f.dim > 1) return say.NotScalar(1, f.dim)
    const n = natural(x, 2, 1)
    if (typeof n === "string") return n
    const m = natural(y, 3, 0)
    if (typeof m === "string") return m
    return m.n < n.n ? n.n : say.NoComponent(m.text, n.n)
  },
  extractT: (f: Operand, s: Operand, x: Operand) => {
    const start = natural(s, 2, 0)
    if (typeof start === "string") return start
    const count = natural(x, 3, 1)
    if (typeof count === "string") return count
    return start.n + f.dim <= count.n ? count.n : say.BeyondEnd(start.text, String(f.dim), count.n)
  },
  second: (_b: Operand, f: Operand) => f.dim,
  tensor: (f: Operand, g: Operand) => f.dim * g.dim,
  matrixVector: (a: Operand, b: Operand) => columns(a.dim, b.dim),
  vectorMatrix: (b: Operand, a: Operand) => columns(a.dim, b.dim),
  integer: (n: Operand) => (integer(n) === undefined ? say.NotInteger(1) : 1),
  inverseInteger: (n: Operand) => (integer(n) === undefined ? say.NotInteger(1) : isZero(n) ? say.DivisionByZero() : 1),
  ratio: (p: Operand, q: Operand) =>
    integer(p) === undefined ? say.NotInteger(1) : integer(q) === undefined ? say.NotInteger(2) : isZero(q) ? say.DivisionByZero() : 1,
  zeros: (x: Operand) => {
    const n = natural(x, 1, 1)
    return typeof n === "string" ? n : n.n
  },
  weighted: (s: Operand, f: Operand) => weighted(s.dim, f.dim),
  weightedPair: (s: Operand, f: Operand, g: Operand) => {
    const d = broadcast(f, g)
    return typeof d === "number" ? weighted(s.dim, d) : d
  },
  matrixNorm: (s: Operand, f: Operand) => (f.dim * f.dim === s.dim ? 1 : say.MatrixMisfit(s.dim, f.dim, f.dim * f.dim)),
}
/** The rule of `shape` on as many operands as it has: a dimension, or the sentence. */
export function rule(shape: DimensionRule, args: readonly Operand[]): number | string {
  const dim = (rules[shape] as (...args: readonly Operand[]) => number | string)(...args)
  return typeof dim === "number" && dim > limits.dimension ? TooWide(limits.dimension) : dim
}

type Weighted<s, f> = s extends "1" | f
  ? "1"
  : Times<f, f> extends infer square
    ? square extends s
      ? "1"
      : Wrong<say.WeightMisfit<s & string, f & string, square & string>>
    : never
function weighted(s: number, f: number): number | string {
  return s === 1 || s === f || s === f * f ? 1 : say.WeightMisfit(s, f, f * f)
}

/** The other side of a matrix of dimension m that has one side n. */
type Columns<m, n> = Divide<m, n> extends infer d ? ([d] extends [never] ? Wrong<say.NotMultiple<m & string, n & string>> : d) : never
function columns(m: number, n: number): number | string {
  return m % n === 0 ? m / n : say.NotMultiple(m, n)
}
