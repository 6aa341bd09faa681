// What a row of the table of operations says, and the operators. This file imports nothing but the names of primitives.
import type { PrimitiveName } from "./primitives.ts"

/** Binary operators and how tightly they bind; all associate to the left but `**`, and comparisons do not chain. Unary minus is 5. */
export const precedence = {
  "<": 1,
  "<=": 1,
  ">": 1,
  ">=": 1,
  "==": 1,
  "!=": 1,
  "|": 2,
  "+": 3,
  "-": 3,
  "*": 4,
  "/": 4,
  "**": 6,
} as const
export const unaryMinusPrecedence = 5
export type OperatorText = keyof typeof precedence

/** Dimension rules; each has one twin (type and function) in src/formula/dimensions/rules.ts. */
export type Shape =
  | "same" // (f) -> d(f)
  | "sameInteger" // (f, n) -> d(f), n an integer literal
  | "sameInteger2" // (f, a, b) -> d(f), a and b integer literals
  | "broadcast2" // (f, g) -> the larger dimension; equal, or one of them 1
  | "quotient" // (f, g) -> the larger dimension; equal, or one of them 1; g not the literal 0
  | "broadcast3" // (f, g, h) -> the largest dimension; the others equal to it, or 1
  | "scalar" // (f) -> 1
  | "first" // (f, g) -> d(f)
  | "pair" // (f, g) -> 1; d(f) and d(g) equal, or one of them 1
  | "concat" // (f, g) -> d(f) + d(g)
  | "element" // (f, m) -> 1, 0 <= m < d(f)
  | "extract" // (f, s, n) -> n, s + n <= d(f)
  | "fill" // (f, n) -> n, d(f) = 1
  | "elementT" // (f, n, m) -> n, d(f) = 1, 0 <= m < n
  | "extractT" // (f, s, n) -> n, s + d(f) <= n
  | "left" // (f, g) -> d(f)
  | "second" // (b, f) -> d(f)
  | "gradient" // (f, v, e) -> d(v), v a variable, d(e) = d(f) or 1
  | "differential" // (f, v, u) -> d(f), v a variable, d(u) = d(v)
  | "divergence" // (f, v) -> 1, v a variable, d(v) = d(f)
  | "laplacian" // (f, v) -> 1, v a variable, d(f) = 1
  | "jacobian" // (f, v) -> d(f) * d(v), v a variable
  | "traceOperator" // (f, v[, w]) -> 1, v a variable, d(f) = d(v) or 1, d(w) = d(f)
  | "sumLinear" // (f, v[, a[, b]]) -> 1, v a variable, d(a) = d(f), d(b) = d(v)
  | "tensorDot" // (f, g, df, dg, cf, cg[, perm]) -> the product of the extents that are not contracted
  | "kron" // (f, g, df, dg) -> d(f) * d(g), df and dg of one length
  | "spline" // (t, x, n) -> d(t) - n - 1, d(x) = 1, n + 2 <= d(t)
  | "series" // (x, y, s) -> 1, d(s) = 1
  | "alongSeries" // (x, y, s) -> d(x), d(s) = 1
  | "alongSeriesTwice" // (x, y, s, u, v) -> d(x), d(s) = 1, d(u) = d(x), d(v) = d(y)
  | "tensor" // (f, g) -> d(f) * d(g)
  | "matrixVector" // (A, b) -> d(A) / d(b), without remainder
  | "vectorMatrix" // (b, A) -> d(A) / d(b), without remainder
  | "complex" // (f) -> d(f), even
  | "complexBroadcast" // (f, g) -> the larger dimension; even, and equal or one of them 2
  | "complexPart" // (f) -> d(f) / 2
  | "double" // (f) -> 2 d(f)
  | "complexScale" // (f, g) -> the larger dimension; one is 1, the other even
  | "complexSum" // (f) -> 2, d(f) even
  | "complexFill" // (f, n) -> n, even, d(f) = 2
  | "integer" // (n) -> 1
  | "inverseInteger" // (n) -> 1, n not 0
  | "ratio" // (p, q) -> 1, q not 0
  | "zeros" // (n) -> n
  | "weighted" // (s, f) -> 1; d(s) is 1, d(f) or d(f)^2
  | "weightedPair" // (s, f, g) -> 1; d(s) is 1, d(f - g) or d(f - g)^2
  | "matrixNorm" // (s, f) -> 1, d(s) = d(f)^2

/** What an argument that is no formula is: an integer literal, or a list of them, `[2, 3]`. */
export type Literal = number | readonly number[]

/** Which arguments (counted from 0) are such literals. */
export const integerArguments: Readonly<Partial<Record<Shape, readonly number[]>>> = {
  sameInteger: [1],
  sameInteger2: [1, 2],
  element: [1],
  extract: [1, 2],
  fill: [1],
  complexFill: [1],
  elementT: [1, 2],
  extractT: [1, 2],
  integer: [0],
  inverseInteger: [0],
  ratio: [0, 1],
  zeros: [0],
  tensorDot: [2, 3, 4, 5, 6],
  kron: [2, 3],
  spline: [2],
}

/** Which of them are lists of integers. */
export const listArguments = { tensorDot: [2, 3, 4, 5, 6], kron: [2, 3] } as const satisfies Partial<Record<Shape, readonly number[]>>

/** Shapes whose result is made component by component: those that `scalar` goes with. */
export const elementwiseShapes = ["same", "broadcast2", "broadcast3", "sameInteger", "sameInteger2"] as const satisfies readonly Shape[]

/** Shapes that operations of users may have. */
export const ownShapes = [
  ...elementwiseShapes,
  "scalar",
  "pair",
  "first",
  "concat",
  "tensor",
  "double",
  "complex",
  "complexBroadcast",
  "complexPart",
  "complexSum",
  "matrixVector",
  "vectorMatrix",
  "weighted",
  "weightedPair",
] as const satisfies readonly Shape[]

/** Shapes whose second argument must be a variable. */
export const variableShapes = [
  "gradient",
  "differential",
  "divergence",
  "laplacian",
  "jacobian",
  "traceOperator",
  "sumLinear",
] as const satisfies readonly Shape[]

/** An index into the components of a vector: a constant, or counters of loops put together. */
export interface Index {
  /** Its value, where that is known. */
  readonly constant: number | undefined
  plus(n: number): Index
  times(n: number): Index
  add(other: Index): Index
  /** Quotient and remainder of the division by a constant, as if the components were rows of `n`. */
  over(n: number): Index
  modulo(n: number): Index
}

/** A scalar value being built. Opaque to the table. */
export interface Scalar {
  readonly kind: string
}

/** An operand of a structural operation. */
export interface Vector {
  readonly dim: number
  /** Where its 1 is, if it is a unit vector of `Build.basis`. */
  readonly unit?: Index
  /** Component `k`; a vector of dimension 1 gives its only component whatever `k` is. */
  at(k: Index | number): Scalar
}

/** An array of numbers that recurrences write, and that is read as a vector after them. */
export type Cells = Vector

/** What a turn of a recurrence leaves in an array. */
export interface Store {
  readonly in: Cells
  readonly at: Index | number
  readonly value: Scalar
}

/** What a structural row builds with. */
export interface Build {
  number(value: number): Scalar
  /** A zero that stands for nothing: what is multiplied by it vanishes, be it infinite or NaN. */
  nothing(): Scalar
  /** An index as a number. */
  index(k: Index): Scalar
  apply(primitive: PrimitiveName, ...args: readonly Scalar[]): Scalar
  /** The sum over k of [0, count). */
  sum(count: number, term: (k: Index) => Scalar): Scalar
  /** The smallest or largest over k of [0, count). A NaN sticks at k = 0, and is passed over elsewhere. */
  extreme(which: "min" | "max", count: number, term: (k: Index) => Scalar): Scalar
  /** `below(k)` where k < bound, else `from(k - bound)`. Where that is known only while the kernel runs, both are computed, within their ranges. */
  split(k: Index, bound: number, below: (k: Index) => Scalar, from: (rest: Index) => Scalar): Scalar
  /** The unit vector whose 1 is component m. */
  basis(dim: number, m: Index): Vector
  /** A new array of numbers. What nothing was stored in may be anything. */
  cells(size: number): Cells
  /** A copy of a vector, for what reads its components often. */
  copy(vector: Vector): Cells
  /**
   * Loops within each other, each over [0, count). A turn reads what the turns before it left in the arrays `written`, the only ones that it
   * may store in; all its values are computed before it stores them.
   */
  recur(counts: readonly [number, number], written: readonly Cells[], turn: (at: readonly [Index, Index]) => readonly Store[]): void
  /** The value of a `scalar` expression. */
  scalar(expression: string | readonly string[], values: Readonly<Record<string, Scalar>>): Scalar
}

/** Arguments that are integer literals are passed as numbers or lists of them, the others as vectors. */
// biome-ignore lint/suspicious/noExplicitAny: each row knows which of its arguments are numbers
export type Component = (build: Build, k: Index, ...args: readonly any[]) => Scalar
/** What all components share is built once. */
// biome-ignore lint/suspicious/noExplicitAny: each row knows which of its arguments are numbers
export type Components = (build: Build, ...args: readonly any[]) => (k: Index) => Scalar

/** A formula's tree, opaque to the table. */
export interface Tree {
  readonly dim: number
}

/** What a row's `derive` builds with. `v` is a variable. */
export interface Calculus {
  /** The transposed Jacobian of f applied to e. */
  gradient(f: Tree, v: Tree, e: Tree): Tree
  /** The Jacobian of f applied to u. */
  differential(f: Tree, v: Tree, u: Tree): Tree
  /** f, or an error where it is not linear in v. */
  linear(f: Tree, v: Tree): Tree
  /** f with `by` in place of v. */
  replace(f: Tree, v: Tree, by: Tree): Tree
  /** A formula of our language in these names. */
  formula(text: string, names: Readonly<Record<string, Tree>>): Tree
  /** An internal operation that runs over the unit vectors of a dimension. */
  overBasis(operation: string, dim: number, body: (basis: Tree) => Tree): Tree
}

export type Gradient = Readonly<Record<string, string | null>>

/**
 * Where a gradient divides by 0. It is 0 there by convention, but where the cotangent `e` of the result vanishes there too, it has a limit.
 */
export interface Limit {
  /** The value of the row there, and its argument, if it has but one. */
  readonly value: number
  readonly arg?: number
  /** What the arguments receive there: formulas in the arguments and `d`, the derivative of `e` along the value of the row. */
  readonly gradient: Readonly<Record<string, string>>
  /** These are 0 there themselves, so that only their derivatives count. */
  readonly isZero?: true
}

/**
 * One row. It says what the operation means in one of four ways:
 * `scalar`, an expression of the primitives applied to each component (operators, lower-case names, `f < g` a mask for `select`), after
 * lines `name = expression` that it uses;
 * `means`, a formula of our own language in the row's arguments, perhaps a function of their dimensions (of the integers themselves, where
 * arguments are integers; where it gives none, `scalar` counts);
 * `derive`, what the calculus makes of its arguments; or
 * `component`, where component k of the result comes from (`components`, where all of them come from the same arrays).
 */
export interface Operation {
  /** Names of the arguments, as `scalar` and `means` use them. */
  readonly args: readonly string[]
  readonly shape: Shape
  readonly scalar?: string | readonly string[]
  // biome-ignore lint/suspicious/noExplicitAny: each row knows which of its arguments are numbers or lists
  readonly means?: string | ((...dims: readonly any[]) => string | undefined)
  readonly component?: Component
  readonly components?: Components
  // biome-ignore lint/suspicious/noExplicitAny: each row knows its arguments
  readonly derive?: (calculus: Calculus, ...args: readonly any[]) => Tree
  /** How many of the last arguments may be left out. */
  readonly optional?: 1 | 2
  /** What to add where the number of arguments is wrong, because KeOps does without one of them. */
  readonly remedy?: string
  /** Made by the calculus, not written by users: the first argument is a unit vector that the second depends on. */
  readonly internal?: true
  /** How a linear map may go through it: all arguments are linear together, exactly one is, or those of these names together. */
  readonly linear?: "all" | "one" | readonly string[]
  /**
   * What each argument receives from `e`, the cotangent of the result: a formula in the arguments and `e`. An argument that is not listed receives
   * nothing: its derivative is zero almost everywhere. Where dimensions differ, because an argument was broadcast, `Sum` or `SumT` is added.
   * A function of the dimensions (of the integers themselves, where arguments are integers) if the formulas depend on them; `null` where there is no derivative.
   * A row that `means` a formula has the gradient of that, if it lists none. `null` in the place of one formula says that this argument has no derivative.
   */
  // biome-ignore lint/suspicious/noExplicitAny: each row knows which of its arguments are numbers or lists
  readonly gradient?: Gradient | ((...dims: readonly any[]) => Gradient) | null
  /** Limits of the gradient, or a function of the dimensions that gives them. */
  // biome-ignore lint/suspicious/noExplicitAny: each row knows which of its arguments are numbers or lists
  readonly limits?: readonly Limit[] | ((...dims: readonly any[]) => readonly Limit[])
  /** The gradient is 0 where the value is 0, as of a square. */
  readonly flat?: true
  /** The operator that writes it (`swap`: `f > g` is `LessThan(g, f)`, written by the operator `mirror`). */
  readonly operator?: { readonly text: OperatorText; readonly mirror?: OperatorText }
  /** The sign before an operand that writes it. */
  readonly prefix?: "-"
  /** Which exponents of `f ** e` it writes: this number, every integer literal, or anything; the first row that fits is taken. */
  readonly power?: number | "integer" | "any"
  /** Of a user's row: the rows of a user that its formulas may call. */
  readonly own?: Readonly<Record<string, Operation>>
  /** One line of documentation: the definition and its edge values. */
  readonly doc: string
}
