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
 * `formula` reduced, with one input for each alias, in their order (operations of one's own stand anywhere among them): over j where `output`
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

/** `generic_sum` of KeOps. */
export const genericSum = /* @__PURE__ */ generic("genericSum")
/** `generic_logsumexp` of KeOps. */
export const genericLogSumExp = /* @__PURE__ */ generic("genericLogSumExp")
/** `generic_argmin` of KeOps. */
export const genericArgMin = /* @__PURE__ */ generic("genericArgMin")
/** `generic_argkmin` of KeOps. */
export const genericArgKMin = /* @__PURE__ */ generic("genericArgKMin")
