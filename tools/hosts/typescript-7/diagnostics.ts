// Diagnostics of TypeScript 7 in the form of older compilers.
import type ts from "typescript"
import type { Diagnostic } from "typescript-7/unstable/sync"
import type { Chain } from "./syntax.ts"

/** What `problemsOf` needs of a file. */
export type Place = Pick<ts.SourceFile, "fileName" | "getLineAndCharacterOfPosition">

export function toDiagnostic(diagnostic: Diagnostic, file: Place | undefined): ts.Diagnostic {
  const { pos, end, code, category } = diagnostic
  const place = file && { start: pos, length: end - pos }
  return { file, ...place, code, category, messageText: chainOf(diagnostic) } as unknown as ts.Diagnostic
}

function chainOf({ text, messageChain = [] }: Diagnostic): Chain | string {
  return messageChain.length === 0 ? text : { messageText: text, next: messageChain.map((one) => asChain(chainOf(one))) }
}

const asChain = (text: Chain | string): Chain => (typeof text === "string" ? { messageText: text } : text)
