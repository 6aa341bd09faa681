// `keops`: formulas from pieces and terms, from one text, or from a template tag.
import type { InlineAliases, InlineText } from "../formula/inline.ts"
import { type AnyFormula, type Formula, makeFormula } from "./formula.ts"
import { isFromBuild } from "./make.ts"
import { type Join, join, type Term } from "./pieces.ts"

// biome-ignore lint/suspicious/noExplicitAny: only the second parameter matters
type DeclaredBy<v> = v extends Formula<any, infer a> ? a : never

export interface Keops {
  <const P extends readonly string[], const V extends readonly Term[]>(
    pieces: P,
    ...terms: V
  ): Formula<Join<P, V> & string, DeclaredBy<V[number]>>
  <const S extends string>(text: S): Formula<InlineText<S>, InlineAliases<S> & string>
  (pieces: TemplateStringsArray, ...terms: readonly Term[]): Formula<string, string>
}

/**
 * A formula.
 *
 * The tag `` keops`Exp(-SqNorm2($<x> - $<y>))` `` needs the transformer to be typed exactly; the other forms do not.
 *
 * @throws TypeError where pieces and terms do not fit together, FormulaError where a declaration cannot be read.
 * @example
 * const [x, y] = [Vi("x", 3), Vj("y", 3)]
 * keops(["Exp(-SqNorm2(", " - ", "))"], x, y)             // Formula<"Exp(-SqNorm2(x - y))", "x = Vi(3)" | "y = Vj(3)">
 * keops("Exp(-SqNorm2($<x:Vi(3)> - $<y:Vj(3)>))")         // the same
 */
export const keops = ((pieces: string | readonly string[], ...rest: unknown[]): AnyFormula => {
  const built = isFromBuild(rest.at(-1)) ? (rest.pop() as { readonly dim?: number }) : undefined
  const isTag = typeof pieces !== "string" && "raw" in pieces
  const { text, variables } = join(typeof pieces === "string" ? [pieces] : pieces, rest as Term[], isTag)
  return makeFormula(text, variables, built?.dim)
}) as Keops
