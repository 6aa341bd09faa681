// The vector-Jacobian product of one step: from the cotangent of what it gives to that of what it reads.
import type { Request } from "../artifact/requests.ts"
import { rowOf } from "../formula/lookup.ts"
import type { Node } from "../formula/node.ts"
import { print } from "../formula/print.ts"
import { variableShapes } from "../operations/shapes.ts"
import { type GradientRow, gradients, gradientText, templates, total, weightedGradients } from "../reductions/gradients.ts"
import { instantiate, rewrite } from "./build.ts"
import { dependsOn } from "./depends.ts"
import { type Gathered, type ReductionTrees, type Steps, type Variable, variable } from "./steps.ts"

type Bindings = Readonly<Record<string, Node>>
type Side = "Vi" | "Vj"

/** The row of a reduction in the table of gradients. */
export function rowOfGradient({ reduction, weight }: Pick<Request, "reduction" | "weight">): GradientRow | undefined {
  const all: Readonly<Record<string, GradientRow>> = gradients
  return (weight !== undefined && weightedGradients[reduction]) || all[reduction]
}

/** The category of what has one row for each of `side`: a parameter where no variable has rows there. */
function categoryOf({ variables }: Pick<Request, "variables">, side: Side): Variable["category"] {
  return variables.some(({ category }) => category === side) ? side : "Pm"
}

/** The shape of what a reduction gives. */
export function resultShape({ request, f, g }: ReductionTrees): Omit<Variable, "name"> {
  return { category: categoryOf(request, outputSide(request)), dim: (g ?? f).dim * (request.k ?? 1) }
}

/** The side of a reduction's own rows. */
export const outputSide = ({ over }: Pick<Request, "over">): Side => (over === "j" ? "Vi" : "Vj")

/** The step that gives the gradient with respect to `wanted`, where what `step` gives has the cotangent `e`. */
export function pull(steps: Steps, step: ReductionTrees, e: Variable, wanted: Variable): Variable {
  if (step.gathered) return pullSlots(steps, step, step.gathered, e, wanted)
  const row = rowOfGradient(step.request)!
  const before = beforeOf(steps, step, row)
  if (row.gather !== undefined) {
    const gathered = { index: before[row.gather]!.name, slots: [], dim: step.f.dim, to: e.name }
    return pullSlots(steps, step, { ...gathered, slots: [e.name] }, e, wanted)
  }
  const bindings = { ...nodesOf(before), f: step.f, ...(step.g && { g: step.g }), e: variable(e) }
  const part = contribution(step, row, bindings, wanted)
  const skip = row.skip === undefined ? step.skip : instantiate(row.skip, bindings)
  const reads = [...step.request.variables, ...Object.values(before), e]
  if (row.before !== undefined || skip) {
    const f = skip ? instantiate(templates.skip, { skip, part }) : part
    return totals(steps, step.request, { formula: print(f), variables: readBy([f], reads, step.request) }, { f: part, skip }, wanted)
  }
  // The reduction that the types name: it takes all inputs.
  const formula = gradientText(step.request.formula, wanted.name, e.name)
  return totals(steps, step.request, { formula, variables: reads }, { f: part }, wanted)
}

/** Of a step that looks at the winners alone: likewise. */
function pullSlots(steps: Steps, { f, request }: ReductionTrees, gathered: Gathered, e: Variable, wanted: Variable): Variable {
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
 * The formula, where of each slot's number one component is there: the others are no zeros, but nothing, or an infinite derivative of theirs would
 * spoil it. With respect to that number itself the formula is linear, and stays as it is.
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

/** The reductions that a row names, by its names. */
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

/** What a pair of rows contributes to a gradient, where f and the weight receive these formulas. */
export function contribution(
  { f, g }: ReductionTrees,
  receives: { readonly f: string; readonly g?: string },
  bindings: Bindings,
  wanted: Variable,
): Node {
  const part = through(f, wanted, instantiate(receives.f, bindings))
  return g && receives.g ? instantiate(templates.add, { f: part, g: through(g, wanted, instantiate(receives.g, bindings)) }) : part
}

/** The gradient of `f` with respect to a variable, where f receives `e`. */
function through(f: Node, wanted: Variable, e: Node): Node {
  return instantiate(templates.gradient, { f, v: variable(wanted), e })
}

/** Adds up what each pair of rows of `of` contributes. */
function totals(
  steps: Steps,
  of: Request,
  formula: Pick<Request, "formula" | "variables">,
  tree: Pick<ReductionTrees, "f" | "skip">,
  wanted: Variable,
): Variable {
  const { name, category, dim } = wanted
  // A parameter belongs to all rows of both sides: what a reduction leaves is reduced over the other side.
  const single = (["Vi", "Vj"] as const).find((side) => categoryOf(of, side) === "Pm")
  const leaves = category === "Pm" ? (single ?? "Vi") : category
  const request = { ...formula, reduction: total, over: leaves === "Vi" ? "j" : "i" } as const
  if (category !== "Pm" || single) return steps.add(`gradient_${name}`, wanted, { request, ...tree, isParameter: category === "Pm" })
  const parts = steps.add(`parts_${name}`, { category: "Vi", dim }, { request, ...tree })
  const sum = { formula: parts.name, variables: [parts], reduction: total, over: "i" } as const
  return steps.add(`gradient_${name}`, wanted, { request: sum, f: variable(parts), isParameter: true })
}

/** What formulas read; and of each side of `of` one variable, to say how many rows there are. */
export function readBy(formulas: readonly Node[], among: readonly Variable[], of: Pick<Request, "variables">): readonly Variable[] {
  const kept = among.filter(({ name }) => formulas.some((f) => dependsOn(f, name)))
  const counting = (["Vi", "Vj"] as const).flatMap((side) =>
    kept.some(({ category }) => category === side) ? [] : (of.variables.find(({ category }) => category === side) ?? []),
  )
  return [...kept, ...counting]
}
