// Patterns of rewrites: parsed from text, matched against a tree, and instantiated as a tree.

import { rule } from "../formula/dimensions/rules.ts"
import { negation, operatorRow, precedence, rowOf } from "../formula/lookup.ts"
import { type CallNode, literalValue, type Node } from "../formula/node.ts"
import { type OperatorText, unaryMinusPrecedence } from "../operations/operation.ts"
import { integerArguments } from "../operations/shapes.ts"
import type { OperationName } from "../operations/table.ts"
import { number } from "./trees.ts"

export type Pattern =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "letter"; readonly letter: string }
  | { readonly kind: "dimension"; readonly letter: string }
  | { readonly kind: "call"; readonly name: OperationName; readonly args: readonly Pattern[] }

/** The trees that the letters are bound to; integers are bound to literals. */
export type Bindings = ReadonlyMap<string, Node>

/** The pattern of a text: calls, operators, one-letter names, integers and `d(letter)`. */
export function readPattern(text: string): Pattern {
  const tokens = text.match(/\d+\.\d+|\w+|[-+*/(),]/g) ?? []
  let at = 0
  const operand = (): Pattern => {
    const token = tokens[at++]!
    if (token === "-") return { kind: "call", name: negation, args: [expression(unaryMinusPrecedence)] }
    if (token === "(") {
      const inside = expression(0)
      at++
      return inside
    }
    if (/^\d/.test(token)) return { kind: "number", value: Number(token) }
    if (tokens[at] !== "(") return { kind: "letter", letter: token }
    const args: Pattern[] = []
    do {
      at++
      args.push(expression(0))
    } while (tokens[at] === ",")
    at++
    const [first] = args
    if (token === "d" && first?.kind === "letter") return { kind: "dimension", letter: first.letter }
    return { kind: "call", name: token as OperationName, args }
  }
  const expression = (least: number): Pattern => {
    let left = operand()
    while (at < tokens.length && precedence[tokens[at] as OperatorText] > least) {
      const operator = tokens[at++] as OperatorText
      left = { kind: "call", name: operatorRow(operator).name, args: [left, expression(precedence[operator])] }
    }
    return left
  }
  return expression(0)
}

const integersOf = (name: OperationName) => integerArguments[rowOf(name).shape] ?? []

/** Matches a tree, and adds the letters to `bound`. Trees are compared by identity. */
export function match(pattern: Pattern, node: Node, bound: Map<string, Node>): boolean {
  if (pattern.kind === "number") return node.kind === "number" && node.value === pattern.value
  if (pattern.kind === "letter") {
    const before = bound.get(pattern.letter)
    bound.set(pattern.letter, node)
    return before === undefined || before === node
  }
  if (pattern.kind === "dimension" || node.kind !== "call" || node.name !== pattern.name || node.row) return false
  const integers = integersOf(pattern.name)
  return pattern.args.every((arg, n) => (integers.includes(n) ? matchInteger(arg, node.args[n]!, bound) : match(arg, node.args[n]!, bound)))
}

function matchInteger(pattern: Pattern, node: Node, bound: Map<string, Node>): boolean {
  const value = literalValue(node)
  if (typeof value !== "number") return false
  if (pattern.kind === "letter" && !bound.has(pattern.letter)) bound.set(pattern.letter, number(value))
  return integer(pattern, bound) === value
}

/** The value of a pattern in an integer position. */
function integer(pattern: Pattern, bound: Bindings): number {
  if (pattern.kind === "number") return pattern.value
  if (pattern.kind === "dimension") return bound.get(pattern.letter)!.dim
  if (pattern.kind === "letter") return literalValue(bound.get(pattern.letter)!) as number
  const [a, b] = pattern.args.map((arg) => integer(arg, bound)) as [number, number]
  return pattern.name === operatorRow("+").name ? a + b : a - b
}

/** The tree of a pattern, each call made by `make`; undefined if a rule of dimensions forbids it. */
export function instance(pattern: Pattern, bound: Bindings, make: (call: CallNode) => Node): Node | undefined {
  if (pattern.kind === "number") return number(pattern.value)
  if (pattern.kind === "letter") return bound.get(pattern.letter)
  if (pattern.kind === "dimension") return number(bound.get(pattern.letter)!.dim)
  const integers = integersOf(pattern.name)
  const args = pattern.args.map((arg, n) => (integers.includes(n) ? number(integer(arg, bound)) : instance(arg, bound, make)))
  if (!args.every((arg) => arg !== undefined)) return undefined
  const operands = args.map((arg) => ({ dim: arg.dim, ...(arg.kind === "number" && { literal: String(arg.value) }) }))
  const dim = rule(rowOf(pattern.name).shape, operands)
  return typeof dim === "string" ? undefined : make({ kind: "call", dim, name: pattern.name, args, start: 0, end: 0 })
}
