// Look-ups in the table of operations that parsing and printing need: which row an operator or an exponent writes.
import { type Operation, type OperatorText, precedence } from "../operations/operation.ts"
import { type OperationName, type Operations, operations } from "../operations/table.ts"

import type { CallNode } from "./node.ts"

export type { OperationName, Operations, OperatorText }
export { precedence }
export type Precedence = typeof precedence

const entries = Object.entries(operations) as [OperationName, Operation][]

/** The row of a call, or of a name in the table. */
export function rowOf(call: OperationName | Pick<CallNode, "name" | "row">): Operation {
  return typeof call === "string" ? operations[call] : (call.row ?? operations[call.name as OperationName])
}

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name)
}

/** Names of an operation's arguments, as a signature shows them. */
export type ArgumentList<args> = args extends readonly [infer one extends string]
  ? one
  : args extends readonly [infer first extends string, ...infer rest]
    ? `${first}, ${ArgumentList<rest>}`
    : ""
export function argumentList(name: OperationName): string {
  return rowOf(name).args.join(", ")
}

/** The operation that an operator writes; with `mirrored`, on swapped operands. `**` has none: see `powerOf`. */
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
    if (row.power === "integer" && Number.isInteger(exponent)) return { name, keepsExponent: true }
    if (row.power === "any") return { name, keepsExponent: true }
  }
  throw new Error("no operation is written **")
}

/** The operation that a sign before an operand writes. */
export const negation = entries.find(([, row]) => row.prefix === "-")![0]
