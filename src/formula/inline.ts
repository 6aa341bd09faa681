// Variables declared inside a text: "Exp(-$<g:Pm(1)>) * $<x:Vi(3)>" is "Exp(-g) * x" with the aliases "g = Pm(1)" and "x = Vi(3)".
// Once declared, a variable may be written `$<x>` or `x`.
import { UndeclaredInline } from "../messages/keops.ts"
import { type Alias, type Category, type Declaration, parseAlias } from "./alias.ts"
import { FormulaError } from "./error.ts"
import type { Wrong } from "./operands.ts"
import type { Trim } from "./text.ts"

/** The text with names in the place of declarations. */
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

/** Names that the text uses as `$<x>`. */
export type InlineNames<s extends string> = s extends `${string}$<${infer inside}>${infer rest}`
  ? (inside extends `${string}:${string}` ? never : Trim<inside>) | InlineNames<rest>
  : never

/** The first `$<x>` that is declared nowhere, in words. */
export type InlineUndeclared<s extends string, names> =
  Exclude<InlineNames<s>, names> extends infer n extends string ? ([n] extends [never] ? never : Wrong<UndeclaredInline<n>>) : never

/** Each `$<...>` of a text: its place, and what stands inside. */
export function* inlined(text: string): Generator<{ readonly start: number; readonly end: number; readonly inside: string }> {
  for (let end = 0; ; ) {
    const start = text.indexOf("$<", end)
    // where one is not closed, none after it is
    end = start < 0 ? 0 : text.indexOf(">", start) + 1
    if (end === 0) return
    yield { start, end, inside: text.slice(start + 2, end - 1) }
  }
}

/**
 * Takes the declarations out of a text.
 *
 * @throws FormulaError with the place in `text` of a declaration that cannot be read, or by `undeclared` for a `$<x>` without one.
 */
export function inline(
  text: string,
  declared: (name: string) => boolean = () => false,
  undeclared: (name: string) => string = UndeclaredInline,
): { readonly text: string; readonly variables: readonly Declaration[] } {
  const variables: Declaration[] = []
  const parts = [...inlined(text)]
  for (const { start, end, inside } of parts) {
    const colon = inside.indexOf(":")
    if (colon < 0) continue
    try {
      variables.push(parseAlias(`${inside.slice(0, colon).trim()} = ${inside.slice(colon + 1).trim()}`))
    } catch (error) {
      throw error instanceof FormulaError ? new FormulaError(error.message, start, end) : error
    }
  }
  const names = new Set(variables.map(({ name }) => name))
  let plain = ""
  let from = 0
  for (const { start, end, inside } of parts) {
    const name = inside.split(":")[0]!.trim()
    if (!declared(name) && !names.has(name)) throw new FormulaError(undeclared(name), start, end)
    plain += text.slice(from, start) + name
    from = end
  }
  return { text: plain + text.slice(from), variables }
}
