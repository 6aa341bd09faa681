// What the parser keeps while it reads: open calls, groups and operators that wait for their right operand.
import { Located } from "../../messages/formula.ts"
import type { Operation } from "../../operations/operation.ts"
import type { Operand, Wrong } from "../dimensions/operand.ts"
import { FormulaError } from "../error.ts"
import { isOperation, rowOf } from "../lookup.ts"
import type { Node } from "../node.ts"
import type { Trim } from "./characters.ts"

/** An operand that has been read. */
export interface Value extends Operand {
  readonly node: Node
}

/** In types a tuple, `[precedence, what, args, start, frame below]`. */
export interface Frame {
  /** 0 for what a parenthesis or the end closes, else how tightly the operator binds. */
  readonly precedence: number
  /** "" at the bottom, "(" for a group, the operation's name, the operator, or "negative" for a minus sign. */
  readonly what: string
  /** Operands so far. */
  readonly args: Value[]
  readonly start: number
}

export interface Parsing {
  readonly text: string
  readonly dims: Readonly<Record<string, number>>
  /** The operations of a user, by their names. */
  readonly own: Readonly<Record<string, Operation>>
  /** Whether dimension rules are ignored, so that only mistakes of syntax and of names are found. */
  readonly lax: boolean
  at: number
  readonly frames: Frame[]
}

/** Among the dimensions of variables, says to types what `lax` says at run time. No name is like it. */
export interface Lax {
  readonly "#": "lax"
}

/** The row of the operation that a name means, if it means one. */
export function rowNamed(p: Parsing, name: string): Operation | undefined {
  return isOperation(name) ? rowOf(name) : Object.hasOwn(p.own, name) ? p.own[name] : undefined
}

/** The text between two offsets, as a message quotes it. */
export type Snip<start, end> = start extends `${infer text}${end & string}` ? Trim<text> : ""
export function snip(p: Parsing, start: number, end: number): string {
  return p.text.slice(start, end).trim()
}

/** `sentence` about the text between two places, which it quotes. */
export type FailIn<sentence extends string, start, end> = Wrong<Located<Snip<start, end>, sentence>>
/** Throws `sentence` about the text from `start` to `end`, which it quotes. */
export function failIn(p: Parsing, sentence: string, start: number, end: number): never {
  const place = snip(p, start, end)
  throw new FormulaError(Located(place, sentence), start, start + place.length)
}

/** `passed` if dimensions are ignored (`Lax`); otherwise the sentence of a rule, about the text between two places. */
export type Ruled<sentence extends string, dims, passed, start, end> = dims extends Lax ? passed : FailIn<sentence, start, end>
/** The dimension that a rule returns; if that is a sentence, 1 if dimensions are ignored, else the error. */
export function ruled(p: Parsing, dim: number | string, start: number, end: number): number {
  return typeof dim === "number" ? dim : p.lax ? 1 : failIn(p, dim, start, end)
}

/** Throws `sentence`, which names the position itself. */
export function fail(sentence: string, start: number, end: number): never {
  throw new FormulaError(sentence, start, end)
}

export function skipSpace(p: Parsing): void {
  while (" \n\t\r".includes(p.text[p.at] ?? "end")) p.at++
}
