// The formulas of a reduction, one or two: how they must fit, and the dimension of what comes out. Type and function of one name.
import * as say from "../../messages/reduction.ts"
import { type KernelRow, type Kernels, kernels } from "../../reductions/kernels.ts"
import { type ReductionName, type ReductionRow, type Reductions, reductions } from "../../reductions/reductions.ts"
import { FormulaError } from "../error.ts"
import type { Node } from "../node.ts"
import { blameOutput } from "../output.ts"
import { parse } from "../parser/parse.ts"
import { checkOwn, type Own, ownRows } from "../user-operations.ts"
import type { Add } from "./decimal.ts"
import type { Dims, Measure } from "./infer.ts"
import type { Wrong } from "./operand.ts"

/** The dimension of reduction `r` of formula `f`, with the weight `w` ("" where there is none); `Wrong`; or `string` where types cannot know. */
export type Reduced<f extends string, w extends string, r extends ReductionName, dims> = Reductions[r] extends {
  readonly weight: infer weight
}
  ? w extends ""
    ? weight extends { readonly needed: true }
      ? Wrong<say.NeedsWeight<r>>
      : Kernels[r] extends { readonly plain: string }
        ? Shared<r, Measure<f, dims>, "1">
        : Measure<f, dims>
    : Shared<r, Measure<f, dims>, Measure<w, dims>>
  : w extends ""
    ? Measure<f, dims>
    : Wrong<say.TakesNoWeight<r>>
/** The dimension alone, or `string`, of texts in variables that `a` declares. */
export type ReducedDimension<f extends string, w extends string, r extends ReductionName, a> =
  Reduced<f, w, r, Dims<a>> extends infer d extends string ? d : string
interface Texts {
  readonly formula: string
  readonly weight?: string
  /** Definitions of operations that the texts use. */
  readonly operations?: readonly (string | object)[]
  /** Of KeOps's aliases: that of the output, which is no variable. */
  readonly output?: { readonly alias: string }
}
/** What a reduction of these texts is made of; `dim` is the dimension of what comes out, for each rank. */
export function reduced(
  { reduction, formula: text, weight: weightText, operations, output }: Texts & { readonly reduction: string },
  dims: Readonly<Record<string, number>>,
): { readonly formula: Node; readonly weight?: Node; readonly terms?: string; readonly dim: number } {
  const row: ReductionRow = reductions[reduction as ReductionName]
  const kernel: KernelRow = kernels[reduction as ReductionName]
  const own = ownRows(operations)
  const formula = checkOwn(read(text, dims, own, output?.alias))
  const refuse = (sentence: string): never => {
    throw new FormulaError(sentence, 0, text.length)
  }
  if (weightText === undefined) {
    if (row.weight?.needed) refuse(say.NeedsWeight(reduction))
    const terms = kernel.plain
    if (terms !== undefined) return { formula, terms, dim: shared(reduction, kernel, formula.dim, 1, refuse) }
    return { formula, dim: formula.dim }
  }
  if (!row.weight) return refuse(say.TakesNoWeight(reduction))
  const weight = checkOwn(parse(weightText, dims, own))
  return { formula, weight, terms: kernel.weighted, dim: shared(reduction, kernel, formula.dim, weight.dim, refuse) }
}

function read(text: string, dims: Readonly<Record<string, number>>, own: Own, output: string | undefined): Node {
  try {
    return parse(text, dims, own)
  } catch (error) {
    throw output === undefined ? error : blameOutput(error, output)
  }
}

/** The dimension of a formula, or of a reduction's output for each rank. Throws a FormulaError where there is none. */
export function measure(plan: Texts & { readonly reduction?: string }, dims: Readonly<Record<string, number>>): number {
  const { reduction } = plan
  return (reduction === undefined ? checkOwn(parse(plan.formula, dims, ownRows(plan.operations))) : reduced({ ...plan, reduction }, dims))
    .dim
}

/** The dimension where all sums share the maximum of a formula of dimension `d`; `e` is the weight's. */
type Shared<r extends ReductionName, d, e> = d extends string
  ? string extends d
    ? string
    : d extends "1"
      ? e extends string
        ? string extends e
          ? string
          : Kernels[r] extends { readonly finish: "parts" }
            ? Add<e, "1">
            : e
        : e
      : Wrong<say.ShiftNotScalar<r, d>>
  : d
function shared(reduction: string, kernel: KernelRow, d: number, e: number, refuse: (sentence: string) => never): number {
  if (d !== 1) refuse(say.ShiftNotScalar(reduction, d))
  return kernel.finish === "parts" ? e + 1 : e
}
