// KeOps's mathematical aliases: `genericSum` and its like, called with one input after the other.
import type { Artifact } from "../artifact/artifact.ts"
import { parseAlias, parseAliases } from "../formula/alias.ts"
import { FormulaError } from "../formula/error.ts"
import { OutputIsParameter } from "../messages/alias.ts"
import { type ReductionName, type ReductionRow, type Reductions, reductions } from "../reductions/table.ts"
import { checkPlan, isFromBuild, makeReduction } from "./make.ts"
import type { Reduction } from "./reduction.ts"

type Over<o extends string> = o extends `${string}Vj${string}` ? "i" : "j"

export type Generic<R extends ReductionName> = <const F extends string, const O extends string, const A extends readonly string[]>(
  formula: F,
  output: O,
  ...aliases: A
) => Reduction<F, A, R, Over<O>>

/** The reduction that an alias makes. */
type Made<alias> = { [R in ReductionName]: Reductions[R] extends { readonly generic: alias } ? R : never }[ReductionName]

function generic<const alias extends string>(alias: alias): Generic<Made<alias>> {
  const [reduction, row] = (Object.entries(reductions) as [ReductionName, ReductionRow][]).find(([, { generic }]) => generic === alias)!
  const make = (formula: string, output: string, ...rest: unknown[]) => {
    const artifact = isFromBuild(rest.at(-1)) ? (rest.pop() as Artifact) : undefined
    const { category, dim } = parseAlias(output)
    if (category === "Pm") throw new FormulaError(OutputIsParameter(output), 0, output.length)
    const variables = parseAliases(rest as string[])
    const over = category === "Vi" ? "j" : "i"
    return makeReduction(checkPlan({ formula, variables, reduction, over, k: row.ranked ? dim : 0, called: "positions" }), artifact)
  }
  return make as unknown as Generic<Made<alias>>
}

/** `generic_sum` of KeOps. */
export const genericSum = generic("genericSum")
/** `generic_logsumexp` of KeOps. */
export const genericLogSumExp = generic("genericLogSumExp")
/** `generic_argmin` of KeOps. */
export const genericArgMin = generic("genericArgMin")
/** `generic_argkmin` of KeOps. */
export const genericArgKMin = generic("genericArgKMin")
