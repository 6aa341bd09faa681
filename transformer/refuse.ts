// Where the transformer cannot work at all it says so in a diagnostic of the project: an exception would be shown with its stack.
import type ts from "typescript"
import { targets } from "../src/artifact/targets.ts"
import { near } from "../src/formula/parser/suggest.ts"
import type { Compiler, Options } from "./context.ts"
import { notAProgramTransformer, notBoolean, notTargets, unknownOption, unsupportedCompiler } from "./messages.ts"
import { linked } from "./troubleshooting.ts"

/** What ts-patch hands to a transformer of files. */
export interface FileTools {
  readonly ts: Compiler
  readonly addDiagnostic: (diagnostic: ts.Diagnostic) => unknown
}

/** "Unknown compiler option": ours go by the same number. */
const code = 5023

function diagnostic({ DiagnosticCategory }: Compiler, sentence: string): ts.Diagnostic {
  const kind = { category: DiagnosticCategory.Error, code }
  return { ...kind, file: undefined, start: undefined, length: undefined, messageText: linked(kind, sentence), source: "tskeops" }
}

/** Whether it is a compiler that the transformer was tried with. */
export function isKnown({ version }: Compiler): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  return major === 6 || (major === 5 && minor >= 9)
}

export function refuseCompiler(ts: Compiler, program: ts.Program): ts.Program {
  return report(ts, program, [unsupportedCompiler(ts.version)])
}

/** What is wrong with the value of an option, or nothing. */
const ours: Readonly<Record<keyof Options, (value: unknown) => string | undefined>> = {
  validate: (value) => (typeof value === "boolean" ? undefined : notBoolean("validate", JSON.stringify(value))),
  targets: wrongTargets,
}

/** What is wrong with a value of `targets`, or nothing: all hosts check it so. */
export function wrongTargets(value: unknown): string | undefined {
  const isList = Array.isArray(value) && value.length > 0 && value.every((one) => targets.includes(one))
  return isList ? undefined : notTargets(JSON.stringify(value))
}

/** What ts-patch itself reads from the plugin's line. */
const ofPatch = [
  "transform",
  "transformProgram",
  "name",
  "type",
  "import",
  "isEsm",
  "tsConfig",
  "resolvePathAliases",
  "after",
  "afterDeclarations",
]

/** Says which options of the plugin's line are none. */
export function refuseOptions(ts: Compiler, program: ts.Program, options: object): void {
  const known = Object.keys(ours)
  const sentences = Object.entries(options).flatMap(([name, value]) => {
    if (Object.hasOwn(ours, name)) return ours[name as keyof Options](value) ?? []
    return ofPatch.includes(name)
      ? []
      : [unknownOption(name, near(name, [...known, ...ofPatch]), known.map((one) => `"${one}"`).join(", "))]
  })
  if (sentences.length > 0) report(ts, program, sentences)
}

function report(ts: Compiler, program: ts.Program, sentences: readonly string[]): ts.Program {
  const before = program.getConfigFileParsingDiagnostics()
  program.getConfigFileParsingDiagnostics = () => [...before, ...sentences.map((sentence) => diagnostic(ts, sentence))]
  return program
}

/** In the place of a transformer of files, which this is not: leaves them as they are. */
export function refuseFiles({ ts, addDiagnostic }: FileTools): ts.TransformerFactory<ts.SourceFile> {
  addDiagnostic(diagnostic(ts, notAProgramTransformer()))
  return () => (file) => file
}
