// A reduction: the async function that a formula's methods, the aliases of KeOps and `genred` make.
import type { Dimension } from "../formula/dimension.ts"
import type { ReductionName } from "../reductions/table.ts"
import type { RunOptions } from "../runtime/options.ts"
import type { Arguments, Axis, Output } from "./matrices.ts"

/** What a reduction takes and gives, as data. */
export interface Signature<
  T extends string = string,
  R extends ReductionName = ReductionName,
  O extends Axis = Axis,
  K extends number = number,
> {
  readonly formula: T
  readonly reduction: R
  readonly over: O
  /** K of a ranked reduction, else 0. */
  readonly k: K
  /** In call order. */
  readonly variables: readonly { readonly name: string; readonly category: "Vi" | "Vj" | "Pm"; readonly dim: number }[]
  /** `dim` is undefined as long as the formula has not been compiled. */
  readonly output: { readonly category: Axis; readonly dim: number | undefined; readonly kind: "values" | "indices" | "both" }
}

/**
 * One formula, reduced over one axis. `T` is the formula's text, `A` the declarations of its variables (`"x = Vi(3)"`): a union where the
 * reduction is called with a record of inputs, a tuple where it is called with one input after the other. `R` is KeOps's name of the
 * reduction, `O` the axis that is reduced over, `K` the number of entries that a ranked reduction keeps.
 *
 * @example
 * const density = keops(["Exp(-SqNorm2(", " - ", "))"], Vi("x", 3), Vj("y", 3)).sum()
 * const a = await density({ x: points, y: samples }) // Matrix<"i", 1>
 */
export interface Reduction<
  T extends string,
  A extends string | readonly string[],
  R extends ReductionName,
  O extends Axis,
  K extends number = 0,
> {
  (...inputs: Arguments<A>): Promise<Output<Dimension<T, A>, R, O, K>>
  /** The same reduction, run as `options` say. */
  with(options: RunOptions): Reduction<T, A, R, O, K>
  /** Also what keeps the types of two reductions apart whose results are alike. */
  readonly signature: Signature<T, R, O, K>
}
