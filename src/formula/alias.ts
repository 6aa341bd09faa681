// Aliases, KeOps's declarations of variables: "x = Vi(3)", "u = Vi(0, 2)" with the position among the inputs. Each function has its twin in types.
import * as say from "../messages/alias.ts"
import type { IsSmall } from "./dimensions/decimal.ts"
import type { Wrong } from "./dimensions/operand.ts"
import { about } from "./error.ts"
import * as limits from "./limits.ts"
import type { IsName, Trim } from "./parser/characters.ts"

export type Category = "Vi" | "Vj" | "Pm"

export interface Declaration {
  readonly name: string
  readonly category: Category
  readonly dim: number
  /** Index among the inputs, if the alias specifies one. */
  readonly position?: number
}

/** `[name, category, dimension]` of a canonical alias, `"x = Vi(3)"`. */
export type Declared<d> = d extends `${infer n} = ${infer c}(${infer dim})` ? [n, c, dim] : never

/** `[name, category, dimension]`, `[name, category, dimension, position]`, or `Wrong`. */
export type Alias<s extends string> = s extends `${infer n} = ${infer c extends Category}(${infer d})`
  ? IsName<n> extends true
    ? IsDimension<d> extends true
      ? [n, c, d]
      : Loose<s>
    : Loose<s>
  : Loose<s>

type Loose<s extends string> = s extends `${infer n}=${infer c}(${infer d})${infer rest}`
  ? Trim<rest> extends ""
    ? Parts<s, Trim<n>, Trim<c>, d>
    : Wrong<say.AliasForm<s>>
  : Wrong<say.AliasForm<s>>
type Parts<s extends string, n extends string, c extends string, d extends string> =
  IsName<n> extends true
    ? c extends Category
      ? d extends `${infer p},${infer q}`
        ? IsNatural<Trim<p>> extends true
          ? IsDim<s, n, c, Trim<q>, Trim<p>>
          : Trim<p> extends "0"
            ? IsDim<s, n, c, Trim<q>, "0">
            : Wrong<say.NotAPosition<s, Trim<p>>>
        : IsDim<s, n, c, Trim<d>, "">
      : Wrong<say.UnknownCategory<s, c>>
    : Wrong<say.NotAName<s, n>>
type IsDim<s extends string, n, c, d extends string, p> =
  IsDimension<d> extends true ? (p extends "" ? [n, c, d] : [n, c, d, p]) : Wrong<WrongDimension<s, d>>
/** A dimension that is a literal. */
export type IsDimension<d> = d extends `${bigint}` ? (d extends `-${string}` | `0${string}` ? false : IsSmall<d>) : false
/** The sentence about what is no dimension. */
export type WrongDimension<s extends string, d extends string> = say.NotADimension<s, d, (typeof limits)["dimension"]>

/** An integer from 1 on, without leading zeros. */
export type IsNatural<d> = d extends `${bigint}` ? (d extends `-${string}` | `0${string}` ? false : true) : false
/** An integer from 0 on, without leading zeros. */
export type IsCount<n> = n extends "0" ? true : IsNatural<n>
function isNatural(d: string): boolean {
  return /^[1-9]\d*$/.test(d)
}

/**
 * What an alias declares.
 *
 * @throws FormulaError
 * @example
 * parseAlias("x = Vi(3)") // { name: "x", category: "Vi", dim: 3 }
 */
export function parseAlias(text: string): Declaration {
  if (typeof text !== "string") throw about("", say.AliasForm(JSON.stringify(text)))
  const [, name = "", category = "", inside = "", rest] = /^([^=]*)=([^(]*)\(([^)]*)\)(.*)$/s.exec(text)?.map((part) => part.trim()) ?? []
  if (rest !== "" || strange.test(text)) throw about(text, say.AliasForm(text))
  if (!/^[A-Za-z_]\w*$/.test(name)) throw about(text, say.NotAName(text, name))
  if (category !== "Vi" && category !== "Vj" && category !== "Pm") throw about(text, say.UnknownCategory(text, category))
  const comma = inside.indexOf(",")
  const position = comma < 0 ? undefined : inside.slice(0, comma).trim()
  if (position !== undefined && position !== "0" && !isNatural(position)) throw about(text, say.NotAPosition(text, position))
  const dim = inside.slice(comma + 1).trim()
  if (!isNatural(dim) || Number(dim) > limits.dimension) throw about(text, say.NotADimension(text, dim, limits.dimension))
  return { name, category, dim: Number(dim), ...(position !== undefined && { position: Number(position) }) }
}

/** What a list of aliases declares, in the order of the inputs. @throws FormulaError */
export function parseAliases(texts: readonly string[]): readonly Declaration[] {
  const variables: Declaration[] = []
  const seen = new Set<string>()
  texts.forEach((text, n) => {
    const { name, category, dim, position = n } = parseAlias(text)
    if (seen.has(name)) throw about(text, say.DeclaredTwice(name))
    seen.add(name)
    if (position >= texts.length || variables[position]) throw about(text, say.Positions())
    variables[position] = { name, category, dim }
  })
  return variables
}

/** The alias that declares a variable, in its canonical form. */
export function printAlias({ name, category, dim }: Declaration): string {
  return `${name} = ${category}(${dim})`
}

/** Spaces that a formula does not know: `trim`, which takes no time to speak of on long runs of spaces, would take them away as well. */
const strange = /[^\S \n\t\r]/
