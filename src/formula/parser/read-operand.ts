// Reads an operand of a formula: signs and opening parentheses before it, then a name or a number.
import * as say from "../../messages/formula.ts"
import { unaryMinusPrecedence } from "../../operations/operation.ts"
import { operations } from "../../operations/table.ts"
import type { IsCount, IsNatural } from "../alias.ts"
import type { Unfinished, Wrong } from "../dimensions/operand.ts"
import { NameError } from "../error.ts"
import { type InsteadOfOperand, insteadOfOperand, type NearOperation, nearOperation } from "../foreign.ts"
import { type ArgumentList, argumentList, type OperationName, type OwnNames, type RowOf, type WrongCount, wrongCount } from "../lookup.ts"
import type { Digit, Letter, Space, Trim, TrimStart, Word } from "./characters.ts"
import { type ReadList, readList, type TakesList, takesList } from "./read-list.ts"
import type { ReadOperator } from "./read-operator.ts"
import { type FailIn, fail, failIn, type Parsing, rowNamed, type Snip, skipSpace, snip, type Value } from "./state.ts"
import { type Alike, alike } from "./suggest.ts"

const word = /[A-Za-z_][A-Za-z_0-9]*/y
/** Whatever looks like a number; `numeric` tests whether it is one. */
const numberLike = /[0-9](?:[eE][+-](?=[0-9])|[A-Za-z_0-9.])*/y
const numeric = /^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

export type ReadOperand<s, frames, dims, f extends string> = s extends `${infer c}${infer rest}`
  ? c extends Space
    ? ReadOperand<rest, frames, dims, f>
    : c extends "("
      ? ReadOperand<rest, [0, "(", "", s, frames], dims, f>
      : [c, TakesList<frames, dims>] extends ["[", true]
        ? ReadList<rest, s, frames, dims, f>
        : c extends "-"
          ? ReadOperand<rest, [typeof unaryMinusPrecedence, "negative", "", s, frames], dims, f>
          : c extends Letter
            ? Word<rest, c> extends [infer name extends string, infer after extends string]
              ? ReadName<after, name, s, frames, dims, f>
              : never
            : c extends Digit
              ? NumberLike<rest, c> extends [infer literal extends string, infer after]
                ? IsNumeric<literal> extends true
                  ? ReadOperator<after, `=${literal}`, s, frames, dims, f>
                  : Wrong<say.NotANumber<literal>>
                : never
              : NoOperand<c, rest, s, frames, dims, f>
  : Trim<f> extends infer text extends string
    ? text extends ""
      ? Wrong<say.Empty>
      : Unfinished<say.EndsEarly<text>, "">
    : never
/** The operand at the parser's position; frames are pushed for what opens before it. */
export function readOperand(p: Parsing): Value {
  for (;;) {
    skipSpace(p)
    const start = p.at
    const c = p.text[start]
    if (c === undefined) {
      const text = snip(p, 0, start)
      return fail(text === "" ? say.Empty() : say.EndsEarly(text), 0, start)
    }
    if (c === "(") {
      p.frames.push({ precedence: 0, what: "(", args: [], start })
      p.at++
    } else if (c === "[" && takesList(p)) {
      return readList(p, start)
    } else if (c === "-") {
      p.frames.push({ precedence: unaryMinusPrecedence, what: "negative", args: [], start })
      p.at++
    } else {
      const name = take(word, p)
      if (name !== undefined) {
        const variable = readName(p, name, start)
        if (variable) return variable
      } else {
        const literal = take(numberLike, p)
        return literal === undefined ? noOperand(p, c) : readNumber(literal, start, p.at)
      }
    }
  }
}

type NumberLike<
  s,
  literal extends string,
> = s extends `${infer a}${infer b}${infer c}${infer d}${infer e}${infer f}${infer g}${infer h}${infer rest}`
  ? [a | b | c | d | e | f | g | h] extends [Digit | "."]
    ? NumberLike<rest, `${literal}${a}${b}${c}${d}${e}${f}${g}${h}`>
    : ShortNumber<s, literal>
  : ShortNumber<s, literal>
type ShortNumber<s, literal extends string> = s extends `${infer c}${infer rest}`
  ? c extends "e" | "E"
    ? rest extends `${"+" | "-"}${Digit}${string}`
      ? rest extends `${infer sign}${infer digits}`
        ? ShortNumber<digits, `${literal}${c}${sign}`>
        : never
      : ShortNumber<rest, `${literal}${c}`>
    : c extends Letter | Digit | "."
      ? ShortNumber<rest, `${literal}${c}`>
      : [literal, s]
  : [literal, s]
type IsNumeric<literal> = literal extends `${number}`
  ? literal extends `${string}${"x" | "o" | "b" | "X" | "O" | "B"}${string}` | `${string}.` | `${string}.${"e" | "E"}${string}`
    ? false
    : literal extends "0" | `0${"." | "e" | "E"}${string}`
      ? true
      : literal extends `0${string}`
        ? false
        : true
  : false

function take(pattern: RegExp, p: Parsing): string | undefined {
  pattern.lastIndex = p.at
  const found = pattern.exec(p.text)?.[0]
  if (found !== undefined) p.at += found.length
  return found
}

function readNumber(literal: string, start: number, end: number): Value {
  const value = Number(literal)
  if (!numeric.test(literal) || !Number.isFinite(value)) fail(say.NotANumber(literal), start, end)
  return { dim: 1, literal, node: { kind: "number", dim: 1, value, start, end } }
}

type ReadName<s extends string, name extends string, start, frames, dims, f extends string> =
  TrimStart<s> extends `(${infer rest}`
    ? name extends "Var"
      ? ReadPosition<rest, start, frames, dims, f>
      : name extends OperationName | OwnNames<dims>
        ? ReadOperand<rest, [0, name, "", start, frames], dims, f>
        : name extends keyof dims
          ? Wrong<say.CalledVariable<name>>
          : Wrong<say.UnknownOperation<name, NearOperation<name, OperationName | OwnNames<dims>>>>
    : name extends keyof dims
      ? ReadOperator<s, `@${dims[name] & string}`, start, frames, dims, f>
      : name extends OperationName | OwnNames<dims>
        ? Unfinished<say.NotCalled<name, ArgumentList<RowOf<name, dims>>>, name>
        : Unfinished<say.UnknownVariable<name, Alike<name, keyof dims & string>>, name>
/** A variable; or nothing where the name opens a call, whose frame is pushed. */
function readName(p: Parsing, name: string, start: number): Value | undefined {
  const end = p.at
  skipSpace(p)
  const opens = p.text[p.at] === "("
  if (opens && name === "Var") return readPosition(p, start)
  if (opens) {
    if (!rowNamed(p, name)) {
      if (Object.hasOwn(p.dims, name)) fail(say.CalledVariable(name), start, end)
      return fail(say.UnknownOperation(name, nearOperation(name, [...Object.keys(operations), ...Object.keys(p.own)])), start, end)
    }
    p.frames.push({ precedence: 0, what: name, args: [], start })
    p.at++
    return undefined
  }
  if (Object.hasOwn(p.dims, name)) return variable(p, name, start, end)
  const row = rowNamed(p, name)
  const sentence = row ? say.NotCalled(name, argumentList(row)) : say.UnknownVariable(name, alike(name, Object.keys(p.dims)))
  throw new NameError(sentence, start, end, name)
}

function variable(p: Parsing, name: string, start: number, end: number): Value {
  const dim = p.dims[name]!
  return { dim, isVariable: true, node: { kind: "variable", dim, name, start, end } }
}

/** Types do not know the order of the variables, so they take the dimension that is written. */
type ReadPosition<s, start, frames, dims, f extends string> = s extends `${infer inside})${infer rest}`
  ? inside extends `${infer position},${infer dim},${infer category}`
    ? [IsCount<Trim<position>>, IsNatural<Trim<dim>>, IsCount<Trim<category>>] extends [true, true, true]
      ? CheckPosition<rest, Trim<dim>, Trim<category>, start, frames, dims, f>
      : Wrong<say.VariableForm<Snip<start, rest>>>
    : Wrong<say.VariableForm<Snip<start, rest>>>
  : Wrong<say.NotClosed<Snip<start, "">>>
type CheckPosition<s, dim, category, start, frames, dims, f extends string> = category extends "0" | "1" | "2"
  ? ReadOperator<s, `@${dim & string}`, start, frames, dims, f>
  : Wrong<say.NotACategory<Snip<start, s>>>
/** `Var(position, dimension, category)`, KeOps's way to write a variable without its name; the parser is at the parenthesis. */
function readPosition(p: Parsing, start: number): Value {
  const close = p.text.indexOf(")", p.at)
  if (close < 0) fail(say.NotClosed(snip(p, start, p.text.length)), start, p.text.length)
  const text = p.text.slice(start, close + 1)
  const parts = p.text
    .slice(p.at + 1, close)
    .split(",")
    .map((part) => part.trim())
  if (parts.length !== 3 || !parts.every((part, n) => /^(0|[1-9][0-9]*)$/.test(part) && !(n === 1 && part === "0")))
    fail(say.VariableForm(text), start, close + 1)
  if (!["0", "1", "2"].includes(parts[2]!)) fail(say.NotACategory(text), start, close + 1)
  const [position, dim] = parts.map(Number) as [number, number]
  const names = Object.keys(p.dims)
  const name = names[position]
  if (name === undefined) return fail(say.noVariableAt(text, position, names.length), start, close + 1)
  if (p.dims[name] !== dim && !p.lax) fail(say.otherVariableAt(text, name, p.dims[name]!), start, close + 1)
  p.at = close + 1
  return variable(p, name, start, p.at)
}

type NoOperand<c extends string, rest, s, frames, dims, f> = c extends "+"
  ? Wrong<say.Unexpected<"+", Snip<f, s>, say.LeaveOut>>
  : [c, frames] extends [")", [0, infer name extends OperationName | OwnNames<dims>, "", infer start, unknown]]
    ? FailIn<WrongCount<name, RowOf<name, dims>, 0>, start, rest>
    : Wrong<say.Unexpected<c, Snip<f, s>, InsteadOfOperand<c, frames extends [unknown, infer before, ...unknown[]] ? before : never>>>
function noOperand(p: Parsing, c: string): never {
  const before = snip(p, 0, p.at)
  const top = p.frames.at(-1)!
  const sign = String.fromCodePoint(p.text.codePointAt(p.at)!)
  if (c === "+") fail(say.Unexpected(c, before, say.LeaveOut()), p.at, p.at + 1)
  const row = rowNamed(p, top.what)
  if (c === ")" && top.args.length === 0 && row) failIn(p, wrongCount(top.what, row, 0), top.start, p.at + 1)
  return fail(say.Unexpected(sign, before, insteadOfOperand(sign, top.what)), p.at, p.at + sign.length)
}
