// Variables declared inside a text: "Exp(-$<g:Pm(1)>) * $<x:Vi(3)>" is "Exp(-g) * x" with the aliases "g = Pm(1)" and "x = Vi(3)".
// Once declared, a variable may be written `$<x>` or `x`.
import { NotClosedReference, UndeclaredInline } from "../messages/keops.ts"
import { type Alias, type Category, type Declaration, parseAlias } from "./alias.ts"
import type { Wrong } from "./dimensions/operand.ts"
import { FormulaError } from "./error.ts"
import type { Trim } from "./parser/characters.ts"

/** The text with names instead of declarations. */
export type InlineText<s extends string> = s extends `${infer before}$<${infer inside}>${infer rest}`
  ? `${before}${Trim<inside extends `${infer n}:${string}` ? n : inside>}${InlineText<rest>}`
  : s

/** The union of the canonical aliases that the text declares, and `Wrong` for each that cannot be read. */
export type InlineAliases<s extends string> = s extends `${string}$<${infer inside}>${infer rest}`
  ? InlineAliases<rest> | (inside extends `${infer n}:${infer c}` ? Canonical<Alias<`${Trim<n>} = ${Trim<c>}`>> : never)
  : never
type Canonical<a> = a extends [infer n extends string, infer c extends Category, infer d extends string, ...unknown[]]
  ? `${n} = ${c}(${d})`
  : a

/** The first `$<x>` that is declared nowhere or is not closed, in words. */
export type InlineUndeclared<s extends string, names> = s extends `${string}$<${infer inside}>${infer rest}`
  ? inside extends `${string}:${string}`
    ? InlineUndeclared<rest, names>
    : Trim<inside> extends names
      ? InlineUndeclared<rest, names>
      : Wrong<UndeclaredInline<inside>>
  : s extends `${string}$<${infer rest}`
    ? Wrong<NotClosedReference<rest>>
    : never

/**
 * Takes the declarations out of a text.
 *
 * @throws FormulaError with the span in `text` of a declaration that cannot be read, or by `undeclared` for a `$<x>` without one.
 */
export function inline(
  text: string,
  declared: readonly string[] = [],
  undeclared: (inside: string) => string = UndeclaredInline,
): { readonly text: string; readonly variables: readonly Declaration[] } {
  const found = references(text)
  const variables: Declaration[] = []
  for (const { inside, start, end } of found) {
    const [name, ...rest] = inside.split(":")
    if (rest.length === 0) continue
    try {
      variables.push(parseAlias(`${name!.trim()} = ${rest.join(":").trim()}`))
    } catch (error) {
      throw new FormulaError((error as Error).message, start, end)
    }
  }
  const names = new Set([...declared, ...variables.map(({ name }) => name)])
  let plain = ""
  let from = 0
  for (const { inside, start, end } of found) {
    const name = inside.split(":")[0]!.trim()
    if (!names.has(name)) throw new FormulaError(undeclared(inside), start, end)
    plain += text.slice(from, start) + name
    from = end
  }
  const open = text.indexOf("$<", from)
  if (open >= 0) throw new FormulaError(NotClosedReference(text.slice(open + 2)), open, text.length)
  return { text: plain + text.slice(from), variables }
}

/** The `$<…>` of a text, in order. */
export function references(text: string): readonly { readonly inside: string; readonly start: number; readonly end: number }[] {
  const found: { inside: string; start: number; end: number }[] = []
  for (let start = text.indexOf("$<"); start >= 0; ) {
    const close = text.indexOf(">", start)
    if (close < 0) break
    found.push({ inside: text.slice(start + 2, close), start, end: close + 1 })
    start = text.indexOf("$<", close)
  }
  return found
}
