// The WASM kernel of a reduction. The module imports `tskeops.memory` and exports three functions; every argument is an i32, pointers in bytes.
//
//   init(steps, state)                       writes the identity: states of `steps` steps, `stateBytes` each.
//   reduce(steps, columnStart, columnEnd, state, scratch, variables)
//                                            adds columns [columnStart, columnEnd), at most `block` of them, to the states of `steps` steps.
//                                            At `variables` lies a table, a pointer for each variable in their order (a function has at most
//                                            1,000 parameters): of the first step's first row, of column 0, or of the parameter.
//   finish(steps, state, values, indices)    writes the results, row-major, `width` numbers a row.
//
// A step is `rowsPerStep` rows. The caller pads row variables and outputs to whole steps and columns by three rows: what stands there is computed
// and thrown away. Columns must come in ascending order, so that the first of equals wins.
import type { WasmKernel } from "../artifact/artifact.ts"
import { FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { lengthOf } from "../ir/liveness.ts"
import type { Cells, Program } from "../ir/program.ts"
import type { Schedule } from "../ir/statement.ts"
import { TooManyRegisters } from "../messages/limits.ts"
import type { KernelRow } from "../reductions/kernels.ts"
import { angleFunction } from "./angle.ts"
import { encodeModule } from "./encoder.ts"
import { lanes, registerBytes } from "./function-writer.ts"
import { expFunction, finishFunction, initFunction } from "./init-finish.ts"
import { reduceFunction } from "./reduce-function.ts"
import { extreme } from "./reducers/k-best.ts"
import { product } from "./reducers/product.ts"
import type { Family } from "./reducers/reducer.ts"
import { logSumExp, sum } from "./reducers/sum.ts"
import { weighted } from "./reducers/weighted-sum.ts"
import { workOf } from "./work.ts"

/** Scratch memory, in this order. */
export interface Layout {
  /** Row variables that loops read: offset by variable; R registers a component. */
  readonly looped: ReadonlyMap<number, number>
  readonly columnValues: number
  readonly partials: number
  readonly arrays: ReadonlyMap<Cells, number>
  readonly bytes: number
}

/** The shape of a step: rows are held by `rows` registers, and `columns` columns are taken at once. */
export interface Shape {
  readonly rows: number
  readonly columns: number
  readonly block: number
}

/**
 * Eight pairs of registers at once: enough independent work to hide latencies; more spill (measured on W1, W2 and W3 of bench).
 * Fewer where there are arrays, which should stay in the first-level cache.
 */
function shapeOf(schedule: Schedule): Shape {
  const { variables } = schedule.program
  const columnFloats = variables.reduce((sum, { role, dim }) => sum + (role === "column" ? dim : 0), schedule.columnValues.length)
  // The columns of a block stay in the first-level cache.
  const block = Math.max(64, Math.min(512, 16 * Math.floor(512 / Math.max(1, columnFloats))))
  // Long bodies are written for fewer columns at once: there is work enough that is independent.
  const length = lengthOf(schedule.pair)
  const columns = schedule.arrays.size > 0 || length > 400 ? (length > 1000 ? 1 : 2) : 4
  return { rows: 2, columns, block }
}

const families: Record<KernelRow["family"], (program: Program) => Family> = {
  accumulate: ({ reduction, shift }) => (shift ? weighted : reduction.shift ? logSumExp : sum),
  extreme: () => extreme,
  product: () => product,
}

export function emitWasm(schedule: Schedule, relaxed = false, shape = shapeOf(schedule)): WasmKernel {
  const { program } = schedule
  const family = families[program.reduction.family](program)
  const layout = layoutOf(schedule, family, shape)
  const helper = family.helper?.(program, shape.rows)
  const functions = [{ code: expFunction() }, ...(helper ? [{ code: helper.finish() }] : [])]
  const stateBytes = (program.dim * family.slots(program) + (family.shared?.identity.length ?? 0)) * shape.rows * registerBytes
  const entries = 3
  const reduce = reduceFunction({ schedule, family, shape, layout, stateBytes, angle: functions.length + entries }, relaxed)
  if (reduce.code.locals > limits.registers) throw new FormulaError(TooManyRegisters(limits.registers), 0, 0)
  const bytes = encodeModule([
    ...functions,
    { name: "init", code: initFunction(program, family, shape) },
    { name: "reduce", code: reduce.code },
    { name: "finish", code: finishFunction(program, family, shape, stateBytes) },
    ...(reduce.asksAngle ? [{ code: angleFunction() }] : []),
  ])
  return {
    module: base64(bytes),
    rowsPerStep: shape.rows * lanes,
    block: shape.block,
    stateBytes,
    scratchBytes: layout.bytes,
    work: workOf(schedule, shape),
  }
}

/** A call takes so many arguments at a time. */
const piece = 8192
function base64(bytes: Uint8Array): string {
  let text = ""
  for (let at = 0; at < bytes.length; at += piece) text += String.fromCharCode(...bytes.subarray(at, at + piece))
  return btoa(text)
}

function layoutOf(schedule: Schedule, family: Family, shape: Shape): Layout {
  const { program } = schedule
  let bytes = 0
  const take = (size: number) => {
    bytes += size
    return bytes - size
  }
  const looped = new Map(schedule.loopedRowVariables.map((n) => [n, take(program.variables[n]!.dim * shape.rows * registerBytes)]))
  const columnValues = take(schedule.columnValues.length * shape.block * 4)
  const hasLoops = program.segments.some(({ loop }) => loop)
  const partials = take(hasLoops ? program.dim * family.partials * shape.rows * registerBytes : 0)
  const registers = { constant: 1, row: shape.rows, column: 1, pair: shape.rows * shape.columns }
  const arrays = new Map([...schedule.arrays].map(([cells, region]) => [cells, take(cells.size * registers[region] * registerBytes)]))
  return { looped, columnValues, partials, arrays, bytes }
}
