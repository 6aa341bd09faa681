// What a row of the table of operations says, and the operators. This file imports nothing but the names of primitives and of dimension rules.
import type { PrimitiveName } from "./primitives.ts"
import type { DimensionRule } from "./shapes.ts"

/** Binary operators and how tightly they bind, one of `levels`; all associate to the left but `**`, and comparisons do not chain. */
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
/** All precedences, the loosest first. */
export const levels = [1, 2, 3, 4, unaryMinusPrecedence, 6] as const
export type OperatorText = keyof typeof precedence

/** What an argument that is no formula is: an integer literal, or a list of them, `[2, 3]`. */
export type Literal = number | readonly number[]

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
  readonly shape: DimensionRule
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
  /** The operator it is written with. With `mirror`, the mirrored operator swaps the operands: `f > g` is `LessThan(g, f)`. */
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
