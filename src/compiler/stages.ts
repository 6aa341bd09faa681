// The first stages of the compiler: from a request to trees that can be lowered. Each is pure.
import type { Request } from "../artifact/requests.ts"
import { roleOf } from "../artifact/requests.ts"
import { derive } from "../calculus/derive.ts"
import { simplify } from "../calculus/simplify.ts"
import { reduced } from "../formula/dimensions/reduction.ts"
import { about } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import type { Node } from "../formula/node.ts"
import { parse } from "../formula/parser/parse.ts"
import type { Trees } from "../lower/trees.ts"
import { TooManyEntries, TooManyVariables } from "../messages/limits.ts"
import { kernels } from "../reductions/kernels.ts"
import { type ReductionName, type ReductionRow, reductions } from "../reductions/reductions.ts"

/** Parses the formula, the weight and the terms of the reduction, with their dimensions. */
export function parseReduction(request: Request): Trees {
  const refuse = (sentence: string): never => {
    throw about(request.formula, sentence)
  }
  const count = request.variables.length
  if (count > limits.variables) refuse(TooManyVariables(count, limits.variables))
  const variables = request.variables.map(({ name, category, dim }) => ({ name, category, dim, role: roleOf(category, request.over) }))
  const name = request.reduction as ReductionName
  const row: ReductionRow = reductions[name]
  const k = row.ranked ? (request.k ?? 1) : 1
  const { formula, weight, terms, dim } = reduced(request, Object.fromEntries(variables.map((one) => [one.name, one.dim])))
  if (k * dim > limits.dimension) refuse(TooManyEntries(k, dim, limits.dimension))
  return {
    variables,
    reduction: { ...row, ...kernels[name] },
    k,
    formula,
    ...(weight && { weight }),
    ...(terms !== undefined && { terms: parse(terms, { g: weight?.dim ?? 1 }) }),
    outputDim: dim,
  }
}

/** Differentiates: replaces operations of the calculus by formulas. The request's texts are for error messages. */
export const deriveTrees = (trees: Trees, { formula, weight }: Request): Trees =>
  each(trees, (tree, name) => derive(tree, name === "formula" ? formula : weight))

export const simplifyTrees = (trees: Trees): Trees => each(trees, simplify)

const each = (trees: Trees, change: (tree: Node, name: "formula" | "weight") => Node): Trees => ({
  ...trees,
  formula: change(trees.formula, "formula"),
  ...(trees.weight && { weight: change(trees.weight, "weight") }),
})
