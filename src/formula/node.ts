// The syntax tree of a formula. Every node knows its dimension and its place in the text.
import type { OperationName } from "../operations/table.ts"

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

/** A call, written `Name(args)` or with an operator; `x ** 2` is `Square(x)`. Integer parameters are number nodes. */
export interface CallNode extends Span {
  readonly kind: "call"
  readonly dim: number
  readonly name: OperationName
  readonly args: readonly Node[]
}

export type Node = NumberNode | VariableNode | CallNode
