// Where a file holds the text of formulas, and what of such a text a place is in: a word, the arguments of an operation, a reference that begins.
// Terms are holes in the text, for what they hold is TypeScript.
import type { TagPlan } from "../../hosts/host.ts"

export interface Span {
  readonly start: number
  readonly end: number
}

/** The text of a formula between its quotation marks. */
export interface FormulaText extends Span {
  readonly holes: readonly Span[]
}

export interface Word extends Span {
  readonly word: string
}

/** The arguments of an operation that a place is among. */
export interface Arguments extends Span {
  readonly name: string
  /** Which of them, from 0. */
  readonly index: number
}

/** A reference at whose name a place is: `$<x` or `${x`. */
export interface Reference extends Word {
  readonly opens: "<" | "{"
  readonly isClosed: boolean
}

/** The text of a tag: each hole has its delimiters in it. */
export function textOfTag(source: string, { tagEnd, end, terms }: TagPlan): FormulaText {
  const start = source.indexOf("`", tagEnd) + 1
  const holes = terms.map((term) => ({
    start: source.lastIndexOf("$", term.start - 1),
    end: source.slice(term.end).search(/[>}]/) + term.end + 1,
  }))
  return { start, end: source[end - 1] === "`" && end > start ? end - 1 : end, holes }
}

/** The innermost text that a place is in. With a source, a reference `$<x>` belongs to the text. */
export function textAt(texts: readonly FormulaText[], position: number, source?: string): FormulaText | undefined {
  const isApart = (hole: Span) => isInside(hole, position) && source?.[hole.start + 1] !== "<"
  return texts
    .filter(({ start, end, holes }) => start <= position && position <= end && !holes.some(isApart))
    .sort((a, b) => b.start - a.start)[0]
}

const isInside = ({ start, end }: Span, position: number): boolean => start < position && position < end

/** The word that a place is in, or at the end of. */
export function wordAt(source: string, { start, end }: FormulaText, position: number): Word {
  const before = /[\p{ID_Continue}$]*$/u.exec(source.slice(start, position))![0].length
  const after = /^[\p{ID_Continue}$]*/u.exec(source.slice(position, end))![0].length
  const span = { start: position - before, end: position + after }
  return { ...span, word: source.slice(span.start, span.end) }
}

/** The innermost operation among whose arguments a place is. */
export function argumentsAt(source: string, text: FormulaText, position: number): Arguments | undefined {
  const masked = mask(source, text)
  let [depth, index] = [0, 0]
  for (let at = position - text.start - 1; at >= 0; at--) {
    const letter = masked[at]!
    if (letter === ")" || letter === "]") depth++
    else if (letter === "," && depth === 0) index++
    else if (letter === "[" && depth === 0) index = 0
    else if (letter === "(" && depth === 0) {
      const name = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(masked.slice(0, at).trimEnd())?.[0]
      return name === undefined ? undefined : { name, index, start: text.start + at + 1, end: closing(masked, at + 1) + text.start }
    } else if (letter === "(" || letter === "[") depth--
  }
  return undefined
}

/** Where what is open at a place closes, or the text ends. */
function closing(masked: string, from: number): number {
  let depth = 0
  for (let at = from; at < masked.length; at++) {
    if ("([".includes(masked[at]!)) depth++
    else if (")]".includes(masked[at]!) && depth-- === 0) return at
  }
  return masked.length
}

/** The text with its terms, and their brackets and commas, taken out. */
function mask(source: string, { start, end, holes }: FormulaText): string {
  let masked = source.slice(start, end)
  for (const hole of holes)
    masked = masked.slice(0, hole.start - start) + " ".repeat(hole.end - hole.start) + masked.slice(hole.end - start)
  return masked
}

/** The reference whose name is being written at a place of a text, in a hole or not. */
export function referenceAt(source: string, text: Span, position: number): Reference | undefined {
  if (position < text.start || text.end < position) return undefined
  const [, opens, name] = /\$([<{])\s*([\p{ID_Continue}$]*)$/u.exec(source.slice(text.start, position)) ?? []
  if (opens === undefined) return undefined
  const rest = source.slice(position, text.end)
  const after = /^[\p{ID_Continue}$]*/u.exec(rest)![0].length
  const span = { start: position - name!.length, end: position + after }
  const isClosed = rest
    .slice(after)
    .trimStart()
    .startsWith(opens === "<" ? ">" : "}")
  return { ...span, word: source.slice(span.start, span.end), opens: opens as "<", isClosed }
}

/** What to write in the place of a reference's name: its delimiter too, where that is missing. */
export function insertionOf({ opens, isClosed }: Reference, name: string): string {
  return isClosed ? name : `${name}${opens === "<" ? ">" : "}"}`
}
