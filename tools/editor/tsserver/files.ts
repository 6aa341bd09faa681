// What the plugin knows of a project: its program as it is now, the analysis of that, and the texts of formulas in its files.
import type ts from "typescript"
import { analyseProgram, type ProgramAnalysis } from "../../../transformer/analyse-program.ts"
import type { Compiler, Context } from "../../../transformer/context.ts"
import { type FormulaCall, piecesOf } from "../../../transformer/formula-call.ts"
import { findOrigin, type Origin } from "../../../transformer/tags/imports.ts"
import { type FormulaText, textOfTag } from "../formula/texts.ts"
import type { Mapping } from "../mapping.ts"
import type { Snapshots } from "./snapshots.ts"

export interface Now {
  readonly context: Context
  readonly analysis: ProgramAnalysis
  readonly origin: Origin
}

export interface Files {
  readonly ts: Compiler
  now(): Now
  /** The virtual tree of a file. */
  tree(file: string): ts.SourceFile
  written(file: string): string
  mappingOf(file: string): Mapping | undefined
  /** The texts of formulas in a file, in tags and in calls. */
  textsOf(file: string): readonly FormulaText[]
}

export function filesOf(ts: Compiler, service: ts.LanguageService, { written, mappingOf }: Snapshots): Files {
  let known: Now | undefined
  const now = (): Now => {
    const program = service.getProgram()!
    if (known?.context.program !== program) {
      const context: Context = { ts, program, options: {} }
      known = { context, origin: findOrigin(context), analysis: analyseProgram(context, (file) => program.getSemanticDiagnostics(file)) }
    }
    return known
  }
  const textIn = (file: string): string => {
    const snapshot = written(file)!
    return snapshot.getText(0, snapshot.getLength())
  }
  const tree = (file: string) => now().context.program.getSourceFile(file)!
  return {
    ts,
    now,
    tree,
    written: textIn,
    mappingOf,
    textsOf(file) {
      const inTags = (mappingOf(file)?.tags ?? []).map((tag) => textOfTag(textIn(file), tag))
      const source = tree(file)
      const calls = [...now().analysis.analysisOf(source).pure] as FormulaCall[]
      return [...inTags, ...calls.flatMap((call) => ("tag" in call ? [] : (textOfCall(ts, source, call) ?? [])))]
    },
  }
}

/** The text in the first argument of a call; what stands between its pieces is a hole. */
function textOfCall(ts: Compiler, file: ts.SourceFile, call: FormulaCall): FormulaText | undefined {
  const pieces = piecesOf(ts, call)
  if (pieces === undefined || pieces.length === 0 || !pieces.every(ts.isStringLiteralLike)) return undefined
  const inner = pieces.map((piece) => ({ start: piece.getStart(file) + 1, end: piece.end - 1 }))
  return {
    start: inner[0]!.start,
    end: inner.at(-1)!.end,
    holes: inner.slice(1).map(({ start }, n) => ({ start: inner[n]!.end, end: start })),
  }
}
