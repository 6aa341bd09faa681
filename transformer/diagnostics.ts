// The diagnostics of a file: those of the checker, with ours in place of the coarser ones. Comments that silence the checker silence ours too.
import type ts from "typescript"
import { type Analysis, type Finding, isAbout, isAboutFormula } from "./analyse-file.ts"
import type { Context } from "./context.ts"
import type { FormulaCall } from "./formula-call.ts"
import { sentenceOf } from "./sentence.ts"
import { linked } from "./troubleshooting.ts"

/** "Argument of type … is not assignable", under which the types report a formula's mistake; ours go by the same number. */
const NOT_ASSIGNABLE = 2345
/** The same for an element of an array, for `this`, and for a call with several signatures. */
const coarse = new Set([NOT_ASSIGNABLE, 2322, 2684, 2769])
export const isCoarse = ({ code }: ts.Diagnostic): boolean => coarse.has(code)
const UNUSED_DIRECTIVE = 2578

interface Directive {
  readonly range: { readonly pos: number }
  readonly type: number
}

export function merge(
  context: Context,
  file: ts.SourceFile,
  checked: readonly ts.Diagnostic[],
  { pure: calls }: Analysis,
  findings: readonly Finding[],
): readonly ts.Diagnostic[] {
  if (isUnchecked(file)) return checked
  const directives = (file as { readonly commentDirectives?: readonly Directive[] }).commentDirectives ?? []
  const lineOf = (at: number) => file.getLineAndCharacterOfPosition(at).line
  const used = new Set<number>()
  const isSilenced = ({ call, start }: Finding): boolean => {
    const lines = [lineOf(start), lineOf(call.getStart(file))].map((line) => line - 1)
    const directive = directives.find(({ range }) => lines.includes(lineOf(range.pos)))
    if (directive) used.add(lineOf(directive.range.pos))
    return directive !== undefined
  }
  const ours = findings.flatMap((finding) =>
    finding.message === undefined || isSilenced(finding) ? [] : [toDiagnostic(context, file, finding, finding.message)],
  )
  const kept = checked.filter(({ code, start }) => {
    if (start === undefined) return true
    if (code === UNUSED_DIRECTIVE) return !used.has(lineOf(start))
    const isAboutIt = ({ call, start: at }: Finding) => at === start || isAboutFormula(context.ts, file, call, start)
    return !(coarse.has(code) && findings.some((finding) => finding.replaces && isAboutIt(finding)))
  })
  return [...kept.map((one) => unwrap(context, file, calls, one)), ...ours]
}

/** A diagnostic about a type that is, or carries, one of our sentences: the sentence alone says it better. */
function unwrap(context: Context, file: ts.SourceFile, calls: ReadonlySet<ts.Node>, diagnostic: ts.Diagnostic): ts.Diagnostic {
  const { start } = diagnostic
  if (!isCoarse(diagnostic) || start === undefined) return diagnostic
  const sentence = sentenceOf(context, file, diagnostic)
  // A mistake of a definition is reported at one of its fields.
  const holds = (call: ts.Node) => sentence?.isMistake && call.getStart(file) <= start && start < call.end
  const isOurs = sentence && [...calls].some((call) => holds(call) || isAbout(context.ts, file, call as FormulaCall, start))
  return isOurs ? { ...diagnostic, messageText: linked(diagnostic, sentence.text), source: "tskeops" } : diagnostic
}

/** Whether a comment says that nothing is to be reported. A formula's mistake is an error in JavaScript too that nobody asked to have checked. */
function isUnchecked(file: ts.SourceFile): boolean {
  return (file as { readonly checkJsDirective?: { readonly enabled: boolean } }).checkJsDirective?.enabled === false
}

function toDiagnostic({ ts }: Context, file: ts.SourceFile, { start, end }: Finding, sentence: string): ts.Diagnostic {
  const kind = { category: ts.DiagnosticCategory.Error, code: NOT_ASSIGNABLE }
  return { ...kind, file, start, length: Math.max(1, end - start), messageText: linked(kind, sentence), source: "tskeops" }
}
