// Completions: operations within the text of a formula, and variables after `$<` and `${`.
import type ts from "typescript"
import { isVirtualName } from "../../../transformer/formula-call.ts"
import { choicesAt } from "../formula/answers.ts"
import type { Candidate } from "../formula/candidates.ts"
import { helpOf } from "../formula/operations.ts"
import { insertionOf, type Reference, type Span } from "../formula/texts.ts"
import { docParts, signatureParts } from "./display.ts"
import type { Files } from "./files.ts"

type Completions = ts.WithMetadata<ts.CompletionInfo>

export function completionsAt(
  { ts, look }: Files,
  file: string,
  position: number,
  others: () => Completions | undefined,
): Completions | undefined {
  const choices = choicesAt(look(file), position)
  if (choices === undefined) return withoutVirtual(others())
  if ("terms" in choices) {
    const { terms, reference } = choices
    const entries = terms.map((one) => toEntry(ts, reference, one))
    // An expression may stand in `${ }`, and be finished by TypeScript.
    return reference.opens === "<" ? list(entries, reference) : merged(others(), entries, reference)
  }
  const kind = ts.ScriptElementKind.functionElement
  const entries = choices.operations.map(({ name, signature }) => ({
    name,
    kind,
    sortText: "1",
    labelDetails: { detail: signature.slice(name.length) },
  }))
  return list(entries, choices.word)
}

function toEntry(ts: Files["ts"], reference: Reference, { name, fits }: Candidate): ts.CompletionEntry {
  const { start, end } = reference
  return {
    name,
    kind: ts.ScriptElementKind.constElement,
    sortText: fits ? "0" : "1",
    insertText: insertionOf(reference, name),
    replacementSpan: { start, length: end - start },
  }
}

function list(entries: ts.CompletionEntry[], { start, end }: Span): Completions {
  const optionalReplacementSpan = { start, length: end - start }
  return { isGlobalCompletion: false, isMemberCompletion: false, isNewIdentifierLocation: false, optionalReplacementSpan, entries }
}

/** TypeScript's completions, ours first. */
function merged(others: Completions | undefined, ours: ts.CompletionEntry[], span: Span): Completions {
  const theirs = withoutVirtual(others)
  if (theirs === undefined) return list(ours, span)
  const names = new Set(ours.map(({ name }) => name))
  return { ...theirs, entries: [...ours, ...theirs.entries.filter(({ name }) => !names.has(name))] }
}

function withoutVirtual(info: Completions | undefined): Completions | undefined {
  return info && { ...info, entries: info.entries.filter(({ name }) => !isVirtualName(name)) }
}

/** What is known of an operation among the completions. */
export function detailsAt({ ts, look }: Files, file: string, position: number, name: string): ts.CompletionEntryDetails | undefined {
  const choices = helpOf(name) && choicesAt(look(file), position)
  if (!choices || !("operations" in choices)) return undefined
  const help = helpOf(name)!
  const kind = ts.ScriptElementKind.functionElement
  return { name, kind, kindModifiers: "", displayParts: signatureParts(help), documentation: docParts(help) }
}
