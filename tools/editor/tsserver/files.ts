// What the plugin knows of a project: its program as it is now, and the analysis of that.
import type ts from "typescript"
import { analyseProgram } from "../../../transformer/analyse-program.ts"
import type { Compiler, Context } from "../../../transformer/context.ts"
import type { Look } from "../../hosts/host.ts"
import type { Mapping } from "../mapping.ts"
import type { Hints } from "./hints.ts"
import type { Snapshots } from "./snapshots.ts"

export interface Files {
  readonly ts: Compiler
  look(file: string): Look
  mappingOf(file: string): Mapping | undefined
  /** Keeps what is known of the formulas of a file, for its next text. */
  keep(file: string, hints: Hints): void
}

export function filesOf(ts: Compiler, service: ts.LanguageService, { look, mappingOf, keep }: Snapshots): Files {
  let known: Pick<Look, "context" | "analysis"> | undefined
  return {
    ts,
    mappingOf,
    keep,
    look(file) {
      const program = service.getProgram()!
      if (known?.context.program !== program) {
        const context: Context = { ts, program, options: {} }
        known = { context, analysis: analyseProgram(context, (one) => program.getSemanticDiagnostics(one)) }
      }
      return { ...known, ...look(file)!, tree: program.getSourceFile(file)! }
    },
  }
}
