// Reads what follows an operand: an operator, a comma, a closing parenthesis or the end. What binds more tightly than that is finished first.
import * as say from "../../messages/formula.ts"
import type { levels, Operation } from "../../operations/operation.ts"
import type { VariableRule } from "../../operations/shapes.ts"
import type { Count } from "../dimensions/arity.ts"
import type { Dim, Wrong } from "../dimensions/operand.ts"
import { type Rule, rule } from "../dimensions/rules.ts"
import { type InsteadOfOperator, insteadOfOperator } from "../foreign.ts"
import {
  type Counts,
  isOperation,
  negation,
  type OperationName,
  type OperatorText,
  type OwnNames,
  operatorRow,
  type Precedence,
  powerRow,
  precedence,
  type RowOf,
  rowOf,
  type ShapeOfOperator,
  type WrongCount,
  wrongCount,
} from "../lookup.ts"
import type { Letter, Space, Word } from "./characters.ts"
import type { ReadOperand } from "./read-operand.ts"
import {
  type FailIn,
  type Frame,
  fail,
  failIn,
  type Parsing,
  type Ruled,
  rowNamed,
  ruled,
  type Snip,
  skipSpace,
  snip,
  type Value,
} from "./state.ts"

/** `v` is the operand before the position `s`; it begins at `start`. */
export type ReadOperator<s, v, start, frames, dims, f extends string> = s extends `${infer c}${infer rest}`
  ? c extends Space
    ? ReadOperator<rest, v, start, frames, dims, f>
    : c extends ")" | ","
      ? Close<c, rest, s, v, frames, dims, f>
      : OperatorAt<c, rest> extends [infer operator extends OperatorText, infer after]
        ? Bind<operator, after, s, v, start, frames, dims, f>
        : NoOperator<c extends Letter ? Word<rest, c>[0] : c, s, f>
  : frames extends [infer precedence, infer what, unknown, infer from, unknown]
    ? precedence extends 0
      ? what extends ""
        ? Dim<Plain<v>>
        : Wrong<say.NotClosed<Snip<from, "">>>
      : FinishOperator<s, v, frames, dims, f>
    : never

type NoOperator<what extends string, s, f extends string> = Wrong<say.Unexpected<what, Snip<f, s>, InsteadOfOperator<what, s>>>
/** For each precedence of an operator, those of what is finished before it: `**` associates to the right. */
type Before = { [p in Precedence[OperatorText]]: p extends Precedence["**"] ? never : AtLeast<p, typeof levels> }
type AtLeast<p, levels extends readonly unknown[]> = levels extends readonly [infer first, ...infer rest]
  ? first extends p
    ? levels[number]
    : AtLeast<p, rest>
  : never
type Bind<operator extends OperatorText, after, s, v, start, frames, dims, f extends string> = frames extends [
  infer top,
  unknown,
  unknown,
  infer from,
  unknown,
]
  ? top extends Before[Precedence[operator]]
    ? [top, Precedence[operator]] extends [1, 1]
      ? FailIn<say.Chained, from, s>
      : FinishOperator<s, v, frames, dims, f>
    : v extends `[${string}`
      ? Wrong<say.Unexpected<operator, Snip<f, s>, say.AfterList>>
      : ReadOperand<after, [Precedence[operator], operator, Plain<v>, start, frames], dims, f>
  : never
/** The whole formula's value at its end; nothing where another operand must follow. */
export function readOperator(p: Parsing, first: Value): Value | undefined {
  let value = first
  for (;;) {
    skipSpace(p)
    const c = p.text[p.at]
    const top = p.frames.at(-1)!
    if (c === undefined || c === ")" || c === ",") {
      if (top.precedence > 0) value = finishOperator(p, value)
      else if (c === undefined) return top.what === "" ? value : fail(say.NotClosed(snip(p, top.start, p.at)), top.start, p.at)
      else {
        const closed = close(p, c, top, value)
        if (!closed) return undefined
        value = closed
      }
    } else {
      const operator = operatorAt(p)
      if (value.list) fail(say.Unexpected(operator, snip(p, 0, p.at), say.AfterList()), p.at, p.at + operator.length)
      if (top.precedence >= precedence[operator] + (operator === "**" ? 1 : 0)) {
        if (top.precedence === 1 && precedence[operator] === 1) failIn(p, say.Chained(), top.start, p.at)
        value = finishOperator(p, value)
      } else {
        p.frames.push({ precedence: precedence[operator], what: operator, args: [value], start: value.node.start })
        p.at += operator.length
        return undefined
      }
    }
  }
}

/** `[operator, what follows]`. */
type OperatorAt<c extends string, rest> = rest extends `${infer d}${infer after}`
  ? `${c}${d}` extends OperatorText
    ? [`${c}${d}`, after]
    : [c, rest]
  : [c, rest]
function operatorAt(p: Parsing): OperatorText {
  const two = p.text.slice(p.at, p.at + 2)
  const one = two.slice(0, 1)
  if (Object.hasOwn(precedence, two)) return two as OperatorText
  if (Object.hasOwn(precedence, one)) return one as OperatorText
  return noOperator(p, /^[A-Za-z_][A-Za-z_0-9]*/.exec(p.text.slice(p.at))?.[0] ?? String.fromCodePoint(p.text.codePointAt(p.at)!))
}
function noOperator(p: Parsing, what: string): never {
  const remedy = insteadOfOperator(what, p.text.slice(p.at))
  return fail(say.Unexpected(what, snip(p, 0, p.at), remedy), p.at, p.at + what.length)
}

type Close<c extends string, rest, s, v, frames, dims, f extends string> = frames extends [
  infer precedence,
  infer what,
  infer args,
  infer start,
  infer below,
]
  ? precedence extends 0
    ? c extends ","
      ? what extends OperationName | OwnNames<dims>
        ? ReadOperand<rest, [0, what, Listed<args, v>, start, below], dims, f>
        : NoOperator<c, s, f>
      : what extends OperationName | OwnNames<dims>
        ? Call<rest, what, Listed<args, v>, start, below, dims, f>
        : what extends "("
          ? ReadOperator<rest, v, start, below, dims, f>
          : NoOperator<c, s, f>
    : FinishOperator<s, v, frames, dims, f>
  : never
/** Only the second of the arguments may have to be a variable. */
type Listed<args, v> = args extends ""
  ? Plain<v>
  : args extends `${string};${string}`
    ? `${args};${Plain<v> & string}`
    : `${args & string};${v & string}`
/** Without the mark of a variable. */
type Plain<v> = v extends `@${infer dim}` ? dim : v
/** Ends a call or a group, or an argument of a call (then nothing). */
function close(p: Parsing, c: string, top: Frame, value: Value): Value | undefined {
  const name = top.what
  const row = rowNamed(p, name)
  const wanted = c === ")" ? name !== "" : row !== undefined
  if (!wanted) noOperator(p, c)
  p.at++
  if (c === ",") {
    top.args.push(value)
    return undefined
  }
  p.frames.pop()
  if (!row) return { ...value, node: { ...value.node, start: top.start, end: p.at } }
  return call(p, name, row, [...top.args, value], top.start, p.at)
}

type Call<s, name extends string, args, start, frames, dims, f extends string> =
  RowOf<name, dims> extends infer row
    ? Count<args> extends Counts<row>
      ? RuleOf<row, args> extends infer d
        ? d extends Wrong<infer sentence>
          ? Ruled<sentence, dims, ReadOperator<s, "1", start, frames, dims, f>, start, s>
          : ReadOperator<s, d, start, frames, dims, f>
        : never
      : FailIn<WrongCount<name, row, Count<args>>, start, s>
    : never
type RuleOf<row, args> = row extends { shape: infer shape }
  ? Rule<shape, shape extends VariableRule ? args : args extends `${infer before}@${infer after}` ? `${before}${after}` : args>
  : never
function call(p: Parsing, name: string, row: Operation, args: readonly Value[], start: number, end: number): Value {
  if (args.length > row.args.length || args.length < row.args.length - (row.optional ?? 0))
    failIn(p, wrongCount(name, row, args.length), start, end)
  const dim = ruled(p, rule(row.shape, args), start, end)
  const own = isOperation(name) ? {} : { row }
  return { dim, node: { kind: "call", dim, name, ...own, args: args.map((arg) => arg.node), start, end } }
}

type FinishOperator<s, v, frames, dims, f extends string> = frames extends [unknown, infer what, infer left, infer start, infer below]
  ? what extends keyof ShapeOfOperator
    ? Rule<ShapeOfOperator[what], `${left & string};${Plain<v> & string}`> extends infer d
      ? d extends Wrong<infer sentence>
        ? Ruled<sentence, dims, ReadOperator<s, "1", start, below, dims, f>, start, s>
        : ReadOperator<s, d, start, below, dims, f>
      : never
    : ReadOperator<s, Negative<Plain<v>>, start, below, dims, f>
  : never
/** Finishes the operator on top, whose right operand `right` is. */
function finishOperator(p: Parsing, right: Value): Value {
  const top = p.frames.pop()!
  const left = top.args[0]
  return left ? binary(p, top.what, left, right) : negative(top.start, right)
}

function binary(p: Parsing, operator: string, left: Value, right: Value): Value {
  const [start, end] = [left.node.start, right.node.end]
  const power = operator === "**" ? powerRow(right.literal === undefined ? undefined : Number(right.literal)) : undefined
  const row = power ?? operatorRow(operator)
  const dim = ruled(p, rule(power ? "broadcast2" : rowOf(row.name).shape, [left, right]), start, end)
  const pair = "mirrored" in row && row.mirrored ? [right.node, left.node] : [left.node, right.node]
  const args = power && !power.keepsExponent ? [left.node] : pair
  return { dim, node: { kind: "call", dim, name: row.name, args, start, end } }
}

export type Negative<v> = v extends `=~${infer n}` ? `=${n}` : v extends `=${infer n}` ? `=~${n}` : v
/** A sign before a number belongs to the number. */
function negative(start: number, operand: Value): Value {
  const { node, dim, literal } = operand
  if (literal === undefined || node.kind !== "number") {
    return { dim, node: { kind: "call", dim, name: negation, args: [node], start, end: node.end } }
  }
  const opposite = literal.startsWith("-") ? literal.slice(1) : `-${literal}`
  return { dim, literal: opposite, node: { ...node, value: -node.value, start } }
}
