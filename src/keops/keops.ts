// `keops`: formulas from pieces and terms, from one text, or from a template tag.
import type { AnyFormula, Formula } from "./formula.ts"

/** What may stand between two pieces: a variable, a formula (in parentheses), or a number. */
export type Term = AnyFormula | number

type Text<t> = t extends number
  ? t extends unknown
    ? `${t}` extends `-${string}`
      ? `(${t})`
      : `${t}`
    : never
  : t extends { readonly name: infer n extends string }
    ? n
    : t extends { readonly text: infer s extends string }
      ? `(${s})`
      : string

export type Join<p, v> = p extends readonly [infer s extends string, ...infer q]
  ? v extends readonly [infer t, ...infer w]
    ? `${s}${Text<t>}${Join<q, w>}`
    : s
  : p extends readonly []
    ? ""
    : string

// biome-ignore lint/suspicious/noExplicitAny: only the second parameter matters
export type DeclaredBy<v> = v extends Formula<any, infer a> ? a : never

export interface Keops {
  <const P extends readonly string[], const V extends readonly Term[]>(pieces: P, ...terms: V): Formula<Join<P, V>, DeclaredBy<V[number]>>
  <const S extends string>(text: S): Formula<S, string>
  (pieces: TemplateStringsArray, ...terms: readonly Term[]): Formula<string, string>
}
export declare const keops: Keops
