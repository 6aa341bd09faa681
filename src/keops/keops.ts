// `keops`: formulas from pieces and terms, from one text, or from a template tag.
import type { Dims, Measure } from "../formula/dimensions/infer.ts"
import type { Wrong } from "../formula/dimensions/operand.ts"
import type { InlineAliases, InlineText, InlineUndeclared } from "../formula/inline.ts"
import type { DeclaredDifferently } from "../messages/alias.ts"
import type { PieceCount } from "../messages/keops.ts"
import { wrongKind } from "../runtime/options.ts"
import type { Conflict, Explain, Faults } from "./check.ts"
import { type Formula, makeFormula } from "./formula.ts"
import { takeBuilt } from "./make.ts"
import { type CheckTerms, type Join, join, type Term } from "./pieces.ts"
import type { AnyFormula, DeclaredBy } from "./terms.ts"

/** The text of pieces and terms, or of one text, before its own declarations are taken out; `0` where their numbers do not fit. */
type Whole<p, v> = p extends string ? (v extends readonly [unknown, ...unknown[]] ? 0 : p) : Join<p, v>
type Text<p, v> = Whole<p, v> extends infer s extends string ? InlineText<s> : string
/** The canonical aliases of all variables, as a union; `Wrong` for what cannot be read; `string` where a term is `any`. */
type Aliases<p, v extends Terms> =
  | (0 extends 1 & v[number] ? string : DeclaredBy<v[number]>)
  | (Whole<p, v> extends infer s extends string ? (string extends s ? string : InlineAliases<s>) : never)
/** What stands between the pieces, right or wrong. */
type Terms = readonly unknown[]

// biome-ignore lint/suspicious/noExplicitAny: with `string`, the literals of the other pieces would be widened
type Explained<p, sentence> = p extends string ? sentence : readonly [sentence, ...any[]]
// The pieces stand in a branch of this very type, not deeper, so that TypeScript sees the `const` of their parameter.
type CheckPieces<p, v extends Terms> = [...Faults<Verdict<p, v>>] extends [1] ? Explained<p, Verdict<p, v>> : p

/** The sentence about pieces and terms, or never where they are right. */
type Verdict<p, v extends Terms> =
  Whole<p, v> extends infer s
    ? s extends string
      ? p extends string
        ? Judge<s, Aliases<p, v>> extends infer m
          ? m extends Wrong<infer sentence>
            ? Explain<m, sentence, s, keyof Dims<Aliases<p, v>> & string>
            : never
          : never
        : Sentence<Judge<s, Aliases<p, v>>>
      : PieceCount<`${Length<p>}`, `${v["length"]}`>
    : never
/** What is wrong, as `Wrong`, or else a dimension. */
type Judge<s extends string, a> = [Extract<a, Wrong<string>>] extends [never]
  ? [Conflict<a>] extends [never]
    ? [InlineUndeclared<s, keyof Dims<a>>] extends [never]
      ? Measure<InlineText<s>, Dims<a>>
      : InlineUndeclared<s, keyof Dims<a>>
    : Wrong<DeclaredDifferently<Conflict<a>>>
  : Extract<a, Wrong<string>>
type Sentence<wrong> = wrong extends Wrong<infer sentence> ? sentence : never
type Length<p> = p extends readonly unknown[] ? p["length"] : 1

/** A formula with a mistake is loosely typed, so that no second error follows from the first. */
// biome-ignore lint/suspicious/noExplicitAny: `any` says to the transformer that a mistake has been reported
type Made<p, v extends Terms> = Faults<Verdict<p, v>> extends [1] ? Formula<any, string> : Formula<Text<p, v>, Aliases<p, v> & string>

/** The type of `keops`. */
export interface Keops {
  /**
   * The formula of pieces of text and the terms between them, one fewer, or of one text.
   *
   * @throws TypeError if their numbers do not fit, or a term is none.
   */
  <const P extends string | readonly string[], const V extends Terms>(pieces: CheckPieces<P, V>, ...terms: CheckTerms<P, V>): Made<P, V>
  /**
   * A type alone, which no program calls: of the tag of a template whose pieces are `P`. TypeScript does not tell a tag its pieces;
   * bundler plugins and editors do, by this.
   */
  readonly tagOf: <const P extends readonly string[]>() => KeopsTag<P>
}
/** A tag that knows the pieces of its template. */
export type KeopsTag<P extends readonly string[]> = <const V extends Terms>(
  pieces: TemplateStringsArray,
  ...terms: CheckTerms<P, V>
) => Made<P, V>

/**
 * A formula, made of pieces of text and of what stands between them (variables, formulas, numbers, user-defined operations), or of one text.
 *
 * Its dimension, its category and the names of its inputs are part of its type. The tag `` keops`Exp(-SqNorm2($<x> - $<y>))` `` needs the
 * transformer to be typed exactly; the other forms do not. Nothing is computed before a reduction of the formula is called.
 *
 * @throws TypeError if pieces and terms do not fit together; FormulaError if a declaration cannot be read.
 * @example
 * const [x, y] = [Vi("x", 3), Vj("y", 3)]
 * keops(["Exp(-SqNorm2(", " - ", "))"], x, y)             // Formula<"Exp(-SqNorm2(x - y))", "x = Vi(3)" | "y = Vj(3)">
 * keops("Exp(-SqNorm2($<x:Vi(3)> - $<y:Vj(3)>))")         // the same
 * @see KeOps: `LazyTensor`, https://www.kernel-operations.io/keops/python/api/index.html
 */
export const keops = ((pieces: string | readonly string[], ...rest: unknown[]): AnyFormula => {
  const built = takeBuilt(rest) as { readonly dim?: number } | undefined
  if (typeof pieces !== "string" && !Array.isArray(pieces)) throw wrongKind("formula", "a text", pieces)
  const isTag = typeof pieces !== "string" && "raw" in pieces
  const { text, variables, operations } = join(typeof pieces === "string" ? [pieces] : pieces, rest as Term[], isTag)
  return makeFormula(text, variables, built?.dim, operations)
}) as unknown as Keops
