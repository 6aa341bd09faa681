// Removable singularities of gradients. The gradient of a length r = |x| is e x / r, 0 at r = 0; but of a smooth function of r, as the
// Matérn kernels and Cos(r) are, e vanishes at r = 0 too, and e / r tends to the derivative of e along r. Rows list such points (`limits`).
// Parts of gradients keep the data for the limit until they are differentiated again; first derivatives are mostly multiplied by 0 there.
import { FormulaError } from "../formula/error.ts"
import { linearPlaces, rowOf } from "../formula/lookup.ts"
import { argumentsOf, type CallNode, type Node, type VariableNode } from "../formula/node.ts"
import { operandsFirst } from "../formula/walk.ts"
import { whereEqual } from "../operations/calculus.ts"
import type { Limit } from "../operations/operation.ts"
import { elementwiseShapes } from "../operations/shapes.ts"
import { structural } from "../operations/table.ts"
import { dependsOn } from "./depends.ts"
import { type Point, sample } from "./sample.ts"
import { call, instantiate, number, numbersOf, rewrite } from "./trees.ts"

/** The transposed Jacobian of a formula with respect to a variable, applied to a cotangent. */
export type Derivative = (f: Node, variable: string, dim: number, e: Node) => Node

/** Takes the limits that were kept in parts of gradients, if their cotangents depend on the variable; drops the others. */
export function atLimits(root: Node, variable: string, derivative: Derivative): Node {
  return rewrite(root, (node) => {
    if (!isMarked(node)) return undefined
    return dependsOn(node.args[2]!, variable) ? withLimits(node, derivative) : node.args[0]
  })
}

/** The formula without the data kept for limits. */
export function withoutLimits(root: Node): Node {
  return rewrite(root, (node) => (isMarked(node) ? node.args[0] : undefined))
}

/** Whether the formula keeps data for limits. */
export const hasLimits = (root: Node) => operandsFirst(root, argumentsOf).some(isMarked)

/** `part`, the cotangent of argument `n` of a call, with limits: taken now, or kept for the next derivative. */
export function limited(part: Node, e: Node, node: CallNode, n: number, derivative: Derivative): Node {
  if (limitsOf(node).length === 0 || !operandsFirst(e, argumentsOf).includes(node)) return part
  const marked = call(structural.withLimit, part, e, node, number(n))
  return limitsOf(node).every(({ isZero }) => isZero) || isFlat(node.args[n]!) ? marked : withLimits(marked, derivative)
}

const isMarked = (node: Node): node is CallNode => node.kind === "call" && node.name === structural.withLimit

function limitsOf(node: CallNode): readonly Limit[] {
  const { limits } = rowOf(node)
  return (typeof limits === "function" ? limits(...numbersOf(node)) : limits) ?? []
}

function withLimits({ args }: CallNode, derivative: Derivative): Node {
  const [part, e, node, n] = args as [Node, Node, CallNode, Node & { value: number }]
  const { args: argNames } = rowOf(node)
  const given = Object.fromEntries(node.args.map((arg, index) => [argNames[index]!, arg]))
  return limitsOf(node).reduce((elsewhere, { value, arg, gradient }) => {
    const d = slope(withoutLimits(e), node, { value, arg }, derivative)
    if (!d) return elsewhere
    const there = instantiate(gradient[argNames[n.value]!]!, { ...given, d })
    const at = arg === undefined ? [node, value] : [node.args[0]!, arg]
    return instantiate(whereEqual, { at: at[0] as Node, value: number(at[1] as number), there, elsewhere })
  }, part)
}

/** Names for the value and the argument of the call: e may depend on both. */
const names = { value: "#value", arg: "#argument" } as const
type LimitPoint = Pick<Limit, "value" | "arg">

/** The derivative of `e` along the value of a call at `limitPoint`; undefined if `e` does not vanish there. */
function slope(e: Node, node: CallNode, limitPoint: LimitPoint, derivative: Derivative): Node | undefined {
  const named = (name: string): VariableNode => ({ kind: "variable", name, dim: node.dim, start: 0, end: 0 })
  const renamed = new Map<Node, Node>([[node, named(names.value)]])
  if (limitPoint.arg !== undefined) renamed.set(node.args[0]!, named(names.arg))
  const f = rewrite(e, () => undefined, renamed)
  if (node.dim > 1 && !isElementwise(f, names.value)) return undefined
  if (!vanishes(f, limitPoint)) return undefined
  const made = unlessRefused(() => derivative(f, names.value, node.dim, number(1)))
  if (made === undefined) return undefined
  if (made.kind === "call" && made.name === structural.zeros) return undefined
  const constant = (value: number) => (node.dim === 1 ? number(value) : call(structural.fill, number(value), number(node.dim)))
  const d = rewrite(made, (one) => {
    if (one.kind !== "variable") return undefined
    return one.name === names.value ? constant(limitPoint.value) : one.name === names.arg ? constant(limitPoint.arg!) : undefined
  })
  return points.some((point) => areNumbers(sample(d, point))) ? d : undefined
}

/** A limit needs one derivative more than was asked for. If that does not exist, there is no limit. */
function unlessRefused(make: () => Node): Node | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof FormulaError) return undefined
    throw error
  }
}

/** Each component depends only on the same component of the variable. */
function isElementwise(root: Node, variable: string): boolean {
  const shapes: readonly string[] = [...elementwiseShapes, "quotient"]
  return operandsFirst(root, argumentsOf).every(
    (node) => node.kind !== "call" || !dependsOn(node, variable) || (node.dim === root.dim && shapes.includes(rowOf(node).shape)),
  )
}

/** The gradient is 0 wherever the formula is 0: a sum of squares, with any factors. */
function isFlat(root: Node): boolean {
  const flatness = new Map<Node, boolean>()
  for (const node of operandsFirst(root, argumentsOf)) {
    const row = node.kind === "call" ? rowOf(node) : undefined
    const flat = row ? linearPlaces(row).map((n) => flatness.get(argumentsOf(node)[n]!)!) : []
    flatness.set(node, row?.flat === true || (row?.linear === "one" ? flat.includes(true) : flat.length > 0 && !flat.includes(false)))
  }
  return flatness.get(root)!
}

/** Points at which formulas are evaluated: numbers from 0.5 to 1.5, with random signs at two of the points. */
const points: readonly Point[] = [1, 2, 3, 4].map((seed) => (variable) => {
  const number = (k: number) => {
    const chance = Math.abs(Math.sin(seed * 12.9898 + [...variable.name].reduce((hash, one) => hash * 31 + one.charCodeAt(0), k) * 78.233))
    return (0.5 + chance) * (seed > 2 && Math.floor(chance * 1e4) % 2 === 1 ? -1 : 1)
  }
  return Array.from({ length: variable.dim }, (_, k) => number(k))
})

const areNumbers = (numbers: readonly number[] | undefined) => numbers?.every(Number.isFinite) === true

/** The same point, but with the value at a limit point, or `step` beside it. */
const at =
  ({ value, arg }: LimitPoint, point: Point, step = 0): Point =>
  (variable) => {
    const number = variable.name === names.value ? value + step : variable.name === names.arg && step === 0 ? arg : undefined
    return number === undefined ? point(variable) : new Array<number>(variable.dim).fill(number)
  }

/** Whether a formula is 0 at a limit point, up to rounding, for all points at which it is finite there. */
function vanishes(f: Node, limitPoint: LimitPoint): boolean {
  let isKnown = false
  for (const point of points) {
    const there = sample(f, at(limitPoint, point))
    if (!areNumbers(there)) continue
    isKnown = true
    const size = Math.max(...there!.map(Math.abs))
    if (size > 0 && size > ROUNDING * Math.max(...around(f, limitPoint, point).map(Math.abs))) return false
  }
  return isKnown
}

/** The largest value that counts as 0, relative to the values beside the limit point. */
const ROUNDING = 1e-9
const around = (f: Node, limitPoint: LimitPoint, point: Point) =>
  [-0.5, 0.25, 0.5].flatMap((step) => sample(f, at(limitPoint, point, step)) ?? []).filter(Number.isFinite)
