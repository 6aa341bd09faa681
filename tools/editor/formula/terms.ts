// Which terms make a formula valid: each candidate is put where the reference is being written, and the formula parsed.
import { mistakeIn } from "../../../transformer/formula-check.ts"
import type { FormulaText, Span } from "./texts.ts"

/** What a term writes into the text of a formula, and what the text needs to know then. */
export interface Term {
  readonly text: string
  readonly dims: Readonly<Record<string, number>>
  /** Definitions of the operations of users. */
  readonly operations: readonly string[]
}

/** Whether a formula is valid with `candidate` at `gap`; `terms` are those of the holes, in their order. What is still open is closed. */
export function fits(source: string, text: FormulaText, terms: readonly (Term | undefined)[], gap: Span, candidate: Term): boolean {
  const parts: string[] = []
  const used: Term[] = []
  let from = text.start
  const all = [...text.holes.map((hole, n) => ({ ...hole, term: terms[n] })), { ...gap, term: candidate }]
  const isGap = ({ start, end }: Span) => start <= gap.start && gap.end <= end
  for (const { start, end, term } of all.filter((one) => one.term === candidate || !isGap(one)).sort((a, b) => a.start - b.start)) {
    if (term === undefined) return false
    parts.push(source.slice(from, start), term.text)
    used.push(term)
    from = end
  }
  parts.push(source.slice(from, text.end))
  const dims = Object.assign({}, ...used.map((term) => term.dims)) as Record<string, number>
  return mistakeIn(closed(parts.join("")), dims, [...new Set(used.flatMap((term) => term.operations))], true) === undefined
}

/** A text with its open brackets closed. */
function closed(text: string): string {
  const open: string[] = []
  for (const letter of text) {
    if (letter === "(" || letter === "[") open.push(letter === "(" ? ")" : "]")
    else if (letter === open.at(-1)) open.pop()
  }
  return text + open.reverse().join("")
}
