// `genred`: KeOps's general form, called with one input after the other.
import type { Artifact } from "../artifact/artifact.ts"
import { parseAliases } from "../formula/alias.ts"
import type { ReductionName } from "../reductions/table.ts"
import { checkPlan, makeReduction } from "./make.ts"
import type { Axis } from "./matrices.ts"
import type { Reduction } from "./reduction.ts"

export interface GenredOptions<R extends ReductionName, O extends Axis, K extends number> {
  /** KeOps's name of the reduction. */
  readonly reduction: R
  /** The axis that is reduced over; `"j"` where it is not given. */
  readonly over?: O
  /** K of a ranked reduction. */
  readonly k?: K
}

export function genred<
  const F extends string,
  const A extends readonly string[],
  const R extends ReductionName,
  const O extends Axis = "j",
  const K extends number = 0,
>(formula: F, aliases: A, options: GenredOptions<R, O, K>, ...built: readonly never[]): Reduction<F, A, R, O, K> {
  const { reduction, over = "j", k = 0 } = options
  const plan = checkPlan({ formula, variables: parseAliases(aliases), reduction, over, k, called: "positions" })
  return makeReduction(plan, built[0] as Artifact | undefined) as Reduction<F, A, R, O, K>
}
