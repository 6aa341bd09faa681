// The choices of one WGSL module: how many rows an invocation holds, how many columns are unrolled, what is in workgroup memory, and where the
// partial state is stored. Numbers only; emit.ts writes the text.
import { type CellArray, operands, type Region, type Value } from "../ir/program.ts"
import type { Schedule, Statement } from "../ir/statement.ts"

/** Invocations per workgroup. */
export const WORKGROUP = 64
/** The most words of a tile: the 16 KiB of workgroup memory that every device has. */
const TILE_WORDS = 4096
const TILE_COLUMNS = 64
/** The most bytes of private memory for the state, and for arrays: each half of the 8 KiB that WGSL guarantees. */
const PRIVATE_BYTES = 4096
/** The most values of the pair region that are unrolled for four columns, and for two: longer texts compile slowly. */
const FOUR_COLUMN_VALUES = 96
const TWO_COLUMN_VALUES = 192
/** The most numbers of a row that an invocation holds for four rows at once, and for two: more would leave the registers. */
const FOUR_ROW_SCALARS = 16
const TWO_ROW_SCALARS = 48

export interface Layout {
  /** Rows per invocation: the lanes of the vectors that hold values of the row. */
  readonly lanes: 1 | 2 | 4
  /** Columns that an iteration of the main loop handles. */
  readonly unroll: 1 | 2 | 4
  /** Columns per tile, and words per column of a tile; 0 if nothing is stored. */
  readonly tile: number
  readonly stride: number
  /** Offsets of column variables, by their number, in a column of the tile. The others are read from storage. */
  readonly tiled: ReadonlyMap<number, number>
  /** Column variables that the pair region reads from storage. */
  readonly direct: readonly number[]
  /** Offsets of column values, by their id, in a column of the tile. */
  readonly kept: ReadonlyMap<number, number>
  /** Row variables that are read. */
  readonly rowVariables: readonly number[]
  /** Words of state per component, and per row. */
  readonly words: number
  readonly total: number
  /** The word at which the state that all components share begins, after theirs. */
  readonly shared: number
  /** `register`: named variables; `array`: private memory; `storage`: the state buffer itself, if the state is too large. */
  readonly state: "register" | "array" | "storage"
  /** Arrays of recurrences, and their regions. */
  readonly arrays: ReadonlyMap<CellArray, Region>
  /** If the arrays exceed private memory: the word of the state buffer at which each begins. */
  readonly spilled?: ReadonlyMap<CellArray, number>
  /** Words of the state buffer for each row. */
  readonly room: number
}

/** The values that the statements compute, folds and stores included. */
function* letsOf(statements: readonly Statement[]): Generator<Value> {
  for (const statement of statements) {
    if (statement.kind === "let") yield statement.value
    else if (statement.kind !== "shift") {
      yield* letsOf(statement.body)
      if (statement.kind === "fold") yield statement.fold
      else if (statement.kind === "nest") for (const { value } of statement.stores) yield value
    }
  }
}

/** The layout that `schedule` needs, within the limits that every device has. */
export function layoutOf(schedule: Schedule): Layout {
  const { program, pair, row, columnValues, arrays } = schedule
  const { variables, reduction, dim, k, shift } = program
  const pairValues = [...letsOf(pair)]
  const loaded = (values: readonly Value[], role: string) => [
    ...new Set(values.flatMap((value) => (value.kind === "load" && variables[value.variable]?.role === role ? [value.variable] : []))),
  ]
  const dimOf = (variable: number) => variables[variable]?.dim ?? 0
  const words = reduction.family === "extreme" ? 2 * k : reduction.shift && !shift ? 4 : 2
  const total = dim * words + (shift ? 2 : 0)
  return {
    ...tileOf(
      columnValues,
      loaded(pairValues, "column").sort((a, b) => dimOf(a) - dimOf(b)),
      dimOf,
    ),
    ...lanesOf(schedule, pairValues, total),
    // With arrays a second column would need a second copy of each array.
    unroll: arrays.size > 0 || pairValues.length > TWO_COLUMN_VALUES ? 1 : pairValues.length > FOUR_COLUMN_VALUES ? 2 : 4,
    rowVariables: loaded([...letsOf(row), ...pairValues], "row"),
    words,
    total,
    shared: dim * words,
    arrays,
  }
}

/** The workgroup memory of each column: its computed values, then variables, as many as a tile of `TILE_COLUMNS` columns can hold. */
function tileOf(columnValues: readonly Value[], variables: readonly number[], dimOf: (variable: number) => number) {
  const kept = new Map(columnValues.map((value, offset) => [value.id, offset]))
  const tiled = new Map<number, number>()
  const direct: number[] = []
  let stride = kept.size
  for (const variable of variables) {
    if (stride + dimOf(variable) <= TILE_WORDS / TILE_COLUMNS) {
      tiled.set(variable, stride)
      stride += dimOf(variable)
    } else direct.push(variable)
  }
  const tile = stride <= TILE_WORDS / TILE_COLUMNS ? TILE_COLUMNS : Math.max(4, Math.floor(TILE_WORDS / stride / 4) * 4)
  return { kept, tiled, direct, stride, tile }
}

/** Where the state and the arrays are stored, and how many rows an invocation can then hold. */
function lanesOf({ program, arrays }: Schedule, pairValues: readonly Value[], total: number) {
  const { reduction, dim, k, segments, shift } = program
  const looped = segments.some((segment) => segment.loop !== undefined)
  const inRegisters = !looped && (reduction.family !== "extreme" || k === 1)
  const held = new Set<number>()
  for (const value of [...pairValues.flatMap(operands), ...segments.map(({ value }) => value), ...(shift ? [shift] : [])]) {
    if (value.region === "row" && value.loops.length === 0 && value.kind !== "number") held.add(value.id)
  }
  // Each component also needs a block's sum or a bound.
  const scalars = held.size + total + dim
  const wanted = scalars <= FOUR_ROW_SCALARS ? 4 : scalars <= TWO_ROW_SCALARS ? 2 : 1
  const fits = (words: number, lanes: number) => words * lanes * 4 <= PRIVATE_BYTES
  const state: Layout["state"] = inRegisters ? "register" : fits(total, 1) ? "array" : "storage"
  const spilled = new Map<CellArray, number>()
  let room = total
  for (const cells of arrays.keys()) {
    spilled.set(cells, room)
    room += cells.size
  }
  const isSpilled = !fits(room - total, 1)
  const most = Math.max(state === "array" ? total : 0, room - total)
  const lanes: Layout["lanes"] =
    state === "storage" || isSpilled ? 1 : (([4, 2] as const).find((lanes) => lanes <= wanted && fits(most, lanes)) ?? 1)
  return { lanes, state, ...(isSpilled && { spilled }), room: isSpilled ? room : total }
}
