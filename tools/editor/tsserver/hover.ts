// Hover and signature help within the text of a formula, and on the name of a tag.
import type ts from "typescript"
import { argumentsOf, formulaTypeAt, operationAt } from "../formula/answers.ts"
import { docParts, part, signatureParts } from "./display.ts"
import type { Files } from "./files.ts"

/** Of the operation whose name is at a place. */
export function hoverOperation({ ts, look }: Files, file: string, position: number): ts.QuickInfo | undefined {
  const found = operationAt(look(file), position)
  if (found === undefined) return undefined
  const { help, word } = found
  return {
    kind: ts.ScriptElementKind.functionElement,
    kindModifiers: "",
    textSpan: { start: word.start, length: word.end - word.start },
    displayParts: signatureParts(help),
    documentation: docParts(help),
  }
}

/** On a tag's name: what TypeScript says of the name, and the type of the formula. */
export function withFormulaType({ look }: Files, file: string, position: number, info: ts.QuickInfo): ts.QuickInfo {
  const type = formulaTypeAt(look(file), position)
  return type === undefined ? info : { ...info, displayParts: [...(info.displayParts ?? []), part("\n"), part(type)] }
}

/** The operation among whose arguments a place is. */
export function operationSignature({ look }: Files, file: string, position: number): ts.SignatureHelpItems | undefined {
  const answer = argumentsOf(look(file), position)
  if (answer === undefined) return undefined
  const { help, found } = answer
  const parameters = help.parameters.map((parameter) => ({
    name: parameter.replace("?", ""),
    documentation: [],
    displayParts: [part(parameter, "parameterName")],
    isOptional: parameter.endsWith("?"),
  }))
  const item: ts.SignatureHelpItem = {
    isVariadic: false,
    prefixDisplayParts: [part(help.name, "functionName"), part("(", "punctuation")],
    suffixDisplayParts: [part(")", "punctuation")],
    separatorDisplayParts: [part(", ", "punctuation")],
    parameters,
    documentation: docParts(help),
    tags: [],
  }
  return {
    items: [item],
    applicableSpan: { start: found.start, length: found.end - found.start },
    selectedItemIndex: 0,
    argumentIndex: found.index,
    argumentCount: found.index + 1,
  }
}
