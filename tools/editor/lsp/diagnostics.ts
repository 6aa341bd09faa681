// Diagnostics of a document: what the host reports, which has our sentences in it, and of the server's own the hints, and the details of the same errors.
import type { Problem } from "../../hosts/host.ts"
import type { Document, Range } from "./document.ts"

export interface Diagnostic {
  readonly range: Range
  /** 1: error, 2: warning, 3: information, 4: hint. */
  readonly severity?: number
  readonly code?: number | string
  readonly source?: string
  readonly message: string
}

/** `theirs` are in the places of the text that was written. */
export function withOurs(document: Document, problems: readonly Problem[], theirs: readonly Diagnostic[]): readonly Diagnostic[] {
  const own = problems.map((problem): Diagnostic => {
    const range = { start: document.positionAt(problem.start), end: document.positionAt(problem.end) }
    const { code, message, isOurs, category } = problem
    const same = theirs.find((one) => !isOurs && `${one.code}` === `${code}` && isSame(one.range, range))
    return same ?? { range, severity: category === "error" ? 1 : 2, code, source: isOurs ? "tskeops" : "ts", message }
  })
  return [...own, ...theirs.filter(({ severity = 1 }) => severity > 2)]
}

const isSame = (a: Range, b: Range): boolean => a.start.line === b.start.line && a.start.character === b.start.character
