// The error of a formula, an alias or a piece of text: the sentence and the span. The types' twin of it is `Wrong` in dimensions/operand.ts.

/**
 * A mistake in a formula, a declaration or an alias: thrown where it is written or, with `tskeops/jit` and without types, where it is compiled. The
 * message is the sentence that the types and the transformer report.
 */
export class FormulaError extends Error {
  /** Tells the error apart where `instanceof` cannot. */
  override readonly name = "FormulaError"
  /** Offset of the mistake's first character in the text. */
  declare readonly start: number
  /** Offset after its last character. */
  declare readonly end: number

  /** Made by the library. */
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
