// Hover and signature help within the text of a formula, and on the name of a tag.
import type ts from "typescript"
import { argumentsOf, operationAt } from "../formula/answers.ts"
import { tagAt } from "../formula/candidates.ts"
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
export function withFormulaType({ ts, look, mappingOf }: Files, file: string, position: number, info: ts.QuickInfo): ts.QuickInfo {
  const tag = mappingOf(file)?.tags.find(({ start, tagEnd }) => start <= position && position <= tagEnd)
  if (tag === undefined) return info
  const { tree, context } = look(file)
  const node = tagAt(ts, tree, tag)?.call
  if (node === undefined) return info
  const checker = context.program.getTypeChecker()
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope
  const type = checker.typeToString(checker.getTypeAtLocation(node), node, flags)
  return { ...info, displayParts: [...(info.displayParts ?? []), part("\n"), part(type)] }
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
