// Puts a formula together from pieces of text and terms, at run time and in types.
import { type Declaration, printAlias } from "../formula/alias.ts"
import type { Add } from "../formula/dimensions/decimal.ts"
import { inline } from "../formula/inline.ts"
import type { IsUnion } from "../formula/parser/suggest.ts"
import type { OperationRow } from "../formula/user-definition.ts"
import { DeclaredDifferently } from "../messages/alias.ts"
import { IsData, type NotAConstant, NotATerm, NotTransformed, PieceCount } from "../messages/keops.ts"
import type { Faults } from "./check.ts"
import type { AnyFormula, AnyOperation } from "./terms.ts"

/** What may stand between two pieces: a variable, an operation of a user, a formula (in parentheses), or a number. */
export type Term = AnyFormula | AnyOperation | number

/** How a term is written: a variable by its name, a formula or a negative number in parentheses; `any` where it is not a term. */
export type Written<t> = t extends number
  ? number extends t
    ? // biome-ignore lint/suspicious/noExplicitAny: says that the mistake is reported at the term
      any
    : `${t}` extends `-${string}`
      ? `${t}` extends "-Infinity"
        ? // biome-ignore lint/suspicious/noExplicitAny: likewise
          any
        : `(${t})`
      : `${t}` extends "Infinity"
        ? // biome-ignore lint/suspicious/noExplicitAny: likewise
          any
        : `${t}`
  : t extends { readonly name: infer n extends string }
    ? n
    : t extends { readonly text: infer s extends string }
      ? `(${s})`
      : // biome-ignore lint/suspicious/noExplicitAny: likewise
        any
/** The twin of `Written` and of `CheckTerm`, which knows of numbers also whether they are literals. */
function written(term: Term, position: number): string {
  const nth = `term ${position + 1}`
  const refused = (what: string) => new TypeError(NotATerm(nth, what))
  if (typeof term === "number") {
    if (!Number.isFinite(term)) throw refused("not finite")
    return term < 0 ? `(${term})` : `${term}`
  }
  if (term === null || term === undefined) throw refused(`${term}`)
  const kind: string = typeof term
  if (kind !== "object") throw refused(`a ${"signature" in Object(term) ? "reduction" : kind}`)
  if (typeof term.text !== "string") throw "length" in term || "toHost" in term ? new TypeError(IsData(nth, "x")) : refused("an object")
  return "name" in term ? term.text : `(${term.text})`
}

/** Each term, or the sentence about it. Where the pieces are not known, numbers need not be literals: the text is not one either. */
export type CheckTerms<p, v> = { readonly [k in keyof v]: CheckTerm<v[k], k, p> }
/** Counted from 1. */
type Nth<k> = `term ${k extends string ? Add<k, "1"> & string : number}`
type CheckTerm<t, k, p> = [t] extends [WithText] ? t : [...Faults<TermFault<t, k, p>>] extends [1] ? TermFault<t, k, p> : t
/** What all terms have that are not numbers. */
interface WithText {
  readonly text: string
  readonly variables: unknown
}
/** The sentence about a number that is no literal, or about what is no term, or never. */
type TermFault<t, k, p> = [t] extends [WithText]
  ? never
  : [t] extends [number]
    ? IsUnion<t> extends true
      ? NotAConstant<Nth<k>, "p">
      : number extends t
        ? p extends readonly [] | readonly [unknown, ...unknown[]]
          ? NotAConstant<Nth<k>, "p">
          : never
        : `${t}` extends `${string}Infinity`
          ? NotATerm<Nth<k>, "not finite">
          : never
    : Refusal<t, Nth<k>>
type Refusal<t, nth extends string> = [t] extends [Callable]
  ? NotATerm<nth, t extends { readonly signature: unknown } ? "a reduction" : "a function">
  : [t] extends [string]
    ? NotATerm<nth, "a string">
    : [t] extends [boolean]
      ? NotATerm<nth, "a boolean">
      : [t] extends [bigint]
        ? NotATerm<nth, "a bigint">
        : [t] extends [symbol]
          ? NotATerm<nth, "a symbol">
          : [t] extends [undefined]
            ? NotATerm<nth, "undefined">
            : [t] extends [null]
              ? NotATerm<nth, "null">
              : [t] extends [{ readonly length: number } | { toHost(): unknown }]
                ? IsData<nth, "x">
                : [t] extends [object]
                  ? NotATerm<nth, "an object">
                  : NotATerm<nth, "not always one">
type Callable = (...args: never) => unknown

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
  const names = declared.map(({ name }) => name)
  const undeclared = (inside: string) => NotTransformed(inside.trim())
  const { text, variables } = inline(joined, names, isTag ? undeclared : undefined)
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
