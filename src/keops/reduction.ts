// A reduction: the async function that a formula's methods, the aliases of KeOps and `genred` make.
import type { ReducedDimension } from "../formula/dimensions/reduction.ts"
import type { ReductionName } from "../reductions/reductions.ts"
import type { RunOptions } from "../runtime/options.ts"
import type { CheckName, CheckNames, GradientOf, Some, ValueAndGradient } from "./gradient.ts"
import type { Arguments, Axis, Output } from "./matrices.ts"
import type { Signature } from "./terms.ts"

/**
 * One formula, reduced over one axis. `T` is the formula's text, `A` the declarations of its variables (`"x = Vi(3)"`): a union where the
 * reduction is called with a record of inputs, a tuple where it is called with one input after the other. `R` is KeOps's name of the
 * reduction, `O` the axis that is reduced over, `K` the number of entries that a ranked reduction keeps, `W` the text of the
 * weight of a weighted one.
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
  W extends string = "",
> {
  /**
   * Computes the reduction. Each input is row-major, in an array or a matrix; how many rows i and j have follows from the inputs' lengths.
   *
   * @throws TypeError or RangeError about an input by its name (the promise rejects), or the signal's reason.
   */
  (...inputs: Arguments<A>): Promise<Output<ReducedDimension<T, W, R, A>, R, O, K>>
  /**
   * The same reduction with these options: the backend, a signal, where the result stays.
   *
   * @throws TypeError if an option is unknown or of the wrong kind.
   */
  with(options: RunOptions): Reduction<T, A, R, O, K, W>
  /**
   * The gradient with respect to a variable: the transposed Jacobian times a cotangent, which has the shape of this reduction's output.
   * It is called like this reduction, with `cotangent` as a further input, the last.
   *
   * @throws TypeError if the reduction has no gradient, or the formula no such variable; Error if there is no transformer and no
   * `tskeops/jit`.
   * @example
   * const density = keops(["Exp(-SqNorm2(", " - ", "))"], Vi("x", 3), Vj("y", 3)).sum()
   * const gradient = await density.grad("x")({ x: points, y: samples, cotangent }) // Matrix<"i", 3>
   */
  grad<const N extends string>(name: CheckName<N, A, R>, ...built: readonly never[]): GradientOf<T, A, R, O, K, W, N>
  /**
   * The value and the gradients with respect to several variables, in one call, which shares their work.
   *
   * @throws TypeError as `grad` does.
   * @example
   * const density = keops(["Exp(-SqNorm2(", " - ", "))"], Vi("x", 3), Vj("y", 3)).sum()
   * const { value, gradients } = await density.valueAndGrad(["x", "y"])({ x: points, y: samples, cotangent })
   * gradients.x // Matrix<"i", 3>
   */
  valueAndGrad<const N extends readonly string[]>(
    names: CheckNames<N, A, R> & Some<N>,
    ...built: readonly never[]
  ): ValueAndGradient<T, A, R, O, K, W, N[number]>
  /** The reduction as data. Also what keeps the types of two reductions apart whose results are alike. */
  readonly signature: Signature<T, R, O, K, W>
}
