// A mistake in one of the texts of the command line, and how it is shown: the sentence, the text, and a caret at the column.
import { FormulaError } from "../../../src/formula/error.ts"

export class Mistake extends Error {
  readonly text: string
  readonly start: number
  readonly end: number

  constructor(message: string, text: string, start: number, end: number) {
    super(message)
    this.text = text
    this.start = start
    this.end = end
  }
}

/** What `body` returns; its mistakes are those of `text`. */
export function reading<T>(text: string, body: () => T): T {
  try {
    return body()
  } catch (error) {
    throw error instanceof FormulaError ? new Mistake(error.message, text, error.start, error.end) : error
  }
}

export function showMistake({ message, text, start, end }: Mistake): string {
  const line = text.replace(/[\n\r\t]/g, " ")
  return `${message}\n\n  ${line}\n  ${" ".repeat(start)}${"^".repeat(Math.max(1, Math.min(end, line.length) - start))}`
}
