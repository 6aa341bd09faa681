// From the request of a gradient to an artifact: one kernel where that does, else a chain of them.
import { ARTIFACT_VERSION, type Built, type GradientRequest } from "../artifact/artifact.ts"
import { passes } from "../calculus/passes.ts"
import { type ReductionName, reductions } from "../reductions/table.ts"
import { compile } from "./compile.ts"
import { roleOf } from "./lower.ts"

/**
 * The artifact of a gradient.
 *
 * @throws FormulaError where the formula is wrong, TypeError where the reduction has no gradient or the formula no variable of a name.
 */
export function differentiate(request: GradientRequest): Built {
  const { wrt, formula, reduction, over, k = 0, weight } = request
  const made = passes(request)
  const artifacts = made.passes.map(({ gives, request: each, isParameter }) => {
    const artifact = compile(each)
    return { gives, artifact: isParameter ? { ...artifact, output: { ...artifact.output, category: "pm" as const } } : artifact }
  })
  const last = artifacts.at(-1)!.artifact
  if (typeof wrt === "string" && artifacts.length === 1) return last
  const value = artifacts.find(({ gives }) => gives === made.value)?.artifact
  const kind = reductions[reduction as ReductionName].outputs
  return {
    tskeops: ARTIFACT_VERSION,
    formula,
    variables: made.variables.map((variable) => ({ ...variable, role: roleOf(variable.category, over) })),
    reduction,
    over,
    k,
    ...(weight !== undefined && { weight }),
    output: typeof wrt === "string" || !value ? last.output : { ...value.output, kind },
    wrt,
    passes: artifacts,
    ...(made.counts !== undefined && { counts: made.counts }),
    ...(made.value !== undefined && { value: made.value }),
    gradients: made.gradients,
  }
}
