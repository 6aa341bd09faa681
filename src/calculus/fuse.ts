// One reduction for the value and the gradients with respect to variables of the output's rows, which share their work; and a small step for each.
import type { Node } from "../formula/node.ts"
import { print } from "../formula/print.ts"
import { type Fused, type GradientRow, templates } from "../reductions/gradients.ts"
import { type ReductionTrees, type Steps, type Variable, variable } from "./steps.ts"
import { instantiate } from "./trees.ts"
import { contribution, readBy, resultShape } from "./vjp.ts"

/**
 * The names of the gradients with respect to `wanted`, by those of the variables. Adds a step for the value if it is needed.
 */
export function fuse(
  steps: Steps,
  of: ReductionTrees,
  row: GradientRow,
  fused: Fused,
  e: Variable,
  wanted: readonly Variable[],
  needsValue: boolean,
): Readonly<Record<string, string>> {
  const { f, g, request } = of
  const shape = resultShape(of)
  const nodes = { f, ...(g && { g }), e: variable(e) }
  const skip = row.skip && instantiate(row.skip, nodes)
  const parts = wanted.flatMap((each) =>
    fused.parts.map((receives) => {
      const part = contribution(of, receives, nodes, each)
      return skip ? instantiate(templates.skip, { skip, part }) : part
    }),
  )
  const joined = parts.reduce((a, b) => instantiate(templates.join, { f: a, g: b }), instantiate(fused.head, nodes))
  const isWeight = fused.joined === "weight"
  const reads = readBy(isWeight ? [f, joined] : [joined], [...request.variables, e], request)
  const texts = isWeight ? { formula: request.formula, weight: print(joined) } : { formula: print(joined) }
  let at = fused.start(shape.dim)
  const both = steps.add(
    "both",
    { ...shape, dim: at + parts.reduce((sum, { dim }) => sum + dim, 0) },
    {
      request: { ...texts, variables: reads, reduction: fused.reduction, over: request.over },
      ...(isWeight ? { f, g: joined } : { f: joined }),
    },
  )
  const value = instantiate(fused.value(shape.dim), { both: variable(both) })
  if (needsValue) steps.record(of, steps.rowwise("value", shape, value, [both]))
  const gradientOf = (each: Variable) => {
    const bindings: Record<string, Node> = { both: variable(both), value, e: variable(e) }
    for (const n of fused.parts.keys()) {
      bindings[`part${n}`] = instantiate(templates.slice(at, each.dim), bindings)
      at += each.dim
    }
    return steps.rowwise(`gradient_${each.name}`, each, instantiate(fused.gradient, bindings), [both, e])
  }
  return Object.fromEntries(wanted.map((each) => [each.name, gradientOf(each).name]))
}
