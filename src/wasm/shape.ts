// The shape of a step of a WASM kernel, and its scratch memory. Numbers alone.
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

/** The shape of a step: rows are held by `rows` registers, and `columns` columns are taken at once. */
export interface StepShape {
  readonly rows: number
  readonly columns: number
  readonly block: number
}

/**
 * Eight pairs of registers at once: enough independent work to hide latencies; more spill (measured on W1, W2 and W3 of bench).
 * Fewer where there are arrays, which should stay in the first-level cache.
 */
export function shapeOf(schedule: Schedule): StepShape {
  const { variables } = schedule.program
  const columnFloats = variables.reduce((sum, { role, dim }) => sum + (role === "column" ? dim : 0), schedule.columnValues.length)
  // The columns of a block stay in the first-level cache.
  const block = Math.max(64, Math.min(512, 16 * Math.floor(512 / Math.max(1, columnFloats))))
  // Long bodies are written for fewer columns at once: there is work enough that is independent.
  const length = lengthOf(schedule.pair)
  const columns = schedule.arrays.size > 0 || length > 400 ? (length > 1000 ? 1 : 2) : 4
  return { rows: 2, columns, block }
}
