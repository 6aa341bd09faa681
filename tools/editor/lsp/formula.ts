// Hover, signature help and completions within the text of a formula.
import type { Look } from "../../hosts/host.ts"
import { argumentsOf, choicesAt, formulaTypeAt, operationAt } from "../formula/answers.ts"
import type { OperationHelp } from "../formula/operations.ts"
import { insertionOf, type Span } from "../formula/texts.ts"
import type { Document, Position, Range } from "./document.ts"

/** Numbers of the protocol. */
const kinds = { function: 3, variable: 6 } as const

/** What is known of a place; `isMarkdown`: what the client reads. */
interface Asked {
  readonly look: Look
  readonly document: Document
  readonly position: Position
  readonly isMarkdown: boolean
}

const rangeOf = ({ positionAt }: Document, { start, end }: Span): Range => ({ start: positionAt(start), end: positionAt(end) })

const docOf = ({ doc, dimension }: OperationHelp): string => `${doc}\n\nDimension: ${dimension}`

export function hoverAt({ look, document, position, isMarkdown }: Asked): object | undefined {
  const found = operationAt(look, document.offsetAt(position))
  if (found === undefined) return undefined
  const title = `(operation) ${found.help.signature}`
  const value = isMarkdown ? `\`\`\`ts\n${title}\n\`\`\`\n${docOf(found.help)}` : `${title}\n${docOf(found.help)}`
  return { contents: { kind: isMarkdown ? "markdown" : "plaintext", value }, range: rangeOf(document, found.word) }
}

/** On a tag's name: what the server says of the name, and the type of the formula. */
export function withFormulaType({ look, document, position, isMarkdown }: Asked, hover: Hover | null): Hover | null {
  const type = hover && formulaTypeAt(look, document.offsetAt(position))
  if (!type || typeof hover.contents?.value !== "string") return hover
  const title = isMarkdown ? `\`\`\`ts\n${type}\n\`\`\`` : type
  return { ...hover, contents: { ...hover.contents, value: `${title}\n${hover.contents.value}` } }
}

interface Hover {
  readonly contents?: { readonly kind: string; readonly value: string }
}

export function signatureAt({ look, document, position }: Asked): object | undefined {
  const answer = argumentsOf(look, document.offsetAt(position))
  if (answer === undefined) return undefined
  const { help, found } = answer
  const parameters = help.parameters.map((label) => ({ label }))
  return {
    signatures: [{ label: help.signature, documentation: docOf(help), parameters, activeParameter: found.index }],
    activeSignature: 0,
    activeParameter: found.index,
  }
}

/** The items of a completion; `isAll`: the server's own are not wanted. */
export function completionsAt({
  look,
  document,
  position,
}: Asked): { readonly items: readonly object[]; readonly isAll: boolean } | undefined {
  const choices = choicesAt(look, document.offsetAt(position))
  if (choices === undefined) return undefined
  if ("operations" in choices) {
    const range = rangeOf(document, choices.word)
    const items = choices.operations.map((help) => ({
      label: help.name,
      kind: kinds.function,
      detail: help.signature,
      documentation: docOf(help),
      sortText: "1",
      textEdit: { range, newText: help.name },
      data: OURS,
    }))
    return { items, isAll: true }
  }
  const { terms, reference } = choices
  const range = rangeOf(document, reference)
  const items = terms.map(({ name, fits }) => ({
    label: name,
    kind: kinds.variable,
    sortText: fits ? "0" : "1",
    textEdit: { range, newText: insertionOf(reference, name) },
    data: OURS,
  }))
  return { items, isAll: reference.opens === "<" }
}

/** By this an item is known again when the client asks for its details: it has all. */
const OURS = { tskeops: true } as const
export const isOurs = (item: { readonly data?: { readonly tskeops?: unknown } } | undefined): boolean => item?.data?.tskeops === true
