// `genred`: KeOps's general form, called with one input after the other.
import type { Built } from "../artifact/artifact.ts"
import { NeedsRank } from "../messages/keops.ts"
import { type ReductionName, type ReductionRow, reductions, type Whichever } from "../reductions/reductions.ts"
import type { CheckAliases, CheckFormula, Declares, Listed, RankOption, WeightOption } from "./check.ts"
import { listed, makeReduction } from "./make.ts"
import type { Axis } from "./matrices.ts"
import type { Reduction } from "./reduction.ts"

export interface GenredOptions<R extends ReductionName, O extends Axis, K extends number, W extends string = string> {
  /** KeOps's name of the reduction. */
  readonly reduction: R
  /** The axis that is reduced over; `"j"` where it is not given. */
  readonly over?: O
  /** K of a ranked reduction. */
  readonly k?: K
  /** The second formula of a weighted reduction, KeOps's `formula2`. */
  readonly weight?: W
}

/** Where the name of the reduction is wrong, TypeScript takes it for any of them: then it is loosely typed. */
type Made<
  F extends string,
  A extends readonly Listed[],
  R extends ReductionName,
  O extends Axis,
  K extends number,
  W extends string,
  // biome-ignore lint/suspicious/noExplicitAny: see above
> = ReductionName extends R ? Reduction<any, readonly string[], Whichever, O, 0, any> : Reduction<F, Declares<A>, R, O, K, W>

/**
 * `formula` reduced, with one input for each alias, in their order; operations of one's own stand anywhere among them.
 *
 * @throws FormulaError where an alias cannot be read, TypeError or RangeError where the options do not fit.
 * @example
 * const f = genred("Square(p - a) * Exp(x + y)", ["p = Pm(1)", "x = Vi(3)", "y = Vj(3)", "a = Vj(1)"], { reduction: "Sum" })
 * const out = await f([0.5], x, y, a) // Matrix<"i", 3>
 */
export function genred<
  const F extends string,
  const A extends readonly Listed[],
  const R extends ReductionName,
  const O extends Axis = "j",
  const K extends number = 0,
  const W extends string = "",
>(
  formula: CheckFormula<F, A>,
  aliases: CheckAliases<A>,
  options: GenredOptions<R, O, K, W> & RankOption<R, K> & WeightOption<F, W, R, A>,
  ...built: readonly never[]
): Made<F, A, R, O, K, W> {
  const given = (options ?? {}) as GenredOptions<R, O, K>
  const { reduction, over = "j", k = 0, weight } = given
  const row: ReductionRow | undefined = reductions[reduction]
  if (row?.ranked && given.k === undefined) throw new TypeError(NeedsRank(reduction))
  const plan = { formula: formula as string, ...listed(aliases), reduction, over, k, weight, called: "positions" } as const
  return makeReduction(plan, built[0] as Built | undefined) as Made<F, A, R, O, K, W>
}
