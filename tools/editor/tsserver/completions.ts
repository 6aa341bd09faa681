// Completions: operations within the text of a formula, and variables after `$<` and `${`.
import type ts from "typescript"
import { isVirtualName } from "../../../transformer/formula-call.ts"
import { helpOf, operationNames } from "../formula/operations.ts"
import { type Reference, referenceAt, textAt, textOfTag, wordAt } from "../formula/texts.ts"
import { candidatesAt } from "./candidates.ts"
import { docParts, signatureParts } from "./display.ts"
import type { Files } from "./files.ts"

type Completions = ts.WithMetadata<ts.CompletionInfo>

export function completionsAt(
  files: Files,
  file: string,
  position: number,
  others: () => Completions | undefined,
): Completions | undefined {
  const source = files.written(file)
  const tags = (files.mappingOf(file)?.tags ?? []).map((tag) => ({ tag, text: textOfTag(source, tag) }))
  const inner = tags.filter(({ text }) => text.start <= position && position <= text.end).sort((a, b) => b.text.start - a.text.start)[0]
  const reference = inner && referenceAt(source, inner.text, position)
  if (inner && reference) {
    const entries = candidatesAt(files, file, inner.tag, reference).map((one) => toEntry(files, reference, one))
    // An expression may stand in `${ }`, and be finished by TypeScript.
    return reference.opens === "<" ? list(entries, reference) : merged(others(), entries, reference)
  }
  const text = textAt(files.textsOf(file), position)
  if (text === undefined) return withoutVirtual(others())
  const word = wordAt(source, text, position)
  return list(
    operationNames.map((name) => {
      const { signature } = helpOf(name)!
      return {
        name,
        kind: files.ts.ScriptElementKind.functionElement,
        sortText: "1",
        labelDetails: { detail: signature.slice(name.length) },
      }
    }),
    word,
  )
}

function toEntry({ ts }: Files, { start, end, opens, isClosed }: Reference, { name, fits }: { name: string; fits: boolean }) {
  return {
    name,
    kind: ts.ScriptElementKind.constElement,
    sortText: fits ? "0" : "1",
    ...(!isClosed && { insertText: `${name}${opens === "<" ? ">" : "}"}` }),
    replacementSpan: { start, length: end - start },
  }
}

function list(entries: ts.CompletionEntry[], { start, end }: { start: number; end: number }): Completions {
  const optionalReplacementSpan = { start, length: end - start }
  return { isGlobalCompletion: false, isMemberCompletion: false, isNewIdentifierLocation: false, optionalReplacementSpan, entries }
}

/** TypeScript's completions, ours first. */
function merged(others: Completions | undefined, ours: ts.CompletionEntry[], span: { start: number; end: number }): Completions {
  const theirs = withoutVirtual(others)
  if (theirs === undefined) return list(ours, span)
  const names = new Set(ours.map(({ name }) => name))
  return { ...theirs, entries: [...ours, ...theirs.entries.filter(({ name }) => !names.has(name))] }
}

function withoutVirtual(info: Completions | undefined): Completions | undefined {
  return info && { ...info, entries: info.entries.filter(({ name }) => !isVirtualName(name)) }
}

/** What is known of an operation among the completions. */
export function detailsAt(files: Files, file: string, position: number, name: string): ts.CompletionEntryDetails | undefined {
  const help = textAt(files.textsOf(file), position) && helpOf(name)
  if (!help) return undefined
  return {
    name,
    kind: files.ts.ScriptElementKind.functionElement,
    kindModifiers: "",
    displayParts: signatureParts(help),
    documentation: docParts(help),
  }
}
