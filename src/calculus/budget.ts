// What a derivation may cost. Derivatives within each other grow fast, and most of the work is done before the result can be counted; so the walks
// over trees count themselves.
import { FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { TooManyOperations } from "../messages/limits.ts"

/** Steps that the derivation which runs has left. */
let left = Number.POSITIVE_INFINITY

/** Runs a derivation. One within another shares its steps. */
export function withBudget<T>(derivation: () => T): T {
  const before = left
  left = Math.min(left, limits.derivation)
  try {
    return derivation()
  } finally {
    left = before
  }
}

/** Counts a step; throws a FormulaError, without a position, if none is left. */
export function spend(): void {
  if (--left < 0) throw new FormulaError(TooManyOperations(limits.operations), 0, 0)
}
