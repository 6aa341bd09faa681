// `genred`: KeOps's general form.
import type { ReductionName } from "../reductions/table.ts"
import type { Axis } from "./matrices.ts"
import type { Reduction } from "./reduction.ts"

export interface GenredOptions<R extends ReductionName, O extends Axis, K extends number> {
  readonly reduction: R
  readonly over?: O
  readonly k?: K
}
export declare function genred<
  const F extends string,
  const A extends readonly string[],
  const R extends ReductionName,
  const O extends Axis = "j",
  const K extends number = 0,
>(formula: F, aliases: A, options: GenredOptions<R, O, K>): Reduction<F, A, R, O, K>
