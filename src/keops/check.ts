// What the parameters of the public face must be, in types: what was given, where it is right, else the sentence that says why not.
import type { Alias, Category } from "../formula/alias.ts"
import type { Less } from "../formula/dimensions/decimal.ts"
import type { ByName, Dims, HasHoles, Measure } from "../formula/dimensions/infer.ts"
import type { Unfinished, Wrong } from "../formula/dimensions/operand.ts"
import type { Reduced } from "../formula/dimensions/reduction.ts"
import type * as limits from "../formula/limits.ts"
import type { OperationName } from "../formula/lookup.ts"
import type { ReadsOutput } from "../formula/output.ts"
import type * as aliases from "../messages/alias.ts"
import type { NeedsRank, NotRanked, TakesNoRank } from "../messages/keops.ts"
import type { ReductionName, Reductions } from "../reductions/reductions.ts"
import type { AnyOperation, DeclaredBy, Mistake } from "./terms.ts"

/**
 * `[1]` for a sentence, `[]` for never. `[...Faults<s>] extends [1] ? s : t` is `s`, or `t` where there is no sentence, as is `[s] extends [never]`; but
 * where `s` depends on a type parameter, TypeScript sees that it may be never (an array of unknown length is not `[1]`), and takes what is a `t`,
 * where otherwise it would refuse it and show a conditional type.
 */
export type Faults<sentence> = [sentence] extends [never] ? [] : [1]

/** A formula's text in variables that the aliases `a` declare; `o` is the alias of the output, where there is one. */
export type CheckFormula<f extends string, a extends readonly Listed[], o extends string = ""> = [
  ...Faults<FormulaFault<f, a, o>>,
] extends [1]
  ? Sealed<FormulaFault<f, a, o>>
  : f
/** The sentence about a formula whose aliases are sound, or never; that of an output which was left out stands there. */
type FormulaFault<f extends string, a extends readonly Listed[], o extends string> =
  Sound<a> extends true
    ? Measure<f, Dims<Canonical<a>>> extends infer m
      ? m extends Wrong<infer sentence>
        ? m extends ReadsOutput<o>
          ? never
          : // Where the output is no text and nothing follows, as in a list of all aliases, the output is to blame.
            [string, 0] extends [o, a["length"]]
            ? never
            : Explain<m, sentence, f, keyof Dims<Canonical<a>> & string>
        : never
      : never
    : never

/** `t`, but TypeScript infers nothing from it. `NoInfer` would hide the suggestions from editors. */
type Sealed<t> = t extends infer s ? s : never

/** The sentence of a mistake; with suggestions if a name may be missing or unfinished at the end of the text, as while one types. */
export type Explain<mistake, sentence extends string, f extends string, names extends string> =
  mistake extends Unfinished<string, infer word>
    ? word extends ""
      ? Suggest<sentence, `${f}${names}`>
      : f extends `${infer before}${word}`
        ? Suggest<sentence, `${before}${Extract<names | `${OperationName}(`, `${word}${string}`>}`>
        : sentence
    : sentence
type Suggest<sentence extends string, texts> = [texts] extends [never] ? sentence : texts | Mistake<sentence>

/** What a call lists: aliases, and operations of a user, anywhere among them. */
export type Listed = string | AnyOperation
/** The aliases of a list. */
type Texts<a> = a extends readonly string[] ? a : TextsAmong<a>
type TextsAmong<a, texts extends readonly string[] = readonly []> = a extends readonly [infer one, ...infer rest]
  ? TextsAmong<rest, one extends string ? readonly [...texts, one] : texts>
  : texts

/** The canonical aliases in call order, then definitions; an element that cannot be read, or is not known, stays as it is. */
export type Canonical<a extends readonly Listed[]> = a extends readonly string[]
  ? string extends a[number]
    ? a
    : [Extract<a[number], `${string},${string}`>] extends [never]
      ? { readonly [k in keyof a]: CanonicalOf<a[k]> }
      : { readonly [k in keyof a]: CanonicalOf<AtPosition<a, k>> }
  : readonly [...Canonical<TextsAmong<a>>, DeclaredBy<a[number]>]
/** Likewise where all can be read, else of any names, so that no second error follows from the first. */
export type Declares<a extends readonly Listed[]> = Sound<a> extends true ? Canonical<a> : readonly string[]
/** Likewise, also where the output `o` of the formula `f` was left out. */
export type DeclaresAfter<o extends string, f extends string, a extends readonly Listed[]> =
  Sound<a> extends true ? (Measure<f, Dims<Canonical<a>>> extends ReadsOutput<o> ? readonly string[] : Canonical<a>) : readonly string[]
type CanonicalOf<s extends string> =
  Alias<s> extends [infer n extends string, infer c extends Category, infer d extends string, ...unknown[]] ? `${n} = ${c}(${d})` : s
type AtPosition<a extends readonly string[], k> = { [m in keyof a]: PositionOf<a[m], m> extends k ? a[m] : never }[number]
type PositionOf<s extends string, m> = Alias<s> extends [unknown, unknown, unknown, infer p] ? p : m

/** Each alias, or the sentence about it. */
export type CheckAliases<a extends readonly Listed[]> = {
  readonly [k in keyof a]: CheckAlias<a[k], Twice<Texts<a>>, k extends string ? Misplaced<Texts<a>> : never>
}
type CheckAlias<s, twice, misplaced> = [...Faults<AliasFault<s, twice, misplaced>>] extends [1] ? AliasFault<s, twice, misplaced> : s
type AliasFault<s, twice, misplaced> = s extends string
  ? string extends s
    ? never
    : Alias<s> extends infer d
      ? d extends Wrong<infer sentence>
        ? HasHoles<s> extends true
          ? never
          : sentence
        : d extends [infer n extends string, ...unknown[]]
          ? n extends twice
            ? aliases.DeclaredTwice<n>
            : misplaced
          : never
      : never
  : never

/** The first name that is declared twice, or never. */
type Twice<a, seen = never> = a extends readonly [infer s extends string, ...infer rest]
  ? Alias<s> extends [infer n, ...unknown[]]
    ? n extends seen
      ? n
      : Twice<rest, seen | n>
    : Twice<rest, seen>
  : never
/** The sentence where the positions are not 0, 1, 2 and so on, each once. */
type Misplaced<a extends readonly string[]> = [Extract<a[number], `${string},${string}`>] extends [never]
  ? never
  : [keyof a & `${bigint}`] extends [{ [k in keyof a]: PositionOf<a[k], k> }[number]]
    ? never
    : aliases.Positions

/** Whether all aliases can be read, so that the formula can be judged. */
export type Sound<a extends readonly Listed[]> = CheckAliases<a>[number] extends a[number] ? true : false

/** The output of one of KeOps's aliases. */
export type CheckOutput<o extends string, f extends string, a extends readonly Listed[], r extends ReductionName> = [
  ...Faults<OutputFault<o, f, a, r>>,
] extends [1]
  ? OutputFault<o, f, a, r>
  : o
/** The sentence about an output, or never; its dimension is judged where formula and aliases are right. */
export type OutputFault<o extends string, f extends string, a extends readonly Listed[], r extends ReductionName> = string extends o
  ? never
  : Alias<o> extends infer d
    ? d extends Wrong<infer sentence>
      ? HasHoles<o> extends true
        ? never
        : sentence
      : d extends [infer n extends string, infer c, infer dim extends string, ...unknown[]]
        ? Sound<a> extends true
          ? Measure<f, Dims<Canonical<a>>> extends infer m
            ? m extends ReadsOutput<o>
              ? aliases.OutputMissing<o, n>
              : OutputMisfit<o, c, dim, m, r>
            : never
          : OutputMisfit<o, c, dim, string, r>
        : never
    : never
/** The sentence about the output's category, K or dimension; `m` is what is known of the formula's. */
type OutputMisfit<o extends string, c, dim extends string, m, r extends ReductionName> = c extends "Pm"
  ? aliases.OutputIsParameter<o>
  : Reductions[r] extends { readonly ranked: true }
    ? Less<`${Most}`, dim> extends true
      ? NotRanked<dim, Most>
      : never
    : m extends dim
      ? never
      : m extends string
        ? string extends m
          ? never
          : aliases.OutputDiffers<o, m>
        : never

type Most = (typeof limits)["entries"]
/** K of a ranked reduction, or the sentence. */
export type CheckK<k extends number> = [...Faults<RankFault<k>>] extends [1] ? RankFault<k> : k
/** The sentence about a K that was left out, or never; `number` first, so that it may be never where K is a type parameter (see `Faults`). */
export type NoRank<k extends number> = number extends k ? never : [k] extends [never] ? NotRanked<"undefined", Most> : never
/** The sentence about K, or never. */
type RankFault<k extends number> = number extends k
  ? never
  : `${k}` extends `${bigint}`
    ? `${k}` extends `-${string}` | "0"
      ? NotRanked<`${k}`, Most>
      : Less<`${Most}`, `${k}`> extends true
        ? NotRanked<`${k}`, Most>
        : never
    : NotRanked<`${k}`, Most>

/** What the options of `genred` must have for a reduction, beside what they may have. */
export type RankOption<r extends ReductionName, k extends number> = Reductions[r] extends { readonly ranked: true }
  ? { readonly k: [k] extends [0] ? Mistake<NeedsRank<r>> : [...Faults<RankFault<k>>] extends [1] ? Mistake<RankFault<k>> : k }
  : { readonly k?: [k] extends [0] ? number : Mistake<TakesNoRank<r>> }

/** What the options of `genred` must have for a reduction of `f` with the weight `w` ("": none), beside what they may have. */
export type WeightOption<f extends string, w extends string, r extends ReductionName, a extends readonly Listed[]> = [
  ...Faults<WeightFault<f, w, r, a>>,
] extends [1]
  ? [w] extends [""]
    ? { readonly reduction: Mistake<WeightFault<f, w, r, a>> }
    : { readonly weight: Mistake<WeightFault<f, w, r, a>> }
  : unknown
/** The sentence about a weight where formula and aliases are right, or never. */
type WeightFault<f extends string, w extends string, r extends ReductionName, a extends readonly Listed[]> =
  Sound<a> extends true ? (Reduced<f, w, r, Dims<Canonical<a>>> extends Wrong<infer sentence extends string> ? sentence : never) : never

/** A name that the union `a` of canonical aliases declares in two ways, or never. */
export type Conflict<a> = Clash<a, ByName<a>>
type Clash<a, byName> = a extends `${infer n} = ${string}` ? (n extends keyof byName ? (byName[n] extends a ? never : n) : never) : never
