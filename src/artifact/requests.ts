// The compiler's input: reductions and gradients, as the type checker or the run-time parser knows them.
import type { Role } from "./artifact.ts"

/** The input of `compileGradient` (src/compiler/compile-gradient.ts): the gradient of a reduction. */
export interface GradientRequest extends Request {
  /** The variable; or a list of variables, to return the value too. */
  readonly wrt: string | readonly string[]
  /** For the gradient of a gradient: the variables of the gradients before it, in order. Their cotangents are the last variables. */
  readonly of?: readonly string[]
  /** Set when `.grad` was called on a `valueAndGrad`, which is unsupported; kept only so that the error can say so. */
  readonly value?: string
}

/** The input of `compileReduction` (src/compiler/compile-reduction.ts): one reduction. */
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
  /** User-defined operations: as texts, or as rows. */
  readonly operations?: readonly (string | object)[]
}

/** The role of a variable in a reduction over an axis. */
export function roleOf(category: "Vi" | "Vj" | "Pm", over: "i" | "j"): Role {
  return category === "Pm" ? "parameter" : (category === "Vi") === (over === "j") ? "row" : "column"
}
