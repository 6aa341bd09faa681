// Estimates the work of a call of a WASM kernel, in instructions, from the schedule. The runtime uses it to limit the time of one call.
import type { WasmWork } from "../artifact/wasm-abi.ts"
import type { Program, Region, Value } from "../ir/program.ts"
import type { Schedule, Statement } from "../ir/statement.ts"
import type { PrimitiveName } from "../operations/primitives.ts"
import { LANES } from "./function-writer.ts"
import type { StepShape } from "./shape.ts"

/** Instructions of each primitive; those that are not listed count as two. */
const primitiveCost: Partial<Record<PrimitiveName, number>> = { exp: 24, log: 30, sin: 60, cos: 60, div: 6, sqrt: 6 }
const kindCost: Record<Value["kind"], number> = { number: 0, load: 3, index: 5, apply: 2, fold: 4, cell: 5, recurrence: 0 }
/** Instructions of a loop's counter, per iteration. */
const ITERATION_COST = 5
/** Instructions to gather a component of a variable from four rows. */
const GATHER_COST = 10

export function workOf(schedule: Schedule, shape: StepShape): WasmWork {
  const { program, loopedRowVariables, columnValues } = schedule
  const copies: Record<Region, number> = { constant: 1, row: shape.rows, column: 1, pair: shape.rows }
  const costOf = (value: Value) => {
    const each = value.kind === "apply" ? (primitiveCost[value.primitive] ?? kindCost.apply) : kindCost[value.kind]
    return each * copies[value.region]
  }
  const taken = takeCost(program) * shape.rows
  const cost = (statements: readonly Statement[]): number =>
    statements.reduce((sum, statement): number => {
      if (statement.kind === "let") return sum + costOf(statement.value)
      if (statement.kind === "shift") return sum + 2 * primitiveCost.exp! * shape.rows
      const inside = cost(statement.body)
      if (statement.kind === "reduce") return sum + statement.segment.count * (inside + taken)
      const iterations = statement.loop.end - statement.loop.start
      const more = statement.kind === "fold" ? costOf(statement.fold) : statement.stores.length * kindCost.cell * shape.rows
      return sum + iterations * (inside + more + ITERATION_COST)
    }, 0)
  const gathered = loopedRowVariables.reduce((sum, n) => sum + program.variables[n]!.dim, 0)
  return {
    call: cost(schedule.constant) + 100,
    step: cost(schedule.row) + (gathered + program.dim) * GATHER_COST * shape.rows + 100,
    column: cost(schedule.column) / LANES + columnValues.length,
    pair: cost(schedule.pair),
  }
}

/** Instructions of a reduction for one number, in the worst case: each is better than the K best so far. */
function takeCost({ reduction, k, shift }: Program): number {
  if (reduction.family === "extreme") return 6 * k
  if (shift) return 16
  return reduction.shift ? 2 * primitiveCost.exp! : 8
}

/** Instructions of statements, those in loops counted for each iteration. */
export function operationsOf(statements: readonly Statement[]): number {
  return statements.reduce((sum, statement) => {
    if (statement.kind === "let" || statement.kind === "shift") return sum + 1
    const loop = statement.kind === "reduce" ? statement.segment.loop : statement.loop
    const iterations = loop ? loop.end - loop.start : 1
    return sum + iterations * (1 + operationsOf(statement.body) + (statement.kind === "nest" ? statement.stores.length : 0))
  }, 0)
}
