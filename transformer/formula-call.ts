// What the analysis looks at: a call, or a tag of a virtual text (tools/virtual), in which the tags' names know their pieces.
import type ts from "typescript"
import type { Compiler } from "./context.ts"
import { literals } from "./tags/template-pieces.ts"

export type FormulaCall = ts.CallExpression | ts.TaggedTemplateExpression

/** Names in virtual texts begin with a letter that nobody writes, of the script of the Yi. */
export const FIRST_LETTER = 0xa000
export const LETTERS = 0x48d
export const isVirtualName = (name: string): boolean => {
  const letter = name.charCodeAt(0) - FIRST_LETTER
  return letter >= 0 && letter < LETTERS
}

/** Asked by value: a node of TypeScript 7 has all members that any node has. */
export const isTagged = (call: FormulaCall): call is ts.TaggedTemplateExpression =>
  (call as Partial<ts.TaggedTemplateExpression>).tag !== undefined

export const calleeOf = (call: FormulaCall): ts.Expression => (isTagged(call) ? call.tag : call.expression)

/** The pieces of text that are written at a call of `keops`; undefined where it has none. */
export function piecesOf(ts: Compiler, call: FormulaCall): readonly ts.Node[] | undefined {
  if (isTagged(call)) return literals(ts, call.template)
  const [first] = call.arguments
  if (first === undefined) return undefined
  return ts.isArrayLiteralExpression(first) ? first.elements : ts.isStringLiteralLike(first) ? [first] : undefined
}

/** What stands between the pieces, or after the first argument. */
export function termsOf(ts: Compiler, call: FormulaCall): readonly ts.Expression[] {
  if (!isTagged(call)) return call.arguments.slice(1)
  return ts.isTemplateExpression(call.template) ? call.template.templateSpans.map((span) => span.expression) : []
}

/** All that is handed over. */
export function handedTo(ts: Compiler, call: FormulaCall): readonly ts.Expression[] {
  return isTagged(call) ? [call.template, ...termsOf(ts, call)] : call.arguments
}
