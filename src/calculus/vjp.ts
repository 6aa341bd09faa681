// The vector-Jacobian product of one step: from the cotangent of its result to those of its inputs.
import type { Request } from "../artifact/requests.ts"
import { rowOf } from "../formula/lookup.ts"
import type { Node } from "../formula/node.ts"
import { print } from "../formula/print.ts"
import { variableShapes } from "../operations/shapes.ts"
import { type GradientRow, gradients, gradientText, templates, total, weightedGradients } from "../reductions/gradients.ts"
import { dependsOn } from "./depends.ts"
import { type Gathered, type ReductionTrees, type Steps, type Variable, variable } from "./steps.ts"
import { instantiate, rewrite } from "./trees.ts"

type Bindings = Readonly<Record<string, Node>>
type Side = "Vi" | "Vj"

/** The row of a reduction in the table of gradients. */
export function rowOfGradient({ reduction, weight }: Pick<Request, "reduction" | "weight">): GradientRow | undefined {
  const all: Readonly<Record<string, GradientRow>> = gradients
  return (weight !== undefined && weightedGradients[reduction]) || all[reduction]
}

/** The category of a result with one row for each of `side`: a parameter if no variable has rows there. */
function categoryOf({ variables }: Pick<Request, "variables">, side: Side): Variable["category"] {
  return variables.some(({ category }) => category === side) ? side : "Pm"
}

/** The shape of a reduction's result. */
export function resultShape({ request, f, g }: ReductionTrees): Omit<Variable, "name"> {
  return { category: categoryOf(request, outputSide(request)), dim: (g ?? f).dim * (request.k ?? 1) }
}

/** The side of the output's rows. */
export const outputSide = ({ over }: Pick<Request, "over">): Side => (over === "j" ? "Vi" : "Vj")

/** Adds the step that computes the gradient with respect to `wanted`, if the result of `step` has the cotangent `e`. */
export function vjp(steps: Steps, step: ReductionTrees, e: Variable, wanted: Variable): Variable {
  if (step.gathered) return gatheredVjp(steps, step, step.gathered, e, wanted)
  const row = rowOfGradient(step.request)!
  const before = beforeOf(steps, step, row)
  if (row.gather !== undefined) {
    const gathered = { index: before[row.gather]!.name, slots: [], dim: step.f.dim, to: e.name }
    return gatheredVjp(steps, step, { ...gathered, slots: [e.name] }, e, wanted)
  }
  const bindings = { ...nodesOf(before), f: step.f, ...(step.g && { g: step.g }), e: variable(e) }
  const part = contribution(step, row, bindings, wanted)
  const skip = row.skip === undefined ? step.skip : instantiate(row.skip, bindings)
  const reads = [...step.request.variables, ...Object.values(before), e]
  if (row.before !== undefined || skip) {
    const f = skip ? instantiate(templates.skip, { skip, part }) : part
    return totals(steps, step.request, { formula: print(f), variables: readBy([f], reads, step.request) }, { f: part, skip }, wanted)
  }
  // The same reduction as in the types: its inputs are all inputs.
  const formula = gradientText(step.request.formula, wanted.name, e.name)
  return totals(steps, step.request, { formula, variables: reads }, { f: part }, wanted)
}

/** The same for a gathered step (the gradient of min, max or K-min). */
function gatheredVjp(steps: Steps, { f, request }: ReductionTrees, gathered: Gathered, e: Variable, wanted: Variable): Variable {
  const { index, dim, to } = gathered
  const slots = gathered.slots.includes(to) ? [...new Set([...gathered.slots, e.name])] : gathered.slots
  const inside = (each: Variable) => (slots.includes(each.name) ? { ...each, dim } : each)
  const part = through(f, inside(wanted), variable(inside(e)))
  const variables = [...request.variables, inside(e)].filter(({ name }) => dependsOn(part, name))
  return steps.add(`gradient_${wanted.name}`, wanted, {
    request: { formula: print(ofOneComponent(part, slots)), variables, reduction: total, over: request.over },
    f: part,
    isParameter: wanted.category === "Pm",
    gathered: { index, slots, dim, to: wanted.name },
  })
}

/**
 * The formula with all components of each slot's vector but one absent: with ordinary zeros, infinite derivatives would make them NaN. The formula is
 * linear in the slot's vector, so its gradient with respect to that needs no change.
 */
function ofOneComponent(part: Node, slots: readonly string[]): Node {
  const isFixed = (name: string) => !differentiatesBy(part, name)
  return rewrite(part, (node) =>
    node.kind === "variable" && slots.includes(node.name) && isFixed(node.name) ? instantiate(templates.single, { e: node }) : undefined,
  )
}

function differentiatesBy(node: Node, name: string): boolean {
  if (node.kind !== "call") return false
  const [, by] = node.args
  const isBy = (variableShapes as readonly string[]).includes(rowOf(node).shape) && by?.kind === "variable" && by.name === name
  return isBy || node.args.some((arg) => differentiatesBy(arg, name))
}

/** The reductions in `before` of a row, by their names. */
export function beforeOf(steps: Steps, { request, f, g }: ReductionTrees, row: GradientRow): Readonly<Record<string, Variable>> {
  const made = Object.entries(row.before ?? {}).map(([name, { reduction, of, weighted }]) => {
    const formula = of === undefined ? f : instantiate(of, { f })
    const { variables, over, k } = request
    const texts = { formula: of === undefined ? request.formula : print(formula), ...(weighted && { weight: request.weight }) }
    const step = { request: { ...texts, variables, reduction, over, k }, f: formula, ...(weighted && { g }) }
    return [name, steps.add(name, resultShape(step), step)] as const
  })
  return Object.fromEntries(made)
}

const nodesOf = (named: Readonly<Record<string, Variable>>): Bindings =>
  Object.fromEntries(Object.entries(named).map(([name, each]) => [name, variable(each)]))

/** The contribution of a pair of rows to a gradient, given the cotangents of f and the weight. */
export function contribution(
  { f, g }: ReductionTrees,
  receives: { readonly f: string; readonly g?: string },
  bindings: Bindings,
  wanted: Variable,
): Node {
  const part = through(f, wanted, instantiate(receives.f, bindings))
  return g && receives.g ? instantiate(templates.add, { f: part, g: through(g, wanted, instantiate(receives.g, bindings)) }) : part
}

/** The gradient of `f` with respect to a variable, for the cotangent `e`. */
function through(f: Node, wanted: Variable, e: Node): Node {
  return instantiate(templates.gradient, { f, v: variable(wanted), e })
}

/** Adds up the contributions of all pairs of rows of `of`. */
function totals(
  steps: Steps,
  of: Request,
  formula: Pick<Request, "formula" | "variables">,
  tree: Pick<ReductionTrees, "f" | "skip">,
  wanted: Variable,
): Variable {
  const { name, category, dim } = wanted
  // A parameter belongs to all rows of both sides: the result of the first reduction is reduced over the other side.
  const single = (["Vi", "Vj"] as const).find((side) => categoryOf(of, side) === "Pm")
  const leaves = category === "Pm" ? (single ?? "Vi") : category
  const request = { ...formula, reduction: total, over: leaves === "Vi" ? "j" : "i" } as const
  if (category !== "Pm" || single) return steps.add(`gradient_${name}`, wanted, { request, ...tree, isParameter: category === "Pm" })
  const parts = steps.add(`parts_${name}`, { category: "Vi", dim }, { request, ...tree })
  const sum = { formula: parts.name, variables: [parts], reduction: total, over: "i" } as const
  return steps.add(`gradient_${name}`, wanted, { request: sum, f: variable(parts), isParameter: true })
}

/** The variables that formulas read, and for each side of `of` one variable that determines the number of rows. */
export function readBy(formulas: readonly Node[], among: readonly Variable[], of: Pick<Request, "variables">): readonly Variable[] {
  const kept = among.filter(({ name }) => formulas.some((f) => dependsOn(f, name)))
  const counting = (["Vi", "Vj"] as const).flatMap((side) =>
    kept.some(({ category }) => category === side) ? [] : (of.variables.find(({ category }) => category === side) ?? []),
  )
  return [...kept, ...counting]
}
