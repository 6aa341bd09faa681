// KeOps's mathematical aliases: `genericSum` and its like, called with one input after the other.
import { type Alias, parseAlias } from "../formula/alias.ts"
import { about } from "../formula/error.ts"
import { OutputIsParameter } from "../messages/alias.ts"
import { type Aliased, aliased, type ReductionName, type ReductionRow, type Reductions, reductions } from "../reductions/reductions.ts"
import type { CheckAliases, CheckFormula, CheckOutput, DeclaresAfter, Listed } from "./check.ts"
import { listed, makeReduction, takeBuilt } from "./make.ts"
import type { Axis, ToNumber } from "./matrices.ts"
import type { Reduction } from "./reduction.ts"

type Over<o extends string> = string extends o ? Axis : o extends `${string}Vj${string}` ? "i" : "j"
type Rank<o extends string> = string extends o
  ? number
  : Alias<o> extends [unknown, unknown, infer dim, ...unknown[]]
    ? ToNumber<dim>
    : number

/**
 * `formula` reduced, with one input for each alias, in their order (user-defined operations may be listed among them): over j where `output`
 * is `Vi`, over i where it is `Vj`. The dimension of `output` is the formula's, or K where the reduction is ranked.
 */
export type Generic<R extends ReductionName> = <const F extends string, const O extends string, const A extends readonly Listed[]>(
  formula: CheckFormula<F, A, O>,
  output: CheckOutput<O, F, A, R>,
  ...aliases: CheckAliases<A>
) => Reduction<F, DeclaresAfter<O, F, A>, R, Over<O>, Reductions[R] extends { readonly ranked: true } ? Rank<O> : 0>

function generic<const alias extends string>(alias: alias): Generic<Aliased<alias>> {
  const reduction: ReductionName = aliased(alias)
  const { ranked }: ReductionRow = reductions[reduction]
  const make = (formula: string, output: string, ...rest: unknown[]) => {
    const artifact = takeBuilt(rest)
    const { category, dim } = parseAlias(output)
    if (category === "Pm") throw about(output, OutputIsParameter(output))
    const over = category === "Vi" ? "j" : "i"
    return makeReduction(
      {
        formula,
        ...listed(rest),
        reduction,
        over,
        k: ranked ? dim : 0,
        called: "positions",
        output: { alias: output, dim },
      },
      artifact,
    )
  }
  return make as unknown as Generic<Aliased<alias>>
}

/**
 * The sum of a formula, KeOps's `generic_sum`: the formula, the alias of the output, then one alias for each input.
 *
 * `"a = Vi(1)"` reduces over j and returns one row for each i; `"a = Vj(1)"` reduces over i. The dimension of the output must be the formula's.
 *
 * @throws FormulaError if an alias cannot be read, or the output's dimension is not the formula's; TypeError if the formula is no text.
 * @example
 * const density = genericSum("Exp(-SqDist(x, y))", "a = Vi(1)", "x = Vi(3)", "y = Vj(3)")
 * const a = await density(points, samples) // Matrix<"i", 1>
 * @see KeOps: `generic_sum`, https://www.kernel-operations.io/keops/python/api/index.html
 */
export const genericSum = /* @__PURE__ */ generic("genericSum")
/**
 * log(sum(exp(f))) of a formula, without overflow, KeOps's `generic_logsumexp`. Called like `genericSum`.
 *
 * @throws FormulaError if an alias cannot be read, or the output's dimension is not the formula's; TypeError if the formula is no text.
 * @example
 * const logDensity = genericLogSumExp("-SqDist(x, y)", "a = Vi(1)", "x = Vi(3)", "y = Vj(3)")
 * const a = await logDensity(points, samples) // Matrix<"i", 1>
 * @see KeOps: `generic_logsumexp`, https://www.kernel-operations.io/keops/python/api/index.html
 */
export const genericLogSumExp = /* @__PURE__ */ generic("genericLogSumExp")
/**
 * The index of a formula's smallest value, KeOps's `generic_argmin`; of each component its own. Called like `genericSum`.
 *
 * Returns indices, counted from 0: the first of equals, -1 for no rows.
 *
 * @throws FormulaError if an alias cannot be read, or the output's dimension is not the formula's; TypeError if the formula is no text.
 * @example
 * const nearest = genericArgMin("SqDist(x, y)", "a = Vi(1)", "x = Vi(3)", "y = Vj(3)")
 * const a = await nearest(points, samples) // Matrix<"i", 1, Int32Array>
 * @see KeOps: `generic_argmin`, https://www.kernel-operations.io/keops/python/api/index.html
 */
export const genericArgMin = /* @__PURE__ */ generic("genericArgMin")
/**
 * The indices of a formula's K smallest values, KeOps's `generic_argkmin`. Called like `genericSum`, but the dimension of the output is K.
 *
 * Returns rows of K indices for each component, counted from 0, the smallest value's first; -1 if there are fewer than K rows.
 *
 * @throws FormulaError if an alias cannot be read; RangeError if K is not an integer from 1 to 65536; TypeError if the formula is no text.
 * @example
 * const neighbours = genericArgKMin("SqDist(x, y)", "a = Vi(5)", "x = Vi(3)", "y = Vj(3)")
 * const a = await neighbours(points, samples) // Matrix<"i", 5, Int32Array>
 * @see KeOps: `generic_argkmin`, https://www.kernel-operations.io/keops/python/api/index.html
 */
export const genericArgKMin = /* @__PURE__ */ generic("genericArgKMin")
