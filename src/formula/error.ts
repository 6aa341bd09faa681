// The error of a formula, an alias or a piece of text: the sentence and the place. The types' twin of it is `Wrong` in dimensions/operand.ts.

/** Thrown by `parse` and its like. `start` and `end` are offsets into the text, end exclusive. */
export class FormulaError extends Error {
  override readonly name = "FormulaError"
  declare readonly start: number
  declare readonly end: number

  constructor(sentence: string, start: number, end: number) {
    super(sentence)
    this.start = start
    this.end = end
  }
}

/** About a name that is no variable. */
export class NameError extends FormulaError {
  readonly word: string

  constructor(sentence: string, start: number, end: number, word: string) {
    super(sentence, start, end)
    this.word = word
  }
}

/** The error about a whole text. */
export function about(text: string, sentence: string): FormulaError {
  return new FormulaError(sentence, 0, text.length)
}
