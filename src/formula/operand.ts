// Reads an operand of a formula: signs and opening parentheses before it, then a name or a number.
import * as say from "../messages/formula.ts"
import { unaryMinusPrecedence } from "../operations/operation.ts"
import { operations } from "../operations/table.ts"
import { near } from "./near.ts"
import { fail, failIn, type Parsing, skipSpace, snip, type Value } from "./stack.ts"
import { argumentList, isOperation } from "./table.ts"

const word = /[A-Za-z_][A-Za-z_0-9]*/y
/** Whatever looks like a number; `numeric` says whether it is one. */
const numberLike = /[0-9](?:[eE][+-](?=[0-9])|[A-Za-z_0-9.])*/y
const numeric = /^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

/** The operand at the parser's place; frames are pushed for what opens before it. */
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

/** A variable; or nothing where the name opens a call, whose frame is pushed. */
function readName(p: Parsing, name: string, start: number): Value | undefined {
  const end = p.at
  skipSpace(p)
  const opens = p.text[p.at] === "("
  if (opens && name === "Var") return readPosition(p, start)
  if (opens) {
    if (!isOperation(name)) return fail(say.UnknownOperation(name, near(name, Object.keys(operations))), start, end)
    p.frames.push({ precedence: 0, what: name, args: [], start })
    p.at++
    return undefined
  }
  if (Object.hasOwn(p.dims, name)) return variable(p, name, start, end)
  if (isOperation(name)) return fail(say.NotCalled(name, argumentList(name)), start, end)
  const others = Object.keys(p.dims).filter((other) => other.toLowerCase() === name.toLowerCase())
  return fail(say.UnknownVariable(name, others.length === 1 ? others[0]! : ""), start, end)
}

function variable(p: Parsing, name: string, start: number, end: number): Value {
  const dim = p.dims[name]!
  return { dim, node: { kind: "variable", dim, name, start, end } }
}

/** `Var(position, dimension, category)`, KeOps's way to write a variable without its name; the parser stands at the parenthesis. */
function readPosition(p: Parsing, start: number): Value {
  const close = p.text.indexOf(")", p.at)
  if (close < 0) fail(say.NotClosed(snip(p, start, p.text.length)), start, p.text.length)
  const text = p.text.slice(start, close + 1)
  const parts = p.text
    .slice(p.at + 1, close)
    .split(",")
    .map((part) => part.trim())
  if (parts.length !== 3 || !parts.every((part) => /^[0-9]+$/.test(part))) fail(say.VariableForm(text), start, close + 1)
  if (!["0", "1", "2"].includes(parts[2]!)) fail(say.NotACategory(text), start, close + 1)
  const [position, dim] = parts.map(Number) as [number, number]
  const names = Object.keys(p.dims)
  const name = names[position]
  if (name === undefined) return fail(say.NoVariableAt(text, position, names.length), start, close + 1)
  if (p.dims[name] !== dim) fail(say.OtherVariableAt(text, name, p.dims[name]!), start, close + 1)
  p.at = close + 1
  return variable(p, name, start, p.at)
}

function noOperand(p: Parsing, c: string): never {
  const before = snip(p, 0, p.at)
  const top = p.frames.at(-1)!
  if (c === "+") fail(say.UnarySign(before), p.at, p.at + 1)
  if (c === ")" && top.args.length === 0 && isOperation(top.what)) {
    failIn(p, say.WrongCount(top.what, argumentList(top.what), say.Arguments(0)), top.start, p.at + 1)
  }
  return fail(say.Unexpected(c, before), p.at, p.at + 1)
}
