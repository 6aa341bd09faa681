// Reverse mode on formulas: from a formula, a variable and a cotangent to the formula of the gradient. Each row of the table has its gradients as
// formulas, so a gradient is a formula like any other: it can be printed, checked and differentiated again.
import { FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { rowOf } from "../formula/lookup.ts"
import type { CallNode, Node, VariableNode } from "../formula/node.ts"
import { parse } from "../formula/parser/parse.ts"
import { operandsFirst } from "../formula/walk.ts"
import { NotDifferentiable } from "../messages/calculus.ts"
import { TooManyOperations } from "../messages/limits.ts"
import { InDefinition } from "../messages/user-operation.ts"
import type { Gradient, Operation } from "../operations/operation.ts"
import { structural } from "../operations/table.ts"
import { dependsOn } from "./depends.ts"
import { guarded } from "./guarded.ts"
import { atLimits, type Derivative, limited } from "./limit.ts"
import { simplify } from "./simplify.ts"
import { call, instantiate, meaningOf, number, numbersOf, type Read, rewrite } from "./trees.ts"

/** The name of the cotangent in the gradients of the table. */
const cotangentName = "e"

/**
 * The transposed Jacobian of `f` with respect to `variable` (of dimension `dim`), applied to `e`, which has the dimension of `f` or 1.
 * `read` parses the formulas of rows.
 *
 * @throws FormulaError, without a position, if an operation on the way has no derivative.
 */
export function gradient(f: Node, variable: string, dim: number, e: Node, read?: Read): Node {
  const derivative: Derivative = (tree, name, size, cotangent) => gradient(tree, name, size, cotangent, read)
  const root = simplify(expand(atLimits(f, variable, derivative), read))
  const received = new Map<Node, Node>()
  const receive = (node: Node, part: Node) => {
    const before = received.get(node)
    const fitted = broughtTo(part, node.dim)
    received.set(node, before ? call(structural.add, before, fitted) : fitted)
  }
  receive(root, guarded(e))
  let result: Node | undefined
  const add = (part: Node) => {
    result = result ? call(structural.add, result, part) : part
  }
  for (const node of dependents(root, variable)) {
    const cotangent = received.get(node)
    if (!cotangent) continue
    if (node.kind === "variable") add(cotangent)
    else if (node.kind === "call" && isOverBasis(node)) add(throughBasis(node, variable, dim, cotangent, read))
    else if (node.kind === "call") for (const [arg, part] of parts(node, cotangent, variable, derivative, read)) receive(arg, part)
  }
  return result ?? call(structural.zeros, number(dim))
}

const isOverBasis = (node: CallNode) => rowOf(node).internal === true

/** The sum over the unit vectors of the gradients of the terms, each with its cotangent. */
function throughBasis(node: CallNode, variable: string, dim: number, e: Node, read: Read | undefined): Node {
  const [basis, body] = apart(node.args as readonly [VariableNode, Node], e)
  const row = rowOf(node)
  const part = instantiate((row.gradient as Gradient).f!, { [row.args[0]!]: basis, [cotangentName]: e })
  return call(structural.sumOver, basis, gradient(body, variable, dim, part, read))
}

/** A unit vector and a formula in it, renamed if `e` contains its name: inside the formula, `e` must have the same meaning as outside. */
function apart([basis, body]: readonly [VariableNode, Node], e: Node): readonly [VariableNode, Node] {
  if (!dependsOn(e, basis.name)) return [basis, body]
  let { name } = basis
  while (dependsOn(e, name) || dependsOn(body, name)) name += "'"
  const renamed = { ...basis, name }
  return [renamed, rewrite(body, (node) => (node.kind === "variable" && node.name === basis.name ? renamed : undefined))]
}

/** Parses the formula of a derivative: its literal zeros are absent zeros, not numbers of the user. */
const slopes =
  (read: Read): Read =>
  (...given) =>
    rewrite(read(...given), (node) =>
      node.kind === "call" && node.name === structural.zeros ? call(structural.zeros, ...node.args) : undefined,
    )

/** The arguments of a call that depend on the variable, each with its cotangent. */
function parts(node: CallNode, cotangent: Node, variable: string, derivative: Derivative, read: Read = parse): (readonly [Node, Node])[] {
  const row = rowOf(node)
  const formulas = gradientOf(node, row)
  return row.args.flatMap((name, n) => {
    const arg = node.args[n]
    if (!arg || !dependsOn(arg, variable)) return []
    const text = formulas === null ? null : formulas[name]
    if (text === null) throw new FormulaError(NotDifferentiable(node.name), 0, 0)
    if (text === undefined) return []
    const part = guarded(rowFormula(node, text, { [cotangentName]: cotangent }, slopes(read)))
    return [[arg, limited(part, cotangent, node, n, derivative)] as const]
  })
}

function gradientOf(node: CallNode, row: Operation): Gradient | null {
  if (row.gradient === null) return null
  if (typeof row.gradient !== "function") return row.gradient ?? {}
  return row.gradient(...numbersOf(node))
}

/** Replaces every operation that `means` a formula, and has no gradient in its row, by that formula. */
export function expand(root: Node, read?: Read): Node {
  return replace(root, read, (node) => (rowOf(node).gradient === undefined ? meaningOf(node) : undefined))
}

/** Replaces every user-defined operation that `means` a formula by that formula. */
export function unfold(root: Node, read?: Read): Node {
  return replace(root, read, ({ row }) => (typeof row?.means === "string" ? row.means : undefined))
}

/** Replaces each call by the formula that `meaning` returns, recursively. Equal calls share one tree, or chains of them would grow exponentially. */
function replace(root: Node, read: Read | undefined, meaning: (node: CallNode) => string | undefined): Node {
  const numbers = new Map<Node, number>()
  const made = new Map<string, Node>()
  const numberOf = (node: Node): number => {
    const number = numbers.get(node) ?? numbers.size
    numbers.set(node, number)
    return number
  }
  const done = new Map<Node, Node>()
  const visit = (tree: Node): Node =>
    rewrite(
      tree,
      (node) => {
        // A replaced tree is not walked again when it is an argument.
        done.set(node, node)
        // `done` has two entries for each operation: the node and its replacement.
        if (done.size > 2 * limits.operations) throw new FormulaError(TooManyOperations(limits.operations), 0, 0)
        const text = node.kind === "call" ? meaning(node) : undefined
        if (node.kind !== "call" || text === undefined) return undefined
        const key = `${node.name} ${node.args.map(numberOf)}`
        const tree = made.get(key) ?? visit(rowFormula(node, text, {}, read))
        made.set(key, tree)
        return tree
      },
      done,
    )
  return visit(root)
}

/** A formula of a call's row, in the call's arguments and `more`. */
function rowFormula(node: CallNode, text: string, more: Readonly<Record<string, Node>>, read: Read | undefined): Node {
  const { args, own } = rowOf(node)
  try {
    return instantiate(text, { ...Object.fromEntries(node.args.map((arg, n) => [args[n]!, arg])), ...more }, own, read)
  } catch (error) {
    if (!own || !(error instanceof FormulaError)) throw error
    throw new FormulaError(InDefinition(node.name, error.message), node.start, node.end)
  }
}

/** Sums or broadcasts a part of a gradient to the dimension of its argument. */
function broughtTo(part: Node, dim: number): Node {
  if (part.dim === dim) return part
  return dim === 1 ? call(structural.sum, part) : call(structural.fill, part, number(dim))
}

/** The nodes that depend on the variable, each before its operands. */
function dependents(root: Node, variable: string): Node[] {
  // The body of an operation over unit vectors is differentiated separately.
  const within = (node: Node) => (node.kind === "call" && !isOverBasis(node) ? node.args : [])
  return operandsFirst(root, within, (node) => !dependsOn(node, variable)).toReversed()
}
