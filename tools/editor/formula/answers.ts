// What is known of a place within the text of a formula, for whichever protocol asks.
import type ts from "typescript"
import { type FormulaCall, piecesOf } from "../../../transformer/formula-call.ts"
import { argumentsOf as typeArgumentsOf } from "../../../transformer/request.ts"
import { findOrigin } from "../../../transformer/tags/imports.ts"
import type { Look } from "../../hosts/host.ts"
import { type Candidate, candidatesAt, tagAt } from "./candidates.ts"
import { helpOf, type OperationHelp, operationNames } from "./operations.ts"
import {
  type Arguments,
  argumentsAt,
  type FormulaText,
  type Reference,
  referenceAt,
  textAt,
  textOfTag,
  type Word,
  wordAt,
} from "./texts.ts"

/** The operation whose name is at a place. */
export function operationAt(look: Look, position: number): { readonly help: OperationHelp; readonly word: Word } | undefined {
  const text = textAt(textsOf(look), position)
  const word = text && wordAt(look.written, text, position)
  const help = word && helpOf(word.word)
  return help && { help, word: word! }
}

/** The operation among whose arguments a place is. */
export function argumentsOf(look: Look, position: number): { readonly help: OperationHelp; readonly found: Arguments } | undefined {
  const text = textAt(textsOf(look), position, look.written)
  const found = text && argumentsAt(look.written, text, position)
  const help = found && helpOf(found.name)
  return help && { help, found: found! }
}

/** On a tag's name: the type of the formula that it makes. */
export function formulaTypeAt(look: Look, position: number): string | undefined {
  const { context, tree, virtual } = look
  const tag = virtual?.tags.find(({ start, tagEnd }) => start <= position && position <= tagEnd)
  const node = tag && tagAt(context.ts, tree, tag)?.call
  if (node === undefined) return undefined
  const checker = context.program.getTypeChecker()
  const [text, declared] = typeArgumentsOf(checker, checker.getTypeAtLocation(node), "Formula", findOrigin(context).owns) ?? []
  if (!text?.isStringLiteral()) return undefined
  const declarations = (declared?.isUnion() ? declared.types : [declared]).map((one) => (one?.isStringLiteral() ? one.value : undefined))
  const union = declarations.includes(undefined) ? "string" : declarations.map((one) => JSON.stringify(one)).join(" | ")
  return `Formula<${JSON.stringify(text.value)}, ${union}>`
}

/** What can be written at a place: terms, after `$<` and `${`, or operations; undefined where the place is in no formula. */
export type Choices =
  | { readonly terms: readonly Candidate[]; readonly reference: Reference }
  | { readonly operations: readonly OperationHelp[]; readonly word: Word }

export function choicesAt(look: Look, position: number): Choices | undefined {
  const { written, virtual } = look
  const tags = (virtual?.tags ?? []).map((tag) => ({ tag, text: textOfTag(written, tag) }))
  const inner = tags.filter(({ text }) => text.start <= position && position <= text.end).sort((a, b) => b.text.start - a.text.start)[0]
  const reference = inner && referenceAt(written, inner.text, position)
  if (reference) return { terms: candidatesAt(look, inner.tag, reference), reference }
  const text = textAt(textsOf(look), position)
  return text && { operations: operationNames.map((name) => helpOf(name)!), word: wordAt(written, text, position) }
}

/** The texts of formulas in a file, in tags and in calls. */
function textsOf({ context, analysis, tree, written, virtual }: Look): readonly FormulaText[] {
  const inTags = (virtual?.tags ?? []).map((tag) => textOfTag(written, tag))
  const calls = [...analysis.analysisOf(tree).pure] as FormulaCall[]
  return [...inTags, ...calls.flatMap((call) => textOfCall(context.ts, tree, call) ?? [])]
}

/** The text in the first argument of a call; what stands between its pieces is a hole. */
function textOfCall(ts: Look["context"]["ts"], file: ts.SourceFile, call: FormulaCall): FormulaText | undefined {
  const pieces = ts.isCallExpression(call) ? piecesOf(ts, call) : undefined
  if (pieces === undefined || pieces.length === 0 || !pieces.every(ts.isStringLiteralLike)) return undefined
  const inner = pieces.map((piece) => ({ start: piece.getStart(file) + 1, end: piece.end - 1 }))
  return {
    start: inner[0]!.start,
    end: inner.at(-1)!.end,
    holes: inner.slice(1).map(({ start }, n) => ({ start: inner[n]!.end, end: start })),
  }
}
