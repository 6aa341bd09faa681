// Texts in the parts that tsserver's answers are made of.
import type ts from "typescript"
import type { OperationHelp } from "../formula/operations.ts"

export const part = (text: string, kind = "text"): ts.SymbolDisplayPart => ({ text, kind })

/** `(operation) Exp(f)`. */
export function signatureParts({ name, parameters }: OperationHelp): ts.SymbolDisplayPart[] {
  const list = parameters.flatMap((parameter, n) => [...(n === 0 ? [] : [part(", ", "punctuation")]), part(parameter, "parameterName")])
  return [part("(operation) "), part(name, "functionName"), part("(", "punctuation"), ...list, part(")", "punctuation")]
}

/** Its one line, and the dimension of its result. */
export function docParts({ doc, dimension }: OperationHelp): ts.SymbolDisplayPart[] {
  return [part(`${doc}\n\nDimension: ${dimension}`)]
}
