// Reads what follows an operand: an operator, a comma, a closing parenthesis or the end. What binds more tightly than that is finished first.
import * as say from "../messages/formula.ts"
import { rule } from "./rules.ts"
import { type Frame, fail, failIn, type Parsing, skipSpace, snip, type Value } from "./stack.ts"
import {
  argumentList,
  isOperation,
  negation,
  type OperationName,
  type OperatorText,
  operatorRow,
  powerRow,
  precedence,
  rowOf,
} from "./table.ts"

/** The whole formula's value at its end; nothing where another operand must follow. */
export function readOperator(p: Parsing, first: Value): Value | undefined {
  let value = first
  for (;;) {
    skipSpace(p)
    const c = p.text[p.at]
    const top = p.frames.at(-1)!
    if (c === undefined || c === ")" || c === ",") {
      if (top.precedence > 0) value = reduce(p, value)
      else if (c === undefined) return top.what === "" ? value : fail(say.NotClosed(snip(p, top.start, p.at)), top.start, p.at)
      else {
        const closed = close(p, c, top, value)
        if (!closed) return undefined
        value = closed
      }
    } else {
      const operator = operatorAt(p)
      if (top.precedence >= precedence[operator] + (operator === "**" ? 1 : 0)) {
        if (top.precedence === 1 && precedence[operator] === 1) failIn(p, say.Chained(), top.start, p.at)
        value = reduce(p, value)
      } else {
        p.frames.push({ precedence: precedence[operator], what: operator, args: [value], start: value.node.start })
        p.at += operator.length
        return undefined
      }
    }
  }
}

function operatorAt(p: Parsing): OperatorText {
  const two = p.text.slice(p.at, p.at + 2)
  const one = two.slice(0, 1)
  if (Object.hasOwn(precedence, two)) return two as OperatorText
  if (Object.hasOwn(precedence, one)) return one as OperatorText
  const word = /^[A-Za-z_][A-Za-z_0-9]*/.exec(p.text.slice(p.at))?.[0] ?? one
  return fail(say.Unexpected(word, snip(p, 0, p.at)), p.at, p.at + word.length)
}

/** Ends a call or a group, or an argument of a call (then nothing). */
function close(p: Parsing, c: string, top: Frame, value: Value): Value | undefined {
  const name = top.what
  const wanted = c === ")" ? name !== "" : isOperation(name)
  if (!wanted) fail(say.Unexpected(c, snip(p, 0, p.at)), p.at, p.at + 1)
  p.at++
  if (c === ",") {
    top.args.push(value)
    return undefined
  }
  p.frames.pop()
  if (!isOperation(name)) return { ...value, node: { ...value.node, start: top.start, end: p.at } }
  return call(p, name, [...top.args, value], top.start, p.at)
}

function call(p: Parsing, name: OperationName, args: readonly Value[], start: number, end: number): Value {
  const row = rowOf(name)
  if (args.length !== row.args.length) failIn(p, say.WrongCount(name, argumentList(name), say.Arguments(args.length)), start, end)
  const dim = rule(row.shape, args)
  if (typeof dim === "string") failIn(p, dim, start, end)
  return { dim, node: { kind: "call", dim, name, args: args.map((arg) => arg.node), start, end } }
}

/** Finishes the operator on top, whose right operand `right` is. */
function reduce(p: Parsing, right: Value): Value {
  const top = p.frames.pop()!
  const left = top.args[0]
  return left ? binary(p, top.what, left, right) : negative(top.start, right)
}

function binary(p: Parsing, operator: string, left: Value, right: Value): Value {
  const [start, end] = [left.node.start, right.node.end]
  const power = operator === "**" ? powerRow(right.literal === undefined ? undefined : Number(right.literal)) : undefined
  const row = power ?? operatorRow(operator)
  const dim = rule(power ? "broadcast2" : rowOf(row.name).shape, [left, right])
  if (typeof dim === "string") return failIn(p, dim, start, end)
  const pair = "mirrored" in row && row.mirrored ? [right.node, left.node] : [left.node, right.node]
  const args = power && !power.keepsExponent ? [left.node] : pair
  return { dim, node: { kind: "call", dim, name: row.name, args, start, end } }
}

/** A sign before a number belongs to the number. */
function negative(start: number, operand: Value): Value {
  const { node, dim, literal } = operand
  if (literal === undefined || node.kind !== "number") {
    return { dim, node: { kind: "call", dim, name: negation, args: [node], start, end: node.end } }
  }
  const opposite = literal.startsWith("-") ? literal.slice(1) : `-${literal}`
  return { dim, literal: opposite, node: { ...node, value: -node.value, start } }
}
