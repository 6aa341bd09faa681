// The shape of a step of a WASM kernel, and its scratch memory. Numbers only.
import { lengthOf } from "../ir/liveness.ts"
import type { CellArray } from "../ir/program.ts"
import type { Schedule } from "../ir/statement.ts"

/** Scratch memory, in this order. */
export interface ScratchLayout {
  /** Row variables that loops read: offset by variable; R registers a component. */
  readonly looped: ReadonlyMap<number, number>
  readonly columnValues: number
  readonly partials: number
  readonly arrays: ReadonlyMap<CellArray, number>
  readonly bytes: number
}

/** The shape of a step: `rows` registers of rows against `columns` columns at once. */
export interface StepShape {
  readonly rows: number
  readonly columns: number
  readonly block: number
}

/** Columns of a block: a multiple of the group, and as many as have this number of floats (2 KiB), so that they stay in the first-level cache. */
const GROUP_COLUMNS = 16
const BLOCK_FLOATS = 512
const LEAST_BLOCK_COLUMNS = 64
const MOST_BLOCK_COLUMNS = 512
/** The most statements of a body that is written for four columns at once, and for two. */
const FOUR_COLUMN_STATEMENTS = 400
const TWO_COLUMN_STATEMENTS = 1000

/**
 * PERF: eight pairs of registers at once are enough independent work to hide latencies; more spill (measured on W1, W2 and W3 of bench).
 * Fewer if there are arrays, which should stay in the first-level cache.
 */
export function shapeOf(schedule: Schedule): StepShape {
  const { variables } = schedule.program
  const columnFloats = variables.reduce((sum, { role, dim }) => sum + (role === "column" ? dim : 0), schedule.columnValues.length)
  const fitting = GROUP_COLUMNS * Math.floor(BLOCK_FLOATS / Math.max(1, columnFloats))
  const block = Math.max(LEAST_BLOCK_COLUMNS, Math.min(MOST_BLOCK_COLUMNS, fitting))
  // Long bodies contain enough independent work, so they are written for fewer columns at once.
  const length = lengthOf(schedule.pair)
  const columns = schedule.arrays.size > 0 || length > FOUR_COLUMN_STATEMENTS ? (length > TWO_COLUMN_STATEMENTS ? 1 : 2) : 4
  return { rows: 2, columns, block }
}
