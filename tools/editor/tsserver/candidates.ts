// The variables that may be written after `$<`: those in scope that a formula can hold, those that make it valid marked.
import type ts from "typescript"
import { type FormulaCall, termsOf } from "../../../transformer/formula-call.ts"
import { termOf } from "../../../transformer/formula-check.ts"
import type { VirtualTag } from "../../virtual/virtual-text.ts"
import { fits, type Term } from "../formula/terms.ts"
import { type Reference, textOfTag } from "../formula/texts.ts"
import type { Files } from "./files.ts"

export interface Candidate {
  readonly name: string
  /** Whether the formula is valid with it. */
  readonly fits: boolean
}

export function candidatesAt(files: Files, file: string, tag: VirtualTag, reference: Reference): readonly Candidate[] {
  const { ts, now, tree, written } = files
  const source = tree(file)
  const call = tagAt(ts, source, tag)
  if (call === undefined) return []
  const { context, origin } = now()
  const checker = context.program.getTypeChecker()
  const read = (type: ts.Type): Term | undefined => {
    const [dims, operations]: [Record<string, number>, string[]] = [{}, []]
    const bind = (name: string, _category: string, dim: number) => {
      dims[name] = dim
    }
    const text = termOf(checker, type, bind, operations, origin.owns)
    return text === undefined ? undefined : { text, dims, operations }
  }
  const text = textOfTag(written(file), tag)
  const terms = termsOf(ts, call).map((term) => read(checker.getTypeAtLocation(term)))
  return checker.getSymbolsInScope(call, ts.SymbolFlags.Value).flatMap((symbol): Candidate | readonly [] => {
    if (!isBefore(ts, source, symbol, call)) return []
    const term = read(checker.getTypeOfSymbolAtLocation(symbol, call))
    return term === undefined ? [] : { name: symbol.name, fits: fits(written(file), text, terms, gapOf(reference), term) }
  })
}

/** What is written of a reference, with its delimiters. */
function gapOf({ start, end, isClosed }: Reference) {
  return { start: start - 2, end: isClosed ? end + 1 : end }
}

function tagAt(ts: Files["ts"], source: ts.SourceFile, { start, end }: VirtualTag): FormulaCall | undefined {
  let found: FormulaCall | undefined
  const visit = (node: ts.Node): void => {
    if (node.pos > start || node.end < end) return
    if (ts.isTaggedTemplateExpression(node) && node.getStart(source) === start) found = node
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Whether a name of this file may be used in a tag: what is declared by it, or behind it in the same function, has no value yet. */
function isBefore(ts: Files["ts"], source: ts.SourceFile, { declarations = [] }: ts.Symbol, tag: ts.Node): boolean {
  const functionOf = (node: ts.Node) => ts.findAncestor(node, (one) => ts.isFunctionLike(one))
  return declarations.some((declaration) => {
    if (declaration.getSourceFile() !== source || declaration.getStart(source) >= source.text.length) return false
    if (declaration.pos <= tag.pos && tag.end <= declaration.end) return ts.isParameter(declaration)
    return declaration.pos < tag.pos || functionOf(declaration) !== functionOf(tag)
  })
}
