// The server's answers as the user is to see them: ranges of the tail lead to the tags that they are about, or are left out with what they belong to;
// the names of tags are those that were written.
import type { Document, Position, Range } from "./document.ts"

type DocumentOf = (uri: string) => Document | undefined
const nothing = Symbol("what the user does not see")

/** An answer about a document: ranges are of that, or of the one that an object around them names. `isRename` allows edits of tags' names. */
export function toUser(answer: unknown, uri: string, documentOf: DocumentOf, isRename: boolean): unknown {
  const convert = (value: unknown, around: string): unknown => {
    if (typeof value === "string") return documentOf(around)?.mapping?.inWritten(value) ?? value
    if (Array.isArray(value)) return value.map((one) => convert(one, around)).filter((one) => one !== nothing)
    if (typeof value !== "object" || value === null) return value
    const document = documentOf(around)
    if (isRange(value)) return document ? (document.toWritten(value) ?? nothing) : value
    const fields = value as Record<string, unknown>
    if (document && !isRename && "newText" in fields && isRange(fields.range) && touchesName(document, fields.range)) return nothing
    if (document && typeof fields.startLine === "number" && isBehind(document, fields.startLine)) return nothing
    if (document && isPosition(fields.position) && isBehind(document, (fields.position as Position).line)) return nothing
    const made: Record<string, unknown> = {}
    for (const [key, part] of Object.entries(fields)) {
      const converted = key === "data" ? part : key === "changes" ? byUri(part) : convert(part, uriOf(key, fields) ?? around)
      if (converted !== nothing) made[key] = converted
      else if (essential.has(key)) return nothing
    }
    return made
  }
  const byUri = (changes: unknown) =>
    Object.fromEntries(Object.entries(changes as Record<string, unknown>).map(([one, edits]) => [one, convert(edits, one)]))
  const found = convert(answer, uri)
  return found === nothing ? null : found
}

/** Without these a part of an answer is about nothing. */
const essential = new Set(["range", "selectionRange", "targetRange", "targetSelectionRange", "location"])

/** The document that a field of an object is about, where the object names it. */
function uriOf(key: string, { uri, targetUri, textDocument, originSelectionRange }: Record<string, unknown>): string | undefined {
  if (key === "originSelectionRange" && originSelectionRange !== undefined) return undefined
  const named = uri ?? targetUri ?? (textDocument as { readonly uri?: unknown } | undefined)?.uri
  return typeof named === "string" ? named : undefined
}

const isPosition = (value: unknown): boolean => typeof value === "object" && value !== null && "line" in value && "character" in value

function isRange(value: unknown): value is Range {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 2) return false
  return "start" in value && "end" in value && isPosition(value.start) && isPosition(value.end)
}

/** Names of tags look other to the server than they are: no edit may change them. */
function touchesName({ mapping, offsetAt }: Document, { start, end }: Range): boolean {
  return mapping?.tags.some((tag) => offsetAt(start) < tag.tagEnd && tag.start < offsetAt(end)) ?? false
}

const isBehind = ({ mapping, written, positionAt }: Document, line: number): boolean =>
  mapping !== undefined && line > positionAt(written.length).line

/** Semantic tokens: five numbers each, the first of which says how many lines further it is. */
export function tokensWithin(data: readonly number[], document: Document | undefined): readonly number[] {
  if (document === undefined) return data
  let line = 0
  for (let at = 0; at < data.length; at += 5) {
    line += data[at]!
    if (isBehind(document, line)) return data.slice(0, at)
  }
  return data
}
