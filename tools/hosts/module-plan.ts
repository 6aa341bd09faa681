// From the analysis of a file to what is put into its text: places only, for whoever holds the text.
import type ts from "typescript"
import { type Analysis, isLink } from "../../transformer/analyse-file.ts"
import type { Compiler } from "../../transformer/context.ts"
import { type FormulaCall, isTagged } from "../../transformer/formula-call.ts"
import type { VirtualTag } from "../virtual/virtual-text.ts"
import type { CallPlan, ModulePlan, Problem } from "./host.ts"

/** `tags` are those of the file, `problems` all that is reported of it. */
export function planOf(
  ts: Compiler,
  file: ts.SourceFile,
  analysis: Analysis,
  tags: readonly VirtualTag[],
  problems: readonly Problem[],
): ModulePlan {
  const { extras, pure, blockers } = analysis
  const stops = ({ isOurs, category, start }: Problem) => isOurs || (category === "error" && blockers.has(start))
  const nodes = new Set([...extras.keys(), ...pure])
  const calls = [...nodes].map((node): CallPlan => {
    const call = node as FormulaCall
    const extra = extras.get(call)
    const list = isTagged(call) ? undefined : call.arguments
    return {
      start: call.getStart(file),
      end: call.end,
      isPure: pure.has(call) && !isLink(ts, analysis, call),
      ...(extra && { extra }),
      ...(list && { at: list.end, needsComma: list.length > 0 && !list.hasTrailingComma }),
    }
  })
  return {
    tags,
    calls: calls.sort((a, b) => a.start - b.start || b.end - a.end),
    head: headOf(ts, file),
    problems: problems.filter(stops).sort((a, b) => a.start - b.start),
  }
}

/** Where the imports and directives at the beginning of a file end; where there are none, its beginning, behind a line for the shell. */
function headOf(ts: Compiler, file: ts.SourceFile): number {
  const isHead = (statement: ts.Statement) =>
    ts.isImportDeclaration(statement) || (ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression))
  const count = file.statements.findIndex((statement) => !isHead(statement))
  const heads = file.statements.slice(0, count < 0 ? file.statements.length : count)
  return heads.at(-1)?.end ?? /^\uFEFF?(?:#!.*\r?\n?)?/.exec(file.text)![0].length
}
