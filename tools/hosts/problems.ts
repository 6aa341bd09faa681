// Diagnostics of virtual texts as the user is to see them: in places and names of the text that was written.
import type ts from "typescript"
import { isVirtualName } from "../../transformer/formula-call.ts"
import type { VirtualText } from "../virtual/virtual-text.ts"
import type { Problem } from "./host.ts"

type TextOf = (file: string) => { readonly written: string; readonly virtual: VirtualText | undefined } | undefined

export function problemsOf(ts: typeof import("typescript"), diagnostics: readonly ts.Diagnostic[], textOf: TextOf): readonly Problem[] {
  return diagnostics.flatMap((diagnostic): Problem | readonly [] => {
    const { file, start = 0, length = 0, code, category, messageText, source } = diagnostic
    if (category !== ts.DiagnosticCategory.Error && category !== ts.DiagnosticCategory.Warning) return []
    const text = file && textOf(file.fileName)
    // The declarations of tags are behind the end.
    if (text?.virtual && start > text.written.length) return []
    const { line, character } = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 }
    return {
      file: file?.fileName ?? "",
      start,
      end: start + length,
      line: line + 1,
      column: character + 1,
      code,
      category: category === ts.DiagnosticCategory.Error ? "error" : "warning",
      message: inWritten(ts.flattenDiagnosticMessageText(messageText, "\n"), text?.virtual),
      isOurs: source === "tskeops",
    }
  })
}

/** A message with the names of tags as they were written. */
function inWritten(message: string, virtual: VirtualText | undefined): string {
  if (virtual === undefined || ![...message].some(isVirtualName)) return message
  return virtual.tags.reduce((text, { name, written }) => text.replaceAll(name, written), message)
}
