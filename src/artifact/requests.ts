// What the compiler takes: reductions and gradients, as the type checker or the run-time parser knows them.
import type { Role } from "./artifact.ts"

/** What `differentiate` (src/compiler/compile-gradient.ts) takes: the gradient of a reduction. */
export interface GradientRequest extends Request {
  /** The variable, or a list of variables where the value is asked for too. */
  readonly wrt: string | readonly string[]
  /** Where the gradient of a gradient is asked for: the variables before, in turn. Their cotangents are the last variables. */
  readonly of?: readonly string[]
  /** Where it is the gradient of a value with its gradients, which there is not: the name of that value. */
  readonly value?: string
}

/** What `compile` (src/compiler/compile-reduction.ts) takes: one reduction, as the type checker or the run-time parser knows it. */
export interface Request {
  readonly formula: string
  /** In call order. */
  readonly variables: readonly { readonly name: string; readonly category: "Vi" | "Vj" | "Pm"; readonly dim: number }[]
  readonly reduction: string
  /** The axis that is reduced over. */
  readonly over: "i" | "j"
  /** K of a ranked reduction. */
  readonly k?: number
  /** The second formula of a weighted reduction, in the same variables. */
  readonly weight?: string
  /** Definitions of operations that are not in the table: as texts, or the rows themselves. */
  readonly operations?: readonly (string | object)[]
}

/** The role of a variable in a reduction over an axis. */
export function roleOf(category: "Vi" | "Vj" | "Pm", over: "i" | "j"): Role {
  return category === "Pm" ? "parameter" : (category === "Vi") === (over === "j") ? "row" : "column"
}
