// Hover and signature help within the text of a formula.
import type ts from "typescript"
import { helpOf } from "../formula/operations.ts"
import { argumentsAt, textAt, wordAt } from "../formula/texts.ts"
import { docParts, part, signatureParts } from "./display.ts"
import type { Files } from "./files.ts"

/** Of the operation whose name is at a place. */
export function hoverOperation({ ts, written, textsOf }: Files, file: string, position: number): ts.QuickInfo | undefined {
  const text = textAt(textsOf(file), position)
  const word = text && wordAt(written(file), text, position)
  const help = word && helpOf(word.word)
  if (help === undefined) return undefined
  return {
    kind: ts.ScriptElementKind.functionElement,
    kindModifiers: "",
    textSpan: { start: word!.start, length: word!.end - word!.start },
    displayParts: signatureParts(help),
    documentation: docParts(help),
  }
}

/** On a tag's name: what TypeScript says of the name, and the type of the formula. */
export function withFormulaType(files: Files, file: string, position: number, info: ts.QuickInfo): ts.QuickInfo {
  const { ts, tree, mappingOf, now } = files
  const tag = mappingOf(file)?.tags.find(({ start, tagEnd }) => start <= position && position <= tagEnd)
  if (tag === undefined) return info
  const source = tree(file)
  let found: ts.Node | undefined
  const visit = (node: ts.Node): void => {
    if (node.pos > tag.start || node.end < tag.end) return
    if (ts.isTaggedTemplateExpression(node) && node.getStart(source) === tag.start && node.end === tag.end) found = node
    ts.forEachChild(node, visit)
  }
  visit(source)
  if (found === undefined) return info
  const checker = now().context.program.getTypeChecker()
  const type = checker.typeToString(
    checker.getTypeAtLocation(found),
    found,
    ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope,
  )
  return { ...info, displayParts: [...(info.displayParts ?? []), part("\n"), part(type)] }
}

/** The operation among whose arguments a place is. */
export function operationSignature({ written, textsOf }: Files, file: string, position: number): ts.SignatureHelpItems | undefined {
  const text = textAt(textsOf(file), position, written(file))
  const found = text && argumentsAt(written(file), text, position)
  const help = found && helpOf(found.name)
  if (help === undefined) return undefined
  const parameters = help.parameters.map((parameter) => ({
    name: parameter.replace("?", ""),
    documentation: [],
    displayParts: [part(parameter, "parameterName")],
    isOptional: parameter.endsWith("?"),
  }))
  return {
    items: [
      {
        isVariadic: false,
        prefixDisplayParts: [part(help.name, "functionName"), part("(", "punctuation")],
        suffixDisplayParts: [part(")", "punctuation")],
        separatorDisplayParts: [part(", ", "punctuation")],
        parameters,
        documentation: docParts(help),
        tags: [],
      },
    ],
    applicableSpan: { start: found!.start, length: found!.end - found!.start },
    selectedItemIndex: 0,
    argumentIndex: found!.index,
    argumentCount: Math.max(found!.index + 1, 1),
  }
}
