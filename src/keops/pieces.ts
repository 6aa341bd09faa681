// Puts a formula together from pieces of text and terms, at run time and in types.
import { type Declaration, printAlias } from "../formula/alias.ts"
import type { OperationRow } from "../formula/definition.ts"
import { inline } from "../formula/inline.ts"
import { DeclaredDifferently } from "../messages/alias.ts"
import { NotATerm, NotTransformed, PieceCount, UndeclaredInline } from "../messages/keops.ts"
import type { AnyFormula } from "./formula.ts"
import type { AnyOperation } from "./operation.ts"

/** What may stand between two pieces: a variable, an operation of a user, a formula (in parentheses), or a number. */
export type Term = AnyFormula | AnyOperation | number

/** How a term is written: a variable by its name, a formula or a negative number in parentheses. */
export type Written<t> = t extends number
  ? `${t}` extends `-${string}`
    ? `(${t})`
    : `${t}`
  : t extends { readonly name: infer n extends string }
    ? n
    : t extends { readonly text: infer s extends string }
      ? `(${s})`
      : string
function written(term: Term, position: number): string {
  if (typeof term === "number" && Number.isFinite(term)) return term < 0 ? `(${term})` : `${term}`
  const { text } = (term ?? {}) as AnyFormula
  if (typeof text === "string") return "name" in (term as AnyFormula) ? text : `(${text})`
  throw new TypeError(NotATerm(position))
}

/** The text of a formula: pieces and terms in turn; `0` where their numbers do not fit. */
export type Join<p, v, text extends string = ""> = p extends readonly [infer s extends string, ...infer q]
  ? v extends readonly [infer t, ...infer w]
    ? Join<q, w, `${text}${s}${Written<t>}`>
    : q extends readonly []
      ? `${text}${s}`
      : 0
  : p extends readonly []
    ? 0
    : string
/** The text of a formula and the variables that its terms and its own `$<x:Vi(3)>` declare. */
export function join(pieces: readonly string[], terms: readonly Term[], isTag: boolean) {
  if (pieces.length !== terms.length + 1) throw new TypeError(PieceCount(pieces.length, terms.length))
  const declared = terms.flatMap((term) => (term as AnyFormula | null)?.variables ?? []) as readonly Declaration[]
  const joined = pieces.map((piece, n) => (n < terms.length ? piece + written(terms[n]!, n) : piece)).join("")
  const names = new Set(declared.map(({ name }) => name))
  const { text, variables } = inline(joined, (name) => names.has(name), isTag ? NotTransformed : UndeclaredInline)
  return { text, variables: unite([...declared, ...variables]), operations: operationsOf(terms) }
}

/** The definitions of operations that terms bring along. */
export function operationsOf(terms: readonly unknown[]): readonly OperationRow[] {
  return terms.flatMap((term) => (term as Partial<AnyOperation> | null)?.operations ?? [])
}

/** Each variable once; the same name in two declarations is an error. */
export function unite(variables: readonly Declaration[]): readonly Declaration[] {
  const byName = new Map<string, Declaration>()
  for (const variable of variables) {
    const before = byName.get(variable.name)
    if (before && printAlias(before) !== printAlias(variable)) throw new TypeError(DeclaredDifferently(variable.name))
    byName.set(variable.name, variable)
  }
  return [...byName.values()]
}
