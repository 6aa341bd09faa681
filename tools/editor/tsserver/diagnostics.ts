// Diagnostics: ours in place of the coarser ones, none of what stands behind the end of the file.
import type ts from "typescript"
import type { Mapping } from "../mapping.ts"
import type { Files } from "./files.ts"
import { hintsOf } from "./hints.ts"

/** The semantic diagnostics of a file, with the sentences of formulas. */
export function withFormulas(files: Files, file: string, checked: readonly ts.Diagnostic[]): ts.Diagnostic[] {
  const look = files.look(file)
  const { analysis, tree } = look
  if (look.virtual) files.keep(file, hintsOf(look))
  return visible(files, analysis.withOurs(tree, checked))
}

/** Those of texts that were written, in their names. */
export function visible<T extends ts.DiagnosticRelatedInformation>({ mappingOf }: Files, diagnostics: readonly T[]): T[] {
  const convert = <D extends ts.DiagnosticRelatedInformation>(diagnostic: D): D[] => {
    const mapping = diagnostic.file && mappingOf(diagnostic.file.fileName)
    const { relatedInformation } = diagnostic as { readonly relatedInformation?: readonly ts.DiagnosticRelatedInformation[] }
    const related = relatedInformation && { relatedInformation: relatedInformation.flatMap(convert) }
    if (mapping === undefined) return [{ ...diagnostic, ...related }]
    const { start = 0, length = 0, messageText } = diagnostic
    const place = mapping.toWritten({ start, length })
    return place === undefined ? [] : [{ ...diagnostic, ...related, ...place, messageText: inWritten(mapping, messageText) }]
  }
  return diagnostics.flatMap(convert)
}

function inWritten(mapping: Mapping, message: string | ts.DiagnosticMessageChain): string | ts.DiagnosticMessageChain {
  if (typeof message === "string") return mapping.inWritten(message)
  const next = message.next?.map((one) => inWritten(mapping, one) as ts.DiagnosticMessageChain)
  return { ...message, messageText: mapping.inWritten(message.messageText), ...(next && { next }) }
}
