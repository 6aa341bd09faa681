// From the request of a gradient to an artifact: one kernel if that is enough, otherwise a chain of kernels.
import { ARTIFACT_VERSION, type Built, type ChainStep } from "../artifact/artifact.ts"
import type { GradientRequest } from "../artifact/requests.ts"
import { roleOf } from "../artifact/requests.ts"
import { planGradient } from "../calculus/plan-gradient.ts"
import { type ReductionName, reductions } from "../reductions/reductions.ts"
import { compileReduction } from "./compile-reduction.ts"
import { inWords } from "./in-words.ts"

/**
 * The artifact of a gradient.
 *
 * @throws FormulaError if the formula is invalid; TypeError if the reduction has no gradient, or a name is not a variable of the formula.
 */
export function compileGradient(request: GradientRequest): Built {
  return inWords(request.formula, () => differentiated(request))
}

function differentiated(request: GradientRequest): Built {
  const { wrt, of = [], formula, reduction, over, k = 0, weight } = request
  const made = planGradient(request)
  const steps = made.reductions.map(({ result: gives, request: each, isParameter, gather }): ChainStep => {
    const artifact = compileReduction(each)
    const { output } = artifact
    return { gives, artifact: isParameter ? { ...artifact, output: { ...output, category: "pm" } } : artifact, ...(gather && { gather }) }
  })
  const last = steps.at(-1)!.artifact
  if (typeof wrt === "string" && steps.length === 1 && last.variables.length === made.variables.length) return last
  const value = steps.find(({ gives }) => gives === made.value)?.artifact
  const kind = reductions[reduction as ReductionName].outputs
  return {
    tskeops: ARTIFACT_VERSION,
    formula,
    variables: made.variables.map((variable) => ({ ...variable, role: roleOf(variable.category, over) })),
    reduction,
    over,
    k,
    ...(weight !== undefined && { weight }),
    output: value ? { ...value.output, kind } : last.output,
    wrt: typeof wrt === "string" ? [...of, wrt] : wrt,
    steps,
    ...(made.value !== undefined && { value: made.value }),
    gradients: made.gradients,
  }
}
