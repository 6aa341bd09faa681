// The result of `schedule`: for each region the statements to execute, in order. Both emitters walk these.
import type { CellArray, CellStore, FoldValue, Loop, Program, Region, Segment, Value } from "./program.ts"

/** Computes one value. Within a block, each value is let once, after its operands. */
export interface Let {
  readonly kind: "let"
  readonly value: Value
}
/** Runs `body` for each value of the loop's counter and adds `fold.body` to the fold's value, which begins at 0. */
export interface FoldLoop {
  readonly kind: "fold"
  readonly fold: FoldValue
  readonly loop: Loop
  readonly body: readonly Statement[]
}
/** Runs `body` for each value of the loop's counter: a loop of a recurrence. `stores` follow the body of the innermost. */
export interface Nest {
  readonly kind: "nest"
  readonly loop: Loop
  readonly body: readonly Statement[]
  readonly stores: readonly CellStore[]
}
/** Passes a segment of the formula to the reduction: inside `loop`, if it has one, after `body`. */
export interface Reduce {
  readonly kind: "reduce"
  readonly segment: Segment
  readonly body: readonly Statement[]
}
/** Passes the shift of a program to the reduction, before its segments. */
export interface Shift {
  readonly kind: "shift"
  readonly value: Value
}
export type Statement = Let | FoldLoop | Nest | Reduce | Shift

/**
 * Regions in the order in which they run. A value is in the region it depends on, so it is computed once for all pairs that share it:
 * `constant` once, `row` once per output row, `column` once per column, `pair` once per pair.
 * Exceptions: a load of a column variable, and any value that depends on a loop of the pair region, are in `pair`, directly before their first use.
 * Loads of row variables outside loops are in `row`. Literals are never let: emitters write them inline.
 */
export interface Schedule {
  readonly program: Program
  readonly constant: readonly Statement[]
  readonly row: readonly Statement[]
  readonly column: readonly Statement[]
  readonly pair: readonly Statement[]
  /** Values let in `column` that `pair` reads: a tile stores one number per column for each. */
  readonly columnValues: readonly Value[]
  /** Row variables that are loaded inside loops of the pair region, so that their components must be in memory. */
  readonly loopedRowVariables: readonly number[]
  /** Arrays, and the region in which they are written: they store a number for each row, or for each pair in progress. */
  readonly arrays: ReadonlyMap<CellArray, Region>
}
