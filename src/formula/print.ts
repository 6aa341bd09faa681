// The printer, inverse of the parser: from a tree to a text that parses to the same tree, with no parentheses that are not needed. It has
// no twin in types, where there are no trees.
import { TooLong } from "../messages/limits.ts"
import { unaryMinusPrecedence } from "../operations/operation.ts"
import { about } from "./error.ts"
import * as limits from "./limits.ts"
import { powerRow, precedence, rowOf } from "./lookup.ts"
import { argumentsOf, type CallNode, type Node } from "./node.ts"
import { operandsFirst } from "./walk.ts"

/** Binds more tightly than every operator. */
const atom = 7

/**
 * The text of a tree.
 *
 * @example
 * print(parse("((x - (y * 2)))", { x: 3, y: 3 })) // "x - y * 2"
 */
export function print(root: Node): string {
  const texts = new Map<Node, Written>()
  for (const node of operandsFirst(root, argumentsOf)) {
    const written = write(node, (arg, least) => {
      const [text, binds] = texts.get(arg)!
      return binds < least ? `(${text})` : text
    })
    // shared parts are printed each time
    if (written[0].length > limits.length) throw about("", TooLong(limits.length))
    texts.set(node, written)
  }
  return texts.get(root)![0]
}

/** A text and how tightly its outermost operator binds. */
type Written = readonly [text: string, binds: number]
/** The text of an argument, in parentheses if it binds less tightly than `least`. */
type Within = (arg: Node, least: number) => string

function write(node: Node, within: Within): Written {
  if (node.kind === "variable") return [node.name, atom]
  if (node.kind === "number") {
    const text = Object.is(node.value, -0) ? "-0" : String(node.value)
    return [text, text.startsWith("-") ? unaryMinusPrecedence : atom]
  }
  if (node.kind === "list") return [`[${node.values.join(", ")}]`, atom]
  const called = () => `${node.name}(${node.args.map((arg) => within(arg, 0)).join(", ")})`
  return writePower(node, within) ?? writePrefix(node, within) ?? writeOperator(node, within) ?? [called(), atom]
}

/** `f ** e`, if the parser reads that as this very call. */
function writePower(node: CallNode, within: Within): Written | undefined {
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
function writePrefix(node: CallNode, within: Within): Written | undefined {
  const { prefix } = rowOf(node)
  const operand = node.args[0]!
  return prefix === undefined || operand.kind === "number"
    ? undefined
    : [prefix + within(operand, unaryMinusPrecedence), unaryMinusPrecedence]
}

function writeOperator(node: CallNode, within: Within): Written | undefined {
  const { args } = node
  const { operator } = rowOf(node)
  if (!operator) return undefined
  const binds = precedence[operator.text]
  const chains = binds > precedence["<"]
  return [`${within(args[0]!, chains ? binds : binds + 1)} ${operator.text} ${within(args[1]!, binds + 1)}`, binds]
}
