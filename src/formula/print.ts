// The printer, inverse of the parser: from a tree to a text that parses to the same tree, with no parentheses that are not needed. It has
// no twin in types, where there are no trees.
import { unaryMinusPrecedence } from "../operations/operation.ts"
import type { CallNode, Node } from "./node.ts"
import { powerRow, precedence, rowOf } from "./table.ts"

/** Binds more tightly than every operator. */
const atom = 7

/**
 * The text of a tree.
 *
 * @example
 * print(parse("((x - (y * 2)))", { x: 3, y: 3 })) // "x - y * 2"
 */
export function print(node: Node): string {
  return write(node)[0]
}

/** A text and how tightly its outermost operator binds. */
type Written = readonly [text: string, binds: number]

function write(node: Node): Written {
  if (node.kind === "variable") return [node.name, atom]
  if (node.kind === "number") {
    const text = Object.is(node.value, -0) ? "-0" : String(node.value)
    return [text, text.startsWith("-") ? unaryMinusPrecedence : atom]
  }
  if (node.kind === "list") return [`[${node.values.join(", ")}]`, atom]
  return writePower(node) ?? writePrefix(node) ?? writeOperator(node) ?? [`${node.name}(${node.args.map(print).join(", ")})`, atom]
}

/** In parentheses, if it binds less tightly than `least`. */
function within(node: Node, least: number): string {
  const [text, binds] = write(node)
  return binds < least ? `(${text})` : text
}

/** `f ** e`, where the parser takes that for this very call. */
function writePower(node: CallNode): Written | undefined {
  const { name, args } = node
  const { power } = rowOf(node)
  if (power === undefined) return undefined
  const base = within(args[0]!, atom)
  if (typeof power === "number") return isPower(name, power) ? [`${base} ** ${power}`, precedence["**"]] : undefined
  const exponent = args[1]!
  if (!isPower(name, exponent.kind === "number" ? exponent.value : undefined)) return undefined
  return [`${base} ** ${within(exponent, unaryMinusPrecedence)}`, precedence["**"]]
}

function isPower(name: string, exponent: number | undefined): boolean {
  return powerRow(exponent).name === name
}

/** `-f`; before a number the sign would become part of the number. */
function writePrefix(node: CallNode): Written | undefined {
  const { prefix } = rowOf(node)
  const operand = node.args[0]!
  return prefix === undefined || operand.kind === "number"
    ? undefined
    : [prefix + within(operand, unaryMinusPrecedence), unaryMinusPrecedence]
}

function writeOperator(node: CallNode): Written | undefined {
  const { args } = node
  const { operator } = rowOf(node)
  if (!operator) return undefined
  const binds = precedence[operator.text]
  const chains = binds > precedence["<"]
  return [`${within(args[0]!, chains ? binds : binds + 1)} ${operator.text} ${within(args[1]!, binds + 1)}`, binds]
}
