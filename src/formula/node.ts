// The syntax tree of a formula. Every node knows its dimension and its span in the text.
import type { Literal, Operation } from "../operations/operation.ts"

export interface Span {
  /** Offsets into the text, end exclusive. */
  readonly start: number
  readonly end: number
}

export interface NumberNode extends Span {
  readonly kind: "number"
  readonly dim: 1
  readonly value: number
}

export interface VariableNode extends Span {
  readonly kind: "variable"
  readonly dim: number
  readonly name: string
}

/** Integers in brackets, an argument of a call. It has no value, so its dimension is 0. */
export interface ListNode extends Span {
  readonly kind: "list"
  readonly dim: 0
  readonly values: readonly number[]
}

/** A call, written `Name(args)` or with an operator; `x ** 2` is `Square(x)`. Integer parameters are number nodes. */
export interface CallNode extends Span {
  readonly kind: "call"
  readonly dim: number
  readonly name: string
  /** The row of an operation that the table does not have: a user-defined one. */
  readonly row?: Operation
  readonly args: readonly Node[]
}

export type Node = NumberNode | VariableNode | ListNode | CallNode

export const argumentsOf = (node: Node): readonly Node[] => (node.kind === "call" ? node.args : [])

/** The value of an argument that is an integer literal, or a list of them. */
export function literalValue(node: Node): Literal {
  if (node.kind === "number") return node.value
  if (node.kind === "list") return node.values
  if (node.kind === "call" && node.args.length === 1) return -(literalValue(node.args[0]!) as number)
  throw new Error("an integer argument is not a literal")
}
