// Gradients of reductions: from a reduction and the names of variables to the reductions that make its vector-Jacobian products, one after the
// other. Each is an ordinary request, so that kernels know nothing of gradients.
import type { Gather, SlotSource } from "../artifact/artifact.ts"
import type { GradientRequest, Request } from "../artifact/requests.ts"
import { parse } from "../formula/parser/parse.ts"
import { near } from "../formula/parser/suggest.ts"
import { ownRows } from "../formula/user-operations.ts"
import { GradientMissing, NoGradient, NoNames, NoSecondGradient, NoSuchVariable, NotTogether } from "../messages/gradient.ts"
import { structural } from "../operations/table.ts"
import type { GradientRow } from "../reductions/gradients.ts"
import { type ReductionName, reductions } from "../reductions/reductions.ts"
import { dependsOn } from "./depends.ts"
import { fuse } from "./fuse.ts"
import { type ReductionTrees, type Step, Steps, type Variable } from "./steps.ts"
import { call, number } from "./trees.ts"
import { beforeOf, outputSide, resultShape, rowOfGradient, vjp } from "./vjp.ts"

/** One reduction, and the name of its result. */
export interface PlannedReduction {
  readonly result: string
  readonly request: Request
  /** The result is the gradient of a parameter. */
  readonly isParameter: boolean
  readonly gather?: Gather
}

export interface GradientPlan {
  /** The inputs of the caller: the variables of the reduction and the cotangents. */
  readonly variables: readonly Variable[]
  readonly reductions: readonly PlannedReduction[]
  /** The names of the value, if it was asked for, and of the gradients. */
  readonly value?: string
  readonly gradients: Readonly<Record<string, string>>
}

/**
 * The reductions of a gradient, and of the value if `wrt` is a list.
 *
 * @throws TypeError if the reduction has no gradient, or a name is not a variable of the formula.
 */
export function planGradient({ wrt, of = [], value: hasValue, ...called }: GradientRequest): GradientPlan {
  const row = rowOfGradient(called)
  if (!row) {
    const hasIndices = reductions[called.reduction as ReductionName].outputs === "indices"
    throw new TypeError((hasIndices ? NoGradient : GradientMissing)(called.reduction))
  }
  const wantsValue = typeof wrt !== "string"
  if (!wrt?.length) throw new TypeError(NoNames())
  if (hasValue || (of.length > 0 && wantsValue)) throw new TypeError(NotTogether())
  if (of.length > 0 && row.last) throw new TypeError(NoSecondGradient(called.reduction))
  const inputNames = called.variables.map(({ name }) => name)
  const names = typeof wrt === "string" ? [wrt] : wrt
  for (const name of names) if (!inputNames.includes(name)) throw new TypeError(NoSuchVariable(name, near(name, inputNames)))
  const variables = called.variables.slice(0, inputNames.length - of.length)
  const original = read({ ...called, variables })
  const steps = new Steps(variables)
  const cotangents = [steps.declare("cotangent", resultShape(original)), ...of.map((name) => steps.declare("cotangent", steps.find(name)!))]
  const made: Pick<GradientPlan, "value" | "gradients"> =
    of.length === 0
      ? first(steps, original, row, cotangents[0]!, names, wantsValue)
      : { gradients: { [names[0]!]: higher(steps, original, cotangents, [...of, ...names]).name } }
  const needed = steps.needed([...Object.values(made.gradients), ...(made.value === undefined ? [] : [made.value])])
  return { variables: [...variables, ...cotangents], reductions: needed.map((step) => plannedOf(step, called)), ...made }
}

function read({ formula, weight, variables, reduction, over, k, operations }: Request): ReductionTrees {
  const dims = Object.fromEntries(variables.map(({ name, dim }) => [name, dim]))
  const own = ownRows(operations)
  const g = weight === undefined ? undefined : parse(weight, dims, own)
  return { request: { formula, weight, variables, reduction, over, k }, f: parse(formula, dims, own), ...(g && { g }) }
}

/** The gradients of a reduction side by side, and its value. */
function first(
  steps: Steps,
  original: ReductionTrees,
  row: GradientRow,
  e: Variable,
  names: readonly string[],
  wantsValue: boolean,
): Pick<GradientPlan, "value" | "gradients"> {
  const { request } = original
  const wanted = request.variables.filter(({ name }) => names.includes(name))
  const shape = resultShape(original)
  const own = wanted.filter(({ category }) => category === outputSide(request))
  const fused = own.length > 0 && (wantsValue || row.before) && !(row.fused?.scalar && shape.dim > 1) ? row.fused : undefined
  const left = fused ? wanted.filter((each) => !own.includes(each)) : wanted
  const together = fused ? fuse(steps, original, row, fused, e, own, wantsValue || left.length > 0) : {}
  const value = wantsValue ? (row.gather ? beforeOf(steps, original, row)[row.gather]! : steps.add("value", shape, original)) : undefined
  const apart = left.map((each) => [each.name, vjp(steps, original, e, each).name])
  return { ...(value && { value: value.name }), gradients: { ...together, ...Object.fromEntries(apart) } }
}

/** The gradient of a gradient and so on: each of the steps of the one before, in reverse. */
function higher(steps: Steps, original: ReductionTrees, cotangents: readonly Variable[], names: readonly string[]): Variable {
  const [start, ...rest] = names.map((name, n) => [cotangents[n]!, steps.find(name)!] as const)
  return rest.reduce((result, [e, wanted]) => reverse(steps, result, e, wanted), vjp(steps, original, ...start!))
}

function reverse(steps: Steps, result: Variable, e: Variable, wanted: Variable): Variable {
  const before = steps.needed([result.name])
  const dependent = new Set([wanted.name])
  const dependentsOf = ({ request, f, g }: Step) =>
    request.variables.filter(({ name }) => dependent.has(name) && (dependsOn(f, name) || (g && dependsOn(g, name))))
  for (const step of before) if (dependentsOf(step).length > 0) dependent.add(step.result.name)
  const received = new Map([[result.name, [e]]])
  for (const step of before.toReversed()) {
    const parts = received.get(step.result.name)
    if (!parts) continue
    const cotangent = steps.sum(parts)
    for (const { name } of dependentsOf(step)) {
      received.set(name, [...(received.get(name) ?? []), vjp(steps, step, cotangent, steps.find(name)!)])
    }
  }
  const parts = received.get(wanted.name)
  return parts ? steps.sum(parts) : steps.rowwise(`gradient_${wanted.name}`, wanted, call(structural.zeros, number(wanted.dim)), [wanted])
}

/** A step as a request, with the operations of its formulas. */
function plannedOf({ result, request, isParameter = false, gathered }: Step, { operations, over }: Request): PlannedReduction {
  const whole = { ...request, ...(operations && { operations }) }
  if (!gathered) return { result: result.name, request: whole, isParameter }
  // The rows of the kernel are slots, so all its variables are row variables.
  const side = result.category === "Vj" ? "Vj" : "Vi"
  const sourceOf = ({ name, category }: Variable): SlotSource => {
    if (gathered.slots.includes(name)) return "slot"
    return category === "Pm" ? "parameter" : category === outputSide({ over }) ? "row" : "column"
  }
  const variables = request.variables.map((each): Variable => ({ ...each, category: side }))
  const gather = { index: gathered.index, from: request.variables.map(sourceOf), to: sourceOf({ ...result, name: gathered.to }) }
  return { result: result.name, request: { ...whole, variables, over: side === "Vj" ? "i" : "j" }, isParameter, gather }
}
