// What to write instead of what is unexpected: the tables of foreign spellings, or else what the grammar expects there.
import { OperandExpected, OperatorExpected, OperatorMissing } from "../messages/formula.ts"
import { foreignNames, foreignOperands, foreignOperators } from "../operations/foreign.ts"
import type { Digit, Letter } from "./parser/characters.ts"
import { type Near, near } from "./parser/suggest.ts"

type Operators = typeof foreignOperators
type Operands = typeof foreignOperands

/** After an operand, where the text goes on as `s` does and finds `what`, a word or a character. */
export type InsteadOfOperator<what, s> = what extends keyof Operators
  ? s extends `${infer c}${infer d}${string}`
    ? c extends what
      ? `${c}${d}` extends keyof Operators
        ? Operators[`${c}${d}`]
        : Operators[what]
      : Operators[what]
    : Operators[what]
  : what extends `${Letter | Digit | "("}${string}`
    ? OperatorMissing
    : OperatorExpected
export function insteadOfOperator(what: string, rest: string): string {
  const two = what.length === 1 ? entry(foreignOperators, rest.slice(0, 2)) : undefined
  return two ?? entry(foreignOperators, what) ?? (/^[A-Za-z0-9_(]/.test(what) ? OperatorMissing() : OperatorExpected())
}

/** Instead of an operand, if `before` waits for it: an operator, or what opened last. */
export type InsteadOfOperand<what extends string, before> = `${before & string}${what}` extends keyof Operands
  ? Operands[`${before & string}${what}` & keyof Operands]
  : what extends keyof Operands
    ? Operands[what]
    : OperandExpected
export function insteadOfOperand(what: string, before: string): string {
  return entry(foreignOperands, before + what) ?? entry(foreignOperands, what) ?? OperandExpected()
}

/** The operation that a wrong name may mean: of those that there are the one that it is near to, else by another library's name; or "". */
export type NearOperation<name extends string, names> =
  Near<name, names> extends infer one extends string
    ? one extends ""
      ? Lowercase<name> extends keyof typeof foreignNames
        ? (typeof foreignNames)[Lowercase<name>]
        : ""
      : one
    : never
export function nearOperation(name: string, names: readonly string[]): string {
  return near(name, names) || (entry(foreignNames, name.toLowerCase()) ?? "")
}

function entry(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
