// A template or a string of the source as pieces of text, and where in the source each of their characters stands.
import type ts from "typescript"
import type { Compiler } from "../context.ts"

/** `$<x>`, `$<this.x>`, `$<a?.b[0]>`: a reference to what is in scope, an identifier or `this`, and members of it. */
const reference =
  /\$<\s*([\p{ID_Start}$_][\p{ID_Continue}$]*(?:\s*\??\.\s*#?[\p{ID_Start}$_][\p{ID_Continue}$]*|\s*(?:\?\.)?\[\s*(?:\d+|"[^"\\\n>]*"|'[^'\\\n>]*')\s*\])*)\s*>/gu
/** `$<x:Vi(3)>` declares a variable and is part of the text; so is `$<x>` then. */
const declared = /\$<\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*:/gu

/** The names that the literals of a template declare. */
export function declaredIn(literals: readonly ts.TemplateLiteralToken[]): ReadonlySet<string> {
  return new Set(literals.flatMap(({ text }) => [...text.matchAll(declared)].map((match) => match[1]!)))
}

export interface Piece {
  readonly text: string
  /** Of the piece and its delimiters, one character before the text: never empty. */
  readonly start: number
  readonly end: number
}

export interface Reference {
  /** An identifier, or an expression with members. */
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Cuts the text of one literal at its references to names that are not `own`: pieces and references take turns, pieces first and last. */
export function cut(
  file: ts.SourceFile,
  literal: ts.TemplateLiteralToken,
  own: ReadonlySet<string>,
): readonly [Piece, ...(Reference | Piece)[]] {
  const start = literal.getStart(file)
  const at = (offset: number) => position(file.text, start + 1, offset)
  const parts: (Reference | Piece)[] = []
  let from = 0
  let begin = start
  for (const match of literal.text.matchAll(reference)) {
    const name = match[1]!
    if (own.has(name)) continue
    const first = match.index + match[0].indexOf(name, 2)
    parts.push({ text: literal.text.slice(from, match.index), start: begin, end: at(match.index) + 2 })
    parts.push({ name, start: at(first), end: at(first + name.length) })
    from = match.index + match[0].length
    begin = at(from) - 1
  }
  parts.push({ text: literal.text.slice(from), start: begin, end: literal.end })
  return parts as [Piece, ...(Reference | Piece)[]]
}

/** Where the character `offset` of a literal's value stands, given where the literal's text begins: escapes and line ends differ in length. */
export function position(source: string, begin: number, offset: number): number {
  let at = begin
  for (let done = 0; done < offset; ) {
    const length = escapeLength(source, at)
    // A backslash at the end of a line stands for nothing.
    if (!(source[at] === "\\" && /[\r\n\u2028\u2029]/.test(source[at + 1] ?? ""))) done += codeUnits(source, at, length)
    at += length
  }
  return at
}

function escapeLength(source: string, at: number): number {
  if (source[at] === "\r" && source[at + 1] === "\n") return 2
  if (source[at] !== "\\") return 1
  const rest = source.slice(at, at + 12)
  return (/^\\(?:x[\da-f]{2}|u[\da-f]{4}|u\{[\da-f]+\}|\r\n)/i.exec(rest)?.[0].length ?? 2) || 2
}

/** `\u{1f600}` is one escape and two characters. */
function codeUnits(source: string, at: number, length: number): number {
  const code = /^\\u\{([\da-f]+)\}/i.exec(source.slice(at, at + length))?.[1]
  return code !== undefined && Number.parseInt(code, 16) > 0xffff ? 2 : 1
}

/** A backslash with what stands for no character: the program would get no text at all. */
const brokenEscape = /(?<!\\)(?:\\\\)*\\(?:u(?![\da-fA-F]{4}|\{[\da-fA-F]{1,6}\})|x(?![\da-fA-F]{2})|[1-9]|0\d)/

/** The first escape in a template's literals that is not one; undefined where there is none. */
export function escapeThatIsNone(ts: Compiler, file: ts.SourceFile, template: ts.TemplateLiteral): string | undefined {
  for (const token of literals(ts, template)) {
    const [found] = brokenEscape.exec(file.text.slice(token.getStart(file), token.end)) ?? []
    if (found !== undefined) return found.slice(-2)
  }
  return undefined
}

/** The literals of a template, in order. */
export function literals(ts: Compiler, template: ts.TemplateLiteral): readonly ts.TemplateLiteralToken[] {
  return ts.isNoSubstitutionTemplateLiteral(template) ? [template] : [template.head, ...template.templateSpans.map((span) => span.literal)]
}
