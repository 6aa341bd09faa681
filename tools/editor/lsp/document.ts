// A document: what the user sees, what the server is given, and the way between their positions.
import type { VirtualText } from "../../virtual/virtual-text.ts"
import { type Mapping, mappingOf } from "../mapping.ts"

export interface Position {
  readonly line: number
  readonly character: number
}

export interface Range {
  readonly start: Position
  readonly end: Position
}

export interface Change {
  readonly range?: Range
  readonly text: string
}

export interface Document {
  readonly written: string
  /** Undefined where there are no tags. */
  readonly mapping: Mapping | undefined
  /** For the server. */
  readonly text: string
  offsetAt(position: Position): number
  positionAt(offset: number): Position
  /** A range of the server's text where the user sees it. */
  toWritten(range: Range): Range | undefined
}

export function makeDocument(written: string, virtual: VirtualText | undefined): Document {
  const text = virtual?.text ?? written
  const mapping = virtual && mappingOf(written, virtual)
  const starts = [0]
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length)
  const offsetAt = ({ line, character }: Position) => {
    const start = starts[line]
    if (start === undefined) return line < 0 ? 0 : text.length
    return Math.min(start + character, starts[line + 1] ?? text.length)
  }
  const positionAt = (offset: number) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low, character: offset - starts[low]! }
  }
  return {
    written,
    mapping,
    text,
    offsetAt,
    positionAt,
    toWritten(range) {
      if (mapping === undefined) return range
      const [start, end] = [offsetAt(range.start), offsetAt(range.end)]
      // What spans the whole file ends where the user sees it end.
      if (start < written.length && end > written.length) return { start: range.start, end: positionAt(written.length) }
      const place = mapping.toWritten({ start, length: end - start })
      return place && { start: positionAt(place.start), end: positionAt(place.start + place.length) }
    },
  }
}

/** A text after an editor's changes, one after the other. */
export function edited(text: string, changes: readonly Change[]): string {
  return changes.reduce((before, { range, text: inserted }) => {
    if (range === undefined) return inserted
    const { offsetAt } = makeDocument(before, undefined)
    return before.slice(0, offsetAt(range.start)) + inserted + before.slice(offsetAt(range.end))
  }, text)
}
