// What formulas, operations and reductions have in common, in types: each of their files needs it, and none of the others.
import type { OperationRow } from "../formula/user-definition.ts"
import type { ReductionName } from "../reductions/reductions.ts"
import type { Axis } from "./matrices.ts"

/** A sentence beside suggestions: in an interface, so that it is not offered as one. */
export interface Mistake<sentence extends string> {
  readonly mistake: sentence
}

/** In types alone: where a term's type holds what it declares, to be read without inference, which costs much more. */
export declare const declarations: unique symbol

/** What a term declares: its variables, and the definitions of operations. */
export type DeclaredBy<G> = G extends { readonly [declarations]?: infer a } ? Exclude<a, undefined> & string : never

/** What is known of a reduction, as data: `reduction.signature`. */
export interface Signature<
  T extends string = string,
  R extends ReductionName = ReductionName,
  O extends Axis = Axis,
  K extends number = number,
  W extends string = string,
> {
  /** The text of the formula. */
  readonly formula: T
  /** KeOps's name of the reduction. */
  readonly reduction: R
  /** The axis that is reduced over. */
  readonly over: O
  /** K of a ranked reduction, else 0. */
  readonly k: K
  /** The second formula of a weighted reduction. */
  readonly weight: string extends W ? string | undefined : W extends "" ? undefined : W
  /** The inputs, in call order. */
  readonly variables: readonly { readonly name: string; readonly category: "Vi" | "Vj" | "Pm"; readonly dim: number }[]
  /** `dim` is undefined as long as the formula has not been compiled. */
  readonly output: { readonly category: Axis | "pm"; readonly dim: number | undefined; readonly kind: "values" | "indices" | "both" }
}

/** What all formulas have in common, whatever their text: the type of a parameter that accepts any formula. */
export interface AnyFormula {
  /** The formula as text. */
  readonly text: string
  /** Dimension of the formula's values. */
  readonly dim: number
  /** The indices that the formula depends on: `"pm"` if on none. */
  readonly category: "i" | "j" | "ij" | "pm"
  /** The variables, in the order in which they first occur. */
  readonly variables: Signature["variables"]
  /** Definitions of the user-defined operations in the formula. */
  readonly operations?: readonly object[]
}

/** A user-defined operation of the name `N`: a term of `keops`, called by its name in the pieces. Made by `defineOperation`. */
export interface OwnOperation<N extends string, D extends string> {
  /** The name that formulas call. */
  readonly name: N
  /** The same, as the text of a term. */
  readonly text: N
  /** None: an operation is no input. */
  readonly variables: readonly []
  /** Its row, and the rows of the operations that it uses. */
  readonly operations: readonly OperationRow[]
  readonly [declarations]?: D
}

/** What all user-defined operations have in common: the type of a parameter that accepts any of them. */
export type AnyOperation = OwnOperation<string, string>
