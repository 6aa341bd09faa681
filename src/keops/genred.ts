// `genred`: KeOps's general form, called with one input after the other.
import type { Built } from "../artifact/artifact.ts"
import { NeedsRank } from "../messages/keops.ts"
import { type ReductionName, type ReductionRow, reductions, type Whichever } from "../reductions/reductions.ts"
import type { CheckAliases, CheckFormula, Declares, Listed, RankOption, WeightOption } from "./check.ts"
import { listed, makeReduction, refuse } from "./make.ts"
import type { Axis } from "./matrices.ts"
import type { Reduction } from "./reduction.ts"

/** The options of `genred`: which reduction, over which axis, with which K or weight. */
export interface GenredOptions<R extends ReductionName, O extends Axis, K extends number, W extends string = string> {
  /** KeOps's name of the reduction. */
  readonly reduction: R
  /** The axis that is reduced over, by default `"j"`: `"j"` is KeOps's `axis=1`, `"i"` its `axis=0`. */
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
 * KeOps's general form, `Genred`: `formula` reduced, with one input for each alias, in their order. User-defined operations may be listed among
 * the aliases.
 *
 * Returns one row for each i, or for each j with `over: "i"`; what the row holds, the reduction's method describes (`ReductionMethods`).
 *
 * @throws FormulaError if an alias cannot be read; TypeError if the reduction, the axis or the weight does not fit; RangeError if K does not.
 * @example
 * const f = genred("Square(p - a) * Exp(x + y)", ["p = Pm(1)", "x = Vi(3)", "y = Vj(3)", "a = Vj(1)"], { reduction: "Sum" })
 * const out = await f([0.5], points, samples, weights) // Matrix<"i", 3>
 * @see KeOps: `Genred`, https://www.kernel-operations.io/keops/python/api/index.html
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
  const { reduction, over = "j", k = 0, weight, ...more } = (options ?? {}) as GenredOptions<R, O, K>
  refuse(more, "reduction, k, over, weight")
  const row: ReductionRow | undefined = reductions[reduction]
  if (row?.ranked && !k) throw new TypeError(NeedsRank(reduction))
  const plan = { formula: formula as string, ...listed(aliases), reduction, over, k, weight, called: "positions" } as const
  return makeReduction(plan, built[0] as Built | undefined) as Made<F, A, R, O, K, W>
}
