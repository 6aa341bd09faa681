// Builds trees from trees: calls whose dimension follows from the rule, and formulas of the tables with trees substituted for their arguments.
// The trees share parts, so walks over them must remember the nodes that they have visited.

import type { Operand } from "../formula/dimensions/operand.ts"
import { rule } from "../formula/dimensions/rules.ts"
import { rowOf } from "../formula/lookup.ts"
import { argumentsOf, type CallNode, literalValue, type Node } from "../formula/node.ts"
import { parse } from "../formula/parser/parse.ts"
import { operandsFirst } from "../formula/walk.ts"
import type { Literal, Operation } from "../operations/operation.ts"
import { integerArguments } from "../operations/shapes.ts"
import type { InternalName, OperationName } from "../operations/table.ts"
import { spend } from "./budget.ts"

const nowhere = { start: 0, end: 0 }

export function number(value: number): Node {
  return { kind: "number", dim: 1, value, ...nowhere }
}

export function call(name: OperationName | InternalName, ...args: readonly Node[]): CallNode {
  const row = rowOf({ name })
  const operand = (arg: Node): Operand => ({
    dim: arg.dim,
    isVariable: arg.kind === "variable",
    ...(arg.kind === "number" && { literal: String(arg.value) }),
    ...(arg.kind === "list" && { list: arg.values }),
  })
  const dim = rule(row.shape, args.map(operand))
  if (typeof dim === "string") throw new Error(`in the table of operations: ${name}: ${dim}`)
  return { kind: "call", dim, name, args, ...nowhere }
}

/** Parses a formula of a row. */
export type Read = typeof parse

/** A formula of the table, or of a user-defined row that may call the operations `own`, with trees substituted for its names. */
export function instantiate(text: string, bindings: Readonly<Record<string, Node>>, own?: Operation["own"], read: Read = parse): Node {
  const dims = Object.fromEntries(Object.entries(bindings).map(([name, node]) => [name, node.dim]))
  return rewrite(read(text, dims, own), (node) => (node.kind === "variable" ? bindings[node.name] : undefined))
}

/**
 * Rebuilds a tree from its leaves up: `change` returns the replacement of a node whose operands have been rebuilt, or undefined. `done` maps nodes
 * to their replacements; `rewrite` adds to it. Each node is a step of the derivation's budget.
 */
export function rewrite(root: Node, change: (node: Node) => Node | undefined, done = new Map<Node, Node>()): Node {
  for (const node of operandsFirst(root, argumentsOf, (one) => done.has(one))) {
    let rebuilt = node
    if (node.kind === "call") {
      const args = node.args.map((arg) => done.get(arg)!)
      if (args.some((arg, n) => arg !== node.args[n])) rebuilt = { ...node, args }
    }
    spend()
    done.set(node, change(rebuilt) ?? rebuilt)
  }
  return done.get(root)!
}

/** The arguments of functions in rows: the value of each integer, the dimension of each other argument. */
export function numbersOf(node: CallNode): Literal[] {
  const integers = integerArguments[rowOf(node).shape] ?? []
  return node.args.map((arg, n) => (integers.includes(n) ? literalValue(arg) : arg.dim))
}

/** The formula that a call's row `means`, if any. */
export function meaningOf(node: CallNode): string | undefined {
  const { means } = rowOf(node)
  return typeof means === "function" ? means(...numbersOf(node)) : means
}
