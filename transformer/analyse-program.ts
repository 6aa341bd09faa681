// The analyses of a program's files, each made when it is first asked for, and their diagnostics with ours in place of coarser ones.
import type ts from "typescript"
import { type Analysis, analyse, type Finding, type Mistakes } from "./analyse-file.ts"
import { type Context, isForeign } from "./context.ts"
import { merge } from "./diagnostics.ts"
import { isVirtualName } from "./formula-call.ts"
import { findOrigin } from "./tags/imports.ts"

export interface ProgramAnalysis {
  analysisOf(file: ts.SourceFile): Analysis
  /** What the checker says of a file, with `others` (findings of a validator) and ours. */
  withOurs(file: ts.SourceFile, checked: readonly ts.Diagnostic[], others?: readonly Finding[]): readonly ts.Diagnostic[]
}

/** "Used before being assigned": virtual texts of JavaScript declare tags behind their use. */
const NOT_ASSIGNED = 2454
const real = (file: ts.SourceFile, diagnostics: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] =>
  diagnostics.filter(({ code, start = 0 }) => code !== NOT_ASSIGNED || !isVirtualName(file.text.charAt(start)))

export function analyseProgram(context: Context, check: (file: ts.SourceFile) => readonly ts.Diagnostic[]): ProgramAnalysis {
  const { program } = context
  const origin = findOrigin(context)
  const analyses = new Map<ts.SourceFile, Analysis>()
  const texts = new Set<string>()
  const mistakes: Mistakes = {
    add: (text) => texts.add(text),
    has(text) {
      // The formula may be written in a file that comes later.
      if (!texts.has(text)) program.getSourceFiles().forEach(analysisOf)
      return texts.has(text)
    },
  }
  const isOurs = (file: ts.SourceFile): boolean => origin.isUsed && !file.isDeclarationFile && !isForeign(file.fileName)
  function analysisOf(file: ts.SourceFile): Analysis {
    const known = analyses.get(file)
    if (known) return known
    const nothing: Analysis = { extras: new Map(), pure: new Set(), findings: [], blockers: new Set() }
    // Two files may ask for each other.
    analyses.set(file, nothing)
    const analysis = isOurs(file) ? analyse(context, origin, mistakes, file, real(file, check(file))) : nothing
    analyses.set(file, analysis)
    return analysis
  }
  return {
    analysisOf,
    withOurs(file, checked, others = []) {
      const analysis = analysisOf(file)
      return merge(context, file, real(file, checked), analysis, [...analysis.findings, ...others])
    },
  }
}
