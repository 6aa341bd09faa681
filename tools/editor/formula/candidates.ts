// The variables that may be written after `$<`: those in scope that a formula can hold, and whether it is valid with them. Scopes are read off the
// syntax, as the hosts have no common way to ask for what is in scope; the types are the checker's.
import type ts from "typescript"
import type { Compiler } from "../../../transformer/context.ts"
import { type FormulaCall, termsOf } from "../../../transformer/formula-call.ts"
import { termOf } from "../../../transformer/formula-check.ts"
import { findOrigin } from "../../../transformer/tags/imports.ts"
import type { Look, TagPlan } from "../../hosts/host.ts"
import { fits, type Term } from "./terms.ts"
import { type Reference, textOfTag } from "./texts.ts"

export interface Candidate {
  readonly name: string
  /** Whether the formula is valid with it. */
  readonly fits: boolean
}

export function candidatesAt({ context, tree, written }: Look, tag: TagPlan, reference: Reference): readonly Candidate[] {
  const { ts, program } = context
  const found = tagAt(ts, tree, tag)
  if (found === undefined) return []
  const checker = program.getTypeChecker()
  const { owns } = findOrigin(context)
  const read = (node: ts.Node): Term | undefined => {
    const [dims, operations]: [Record<string, number>, string[]] = [{}, []]
    const bind = (name: string, _category: string, dim: number) => {
      dims[name] = dim
    }
    const text = termOf(checker, checker.getTypeAtLocation(node), bind, operations, owns)
    return text === undefined ? undefined : { text, dims, operations }
  }
  const text = textOfTag(written, tag)
  const terms = termsOf(ts, found.call).map(read)
  const gap = { start: reference.start - 2, end: reference.isClosed ? reference.end + 1 : reference.end }
  return [...namesBefore(ts, found.ancestors, tag.start)].flatMap(([name, node]): Candidate | readonly [] => {
    const term = read(node)
    return term === undefined ? [] : { name, fits: fits(written, text, terms, gap, term) }
  })
}

/** The node of a tag, and those around it, the file first. */
export function tagAt(ts: Compiler, file: ts.SourceFile, { start, end }: TagPlan) {
  const ancestors: ts.Node[] = []
  const visit = (node: ts.Node): FormulaCall | undefined => {
    if (node.pos > start || node.end < end) return undefined
    if (ts.isTaggedTemplateExpression(node) && node.getStart(file) === start && node.end === end) return node
    ancestors.push(node)
    const call = ts.forEachChild(node, visit)
    if (call === undefined) ancestors.pop()
    return call
  }
  const call = visit(file)
  return call && { call, ancestors }
}

/** The names that have a value at a place, each with the identifier that declares it: inner scopes hide outer ones. */
function namesBefore(ts: Compiler, ancestors: readonly ts.Node[], place: number): ReadonlyMap<string, ts.Identifier> {
  const names = new Map<string, ts.Identifier>()
  const bind = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.set(name.text, name)
    else for (const element of name.elements) if (ts.isBindingElement(element)) bind(element.name)
  }
  const list = (declarations: ts.VariableDeclarationList): void => {
    for (const one of declarations.declarations) if (one.end <= place) bind(one.name)
  }
  for (const node of ancestors) {
    if (ts.isFunctionLike(node)) for (const { name } of node.parameters) bind(name as ts.BindingName)
    if ((ts.isForStatement(node) || ts.isForOfStatement(node)) && node.initializer && ts.isVariableDeclarationList(node.initializer))
      for (const { name } of node.initializer.declarations) bind(name)
    for (const statement of (node as Partial<ts.Block>).statements ?? []) {
      if (ts.isVariableStatement(statement)) list(statement.declarationList)
      const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined
      if (clause?.name) bind(clause.name)
      if (clause?.namedBindings && ts.isNamedImports(clause.namedBindings)) for (const { name } of clause.namedBindings.elements) bind(name)
    }
  }
  return names
}
