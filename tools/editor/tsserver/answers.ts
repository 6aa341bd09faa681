// TypeScript's answers as the user is to see them: spans of the tail lead to the tags that they are about, or are left out with what they belong to;
// the names of tags are those that were written. All answers are plain objects whose spans have the same few forms.
import type { Mapping, Stretch } from "../mapping.ts"

type MappingOf = (file: string) => Mapping | undefined
const nothing = Symbol("what the user does not see")

/** An answer about a file: spans are of that, or of the file that an object around them names. */
export function toUser<T>(answer: T, file: string, mappingOf: MappingOf): T {
  const found = convert(answer, file, mappingOf)
  return (found === nothing ? undefined : found) as T
}

function convert(value: unknown, file: string, mappingOf: MappingOf): unknown {
  if (typeof value === "string") return mappingOf(file)?.inWritten(value) ?? value
  if (Array.isArray(value)) return value.map((one) => convert(one, file, mappingOf)).filter((one) => one !== nothing)
  if (!isPlain(value)) return value
  const around = typeof value.fileName === "string" ? value.fileName : typeof value.file === "string" ? value.file : file
  const mapping = mappingOf(around)
  if (isStretch(value)) return mapping ? (mapping.toWritten(value) ?? nothing) : value
  if (mapping && isEdit(value) && touchesName(mapping, value.span)) return nothing
  const made: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(value)) {
    const converted = key === "fileName" || key === "file" ? part : convert(part, around, mappingOf)
    if (converted !== nothing) made[key] = converted
    else if (essential.has(key)) return nothing
  }
  return made
}

/** Without these a part of an answer is about nothing. */
const essential = new Set(["textSpan", "span", "triggerSpan", "selectionSpan"])

/** Trees, symbols and programs are objects of classes. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype

const isStretch = (value: object): value is Stretch =>
  typeof (value as Stretch).start === "number" && typeof (value as Stretch).length === "number" && Object.keys(value).length === 2

interface Edit {
  readonly span: Stretch
}
const isEdit = (value: object): value is Edit => "newText" in value && "span" in value

/** Names of tags look other to TypeScript than they are: no edit may change them. */
function touchesName({ tags }: Mapping, { start, length }: Stretch): boolean {
  return tags.some((tag) => start < tag.tagEnd && tag.start < start + length)
}

/** The spans of classifications: start, length and class one after the other. */
export function withinWritten(spans: readonly number[], { written }: Mapping): number[] {
  return spans.filter((_, n) => spans[n - (n % 3)]! + spans[n - (n % 3) + 1]! <= written.length)
}
