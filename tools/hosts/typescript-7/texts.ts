// The texts of files as the tools have them: what is on disk, or what was handed over instead. Texts are looked at before any tree is asked for.
import { readFileSync } from "node:fs"

export interface Texts {
  /** `undefined` where there is no such file. */
  of(file: string): string | undefined
  /** What was handed over; `undefined` for a file that is read from disk. */
  handedOver(file: string): string | undefined
  /** Says that a file has changed. */
  set(file: string, text: string | undefined): void
}

export function createTexts(): Texts {
  const given = new Map<string, string>()
  const read = new Map<string, string | undefined>()
  return {
    of(file) {
      const text = given.get(file)
      if (text !== undefined) return text
      if (!read.has(file)) read.set(file, onDisk(file))
      return read.get(file)
    },
    handedOver: (file) => given.get(file),
    set(file, text) {
      read.delete(file)
      if (text === undefined) given.delete(file)
      else given.set(file, text)
    },
  }
}

/** Without the mark at the beginning, which compilers do not count. */
function onDisk(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "")
  } catch {
    return undefined
  }
}
