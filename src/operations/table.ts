// The one table of operations. The type-level rules, the parser, the calculus, the emitters, the docs and the tests read it.
import { calculus, internal } from "./calculus.ts"
import { complex } from "./complex.ts"
import { elementwise } from "./elementwise.ts"
import type { Operation } from "./operation.ts"
import { series } from "./series.ts"
import { special } from "./special.ts"
import { tensor } from "./tensor.ts"
import { vector } from "./vector.ts"

export const operations = {
  ...elementwise,
  ...special,
  ...vector,
  ...complex,
  ...tensor,
  ...series,
  ...calculus,
} as const satisfies Record<string, Operation>

export type Operations = typeof operations
export type OperationName = keyof Operations

/** Rows that only the calculus uses: no formula of a user can name them. */
export const internals: Readonly<Record<InternalName, Operation>> = internal
export type InternalName = keyof typeof internal

/** The rows that the calculus itself needs to put parts of gradients together. */
export const structural = {
  add: "Add",
  sum: "Sum",
  fill: "SumT",
  zeros: "Zero",
  sumOver: "SumOver",
  stackOver: "StackOver",
  guarded: "Guarded",
  withLimit: "WithLimit",
} as const satisfies Record<string, OperationName | InternalName>
