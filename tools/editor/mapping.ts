// Places between the text that the user wrote and its virtual text. All are equal but for the names of tags: what these mean is known where the tail
// behind the end of the file repeats them (`typeof keops.tagOf`), so that questions about a tag's name are asked there, and answers come back.
import { isVirtualName } from "../../transformer/formula-call.ts"
import type { VirtualTag, VirtualText } from "../virtual/virtual-text.ts"

export interface Stretch {
  readonly start: number
  readonly length: number
}

export interface Mapping {
  readonly written: string
  readonly tags: readonly VirtualTag[]
  /** Where in the virtual text to ask about a place. */
  toVirtual(position: number): number
  /** Where the user sees a stretch of the virtual text; undefined where the user sees nothing. */
  toWritten(stretch: Stretch): Stretch | undefined
  /** A text with the names of tags as the user wrote them. */
  inWritten(text: string): string
}

/** A tag's name as it is written, and in the tail. */
interface Name {
  readonly start: number
  readonly length: number
  readonly tail: number
}

export function mappingOf(written: string, { text, tags }: VirtualText): Mapping {
  let from = written.length
  const names = tags.map((tag): Name => {
    const tail = text.indexOf(`typeof ${tag.written}.tagOf`, from) + "typeof ".length
    from = tail
    return { start: written.indexOf(tag.written, tag.start), length: tag.written.length, tail }
  })
  return {
    written,
    tags,
    toVirtual(position) {
      const name = names.find(({ start, length }) => start <= position && position <= start + length)
      return name === undefined ? position : name.tail + position - name.start
    },
    toWritten({ start, length }) {
      if (start + length <= written.length) return { start, length }
      const name = names.find((one) => one.tail <= start && start + length <= one.tail + one.length)
      return name && { start: name.start + start - name.tail, length }
    },
    inWritten: (message) =>
      [...message].some(isVirtualName) ? tags.reduce((all, tag) => all.replaceAll(tag.name, tag.written), message) : message,
  }
}
