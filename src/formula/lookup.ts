// Look-ups in the table of operations that parsing and printing need: which row an operator or an exponent writes.
import * as say from "../messages/formula.ts"
import { type Operation, type OperatorText, precedence } from "../operations/operation.ts"
import { integerArguments } from "../operations/shapes.ts"
import { type InternalName, internals, type OperationName, type Operations, operations, structural } from "../operations/table.ts"

import * as limits from "./limits.ts"
import type { CallNode, Node } from "./node.ts"
import type { Commas, OwnRow } from "./user-definition.ts"

export type { OperationName, Operations, OperatorText }
export { precedence }
export type Precedence = typeof precedence

const entries = Object.entries(operations) as [OperationName, Operation][]

/** The row of a call, or of a name in the table. */
export function rowOf(call: OperationName | Pick<CallNode, "name" | "row">): Operation {
  if (typeof call === "string") return operations[call]
  return call.row ?? operations[call.name as OperationName] ?? internals[call.name as InternalName]
}

/** The places of the arguments in which a row is linear: in each of them alone, or in all of them together. */
export function linearPlaces({ args, shape, linear }: Operation): readonly number[] {
  const integers: readonly number[] = integerArguments[shape] ?? []
  const isLinear = (name: string, n: number) => (typeof linear === "object" ? linear.includes(name) : linear && !integers.includes(n))
  return args.flatMap((name, n) => (isLinear(name, n) ? [n] : []))
}

/** The arguments of a call that have values: no literals, and nothing that depends on the unit vectors of an internal row. */
export function operandsOf(node: Node): readonly Node[] {
  if (node.kind !== "call") return []
  const row = rowOf(node)
  if (row.internal) return []
  const literals: readonly number[] = integerArguments[row.shape] ?? []
  return node.args.filter((_, n) => !literals.includes(n))
}

/** A zero that the calculus made, not the user: it is in no text. What is multiplied by it vanishes, be it infinite or NaN. */
export function isNothing(node: Node): boolean {
  return node.kind === "call" && node.name === structural.zeros && node.end === 0
}

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name)
}

/** The row of the operation `name`: of the table, or one of a user's, which are listed among the dimensions of variables under "name(". */
export type RowOf<name, dims> = name extends OperationName ? Operations[name] : OwnRow<dims[`${name & string}(` & keyof dims]>
/** The names of a user's operations. */
export type OwnNames<dims> = keyof dims extends infer key ? (key extends `${infer name}(` ? name : never) : never

/** Names of an operation's arguments, as a signature shows them. */
export type ArgumentList<row> = row extends { args: infer args }
  ? row extends { optional: infer optional }
    ? WithOptional<args, optional>
    : Commas<args>
  : never
type WithOptional<args, optional> = optional extends keyof Less1
  ? args extends readonly [...infer front, infer last extends string]
    ? `${WithOptional<front, Less1[optional]>}, [${last}]`
    : never
  : Commas<args>
interface Less1 {
  1: 0
  2: 1
}
export function argumentList({ args, optional }: Operation): string {
  return args.map((name, n) => (n < args.length - (optional ?? 0) ? name : `[${name}]`)).join(", ")
}

/** The sentence about a wrong number of arguments. */
export type WrongCount<name extends string, row, count extends number> =
  say.WrongCount<name, ArgumentList<row>, say.Arguments<count>> extends infer sentence extends string
    ? row extends { remedy: infer remedy extends string }
      ? `${sentence}; ${remedy}`
      : sentence
    : never
export function wrongCount(name: string, row: Operation, count: number): string {
  const sentence = say.WrongCount(name, argumentList(row), say.Arguments(count))
  return row.remedy === undefined ? sentence : `${sentence}; ${row.remedy}`
}

/** Numbers of arguments that an operation accepts. */
export type Counts<row> = row extends { args: infer args extends readonly unknown[] }
  ? args["length"] | (row extends { optional: infer optional } ? CountsBelow<args, optional> : never)
  : never
type CountsBelow<args, optional> = optional extends keyof Less1
  ? args extends readonly [...infer front, unknown]
    ? front["length"] | CountsBelow<front, Less1[optional]>
    : never
  : never

/** The operation that an operator writes; with `mirrored`, on swapped operands. `**` has none: see `powerRow`. */
export type ShapeOfOperator = { [N in OperationName as TextsOf<Operations[N]>]: Operations[N]["shape"] } & { "**": "broadcast2" }
type TextsOf<row> = row extends { operator: { text: infer t extends string } }
  ? t | (row extends { operator: { mirror: infer m extends string } } ? m : never)
  : never

const operators = new Map<string, { readonly name: OperationName; readonly mirrored: boolean }>()
for (const [name, row] of entries) {
  if (row.operator) operators.set(row.operator.text, { name, mirrored: false })
  if (row.operator?.mirror) operators.set(row.operator.mirror, { name, mirrored: true })
}
export function operatorRow(text: string): { readonly name: OperationName; readonly mirrored: boolean } {
  const found = operators.get(text)
  if (!found) throw new Error(`no operation is written ${text}`)
  return found
}

/** The operation that `f ** exponent` writes, and whether the exponent remains one of its arguments. */
export function powerRow(exponent: number | undefined): { readonly name: OperationName; readonly keepsExponent: boolean } {
  for (const [name, row] of entries) {
    if (typeof row.power === "number" && row.power === exponent) return { name, keepsExponent: false }
    if (row.power === "integer" && Number.isInteger(exponent) && Math.abs(exponent!) <= limits.dimension)
      return { name, keepsExponent: true }
    if (row.power === "any") return { name, keepsExponent: true }
  }
  throw new Error("no operation is written **")
}

/** The operation that a sign before an operand writes. */
export const negation = entries.find(([, row]) => row.prefix === "-")![0]
