// A stage: writes a schedule as a WASM module with its functions and memory. The calling convention is in src/artifact/wasm-abi.ts.
import type { WasmKernel } from "../artifact/wasm-abi.ts"
import { FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import type { Program } from "../ir/program.ts"
import type { Schedule } from "../ir/statement.ts"
import { TooManyRegisters } from "../messages/limits.ts"
import type { KernelRow } from "../reductions/kernels.ts"
import { angleFunction } from "./angle.ts"
import { encodeModule } from "./encoder.ts"
import { LANES, REGISTER_BYTES } from "./function-writer.ts"
import { toHexadecimal } from "./hexadecimal.ts"
import { expFunction, finishFunction, initFunction } from "./init-finish.ts"
import { reduceFunction } from "./reduce-function.ts"
import { kBestReducer } from "./reducers/k-best.ts"
import { productReducer } from "./reducers/product.ts"
import type { Reducer } from "./reducers/reducer.ts"
import { logSumExpReducer, sumReducer } from "./reducers/sum.ts"
import { weightedSumReducer } from "./reducers/weighted-sum.ts"
import { type ScratchLayout, type StepShape, shapeOf } from "./shape.ts"
import { workOf } from "./work.ts"

const reducers: Record<KernelRow["family"], (program: Program) => Reducer> = {
  accumulate: ({ reduction, shift }) => (shift ? weightedSumReducer : reduction.shift ? logSumExpReducer : sumReducer),
  extreme: () => kBestReducer,
  product: () => productReducer,
}

export function emitWasm(schedule: Schedule, shape = shapeOf(schedule)): WasmKernel {
  const { program } = schedule
  const reducer = reducers[program.reduction.family](program)
  const layout = layoutOf(schedule, reducer, shape)
  const helper = reducer.helper?.(program, shape.rows)
  const functions = [...(reducer.callsExp ? [{ code: expFunction() }] : []), ...(helper ? [{ code: helper.finish() }] : [])]
  const stateBytes = (program.dim * reducer.slots(program) + (reducer.shared?.identity.length ?? 0)) * shape.rows * REGISTER_BYTES
  const entries = 3
  const reduce = reduceFunction({ schedule, reducer, shape, layout, stateBytes, angle: functions.length + entries })
  if (reduce.code.locals > limits.registers) throw new FormulaError(TooManyRegisters(limits.registers), 0, 0)
  const bytes = encodeModule([
    ...functions,
    { name: "init", code: initFunction(program, reducer, shape) },
    { name: "reduce", code: reduce.code },
    { name: "finish", code: finishFunction(program, reducer, shape, stateBytes) },
    ...(reduce.asksAngle ? [{ code: angleFunction() }] : []),
  ])
  return {
    module: toHexadecimal(bytes),
    rowsPerStep: shape.rows * LANES,
    block: shape.block,
    stateBytes,
    scratchBytes: layout.bytes,
    work: workOf(schedule, shape),
  }
}

function layoutOf(schedule: Schedule, reducer: Reducer, shape: StepShape): ScratchLayout {
  const { program } = schedule
  let bytes = 0
  const take = (size: number) => {
    bytes += size
    return bytes - size
  }
  const looped = new Map(schedule.loopedRowVariables.map((n) => [n, take(program.variables[n]!.dim * shape.rows * REGISTER_BYTES)]))
  const columnValues = take(schedule.columnValues.length * shape.block * 4)
  const hasLoops = program.segments.some(({ loop }) => loop)
  const partials = take(hasLoops ? program.dim * reducer.partials * shape.rows * REGISTER_BYTES : 0)
  const registers = { constant: 1, row: shape.rows, column: 1, pair: shape.rows * shape.columns }
  const arrays = new Map([...schedule.arrays].map(([cells, region]) => [cells, take(cells.size * registers[region] * REGISTER_BYTES)]))
  return { looped, columnValues, partials, arrays, bytes }
}
