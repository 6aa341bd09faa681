// Where the transformer cannot work at all it says so in a diagnostic of the project: an exception would be shown with its stack.
import type ts from "typescript"
import type { Compiler } from "./context.ts"
import { notAProgramTransformer, unsupportedCompiler } from "./messages.ts"

/** What ts-patch hands to a transformer of files. */
export interface FileTools {
  readonly ts: Compiler
  readonly addDiagnostic: (diagnostic: ts.Diagnostic) => unknown
}

/** "Unknown compiler option": ours go by the same number. */
const code = 5023

const diagnostic = ({ DiagnosticCategory }: Compiler, messageText: string): ts.Diagnostic => ({
  category: DiagnosticCategory.Error,
  code,
  file: undefined,
  start: undefined,
  length: undefined,
  messageText,
  source: "tskeops",
})

/** Whether it is a compiler that the transformer was tried with. */
export function isKnown({ version }: Compiler): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  return major === 6 || (major === 5 && minor >= 9)
}

export function refuseCompiler(ts: Compiler, program: ts.Program): ts.Program {
  const before = program.getConfigFileParsingDiagnostics()
  program.getConfigFileParsingDiagnostics = () => [...before, diagnostic(ts, unsupportedCompiler(ts.version))]
  return program
}

/** In the place of a transformer of files, which this is not: leaves them as they are. */
export function refuseFiles({ ts, addDiagnostic }: FileTools): ts.TransformerFactory<ts.SourceFile> {
  addDiagnostic(diagnostic(ts, notAProgramTransformer()))
  return () => (file) => file
}
