// The choices of one WGSL module: how many rows an invocation holds, how many columns are unrolled, what lies in workgroup memory, and
// where the partial state is kept. Numbers alone; the text is made by wgsl.ts.
import { type CellArray, operands, type Region, type Value } from "../ir/program.ts"
import type { Schedule, Statement } from "../ir/statement.ts"

/** Invocations per workgroup. */
export const WORKGROUP = 64
/** Words of workgroup memory that a tile may take: the 16 KiB that every device has. */
const TILE_WORDS = 4096
const TILE_COLUMNS = 64
/** Bytes of private memory that the state may take, and arrays: half of what WGSL allows for certain each. */
const PRIVATE_BYTES = 4096

export interface Layout {
  /** Rows per invocation: the lanes of the vectors that hold what depends on the row. */
  readonly lanes: 1 | 2 | 4
  /** Columns that the text of the main loop handles at once. */
  readonly unroll: 1 | 2 | 4
  /** Columns per tile, and words per column of a tile; 0 where nothing is kept. */
  readonly tile: number
  readonly stride: number
  /** Where a column variable, by its number, lies in a column of the tile; those that are missing are read from storage. */
  readonly tiled: ReadonlyMap<number, number>
  /** Column variables that the pair region reads from storage. */
  readonly direct: readonly number[]
  /** Where a column value, by its id, lies in a column of the tile. */
  readonly kept: ReadonlyMap<number, number>
  /** Row variables that are read. */
  readonly rowVariables: readonly number[]
  /** Words of state per component, and per row. */
  readonly words: number
  readonly total: number
  /** Where the words that all components share begin, behind theirs. */
  readonly shared: number
  /** `register`: named variables; `array`: private memory; `storage`: the state buffer itself, where there is too much of it. */
  readonly state: "register" | "array" | "storage"
  /** Arrays of recurrences, and their regions. */
  readonly arrays: ReadonlyMap<CellArray, Region>
  /** Where there is too much of them for private memory: the word of the state buffer where each begins. */
  readonly spilled?: ReadonlyMap<CellArray, number>
  /** Words of the state buffer for each row. */
  readonly room: number
}

/** All values that the statements let, and the statements' own operands. */
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

/** What `schedule` asks for, within the limits that every device has. */
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
    // arrays are written once in the text
    unroll: arrays.size > 0 || pairValues.length > 192 ? 1 : pairValues.length > 96 ? 2 : 4,
    rowVariables: loaded([...letsOf(row), ...pairValues], "row"),
    words,
    total,
    shared: dim * words,
    arrays,
  }
}

/** What lies in workgroup memory for each column: what was computed of it, then variables, as long as a tile of `TILE_COLUMNS` holds them. */
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

/** Where the state and the arrays are kept, and how many rows that leaves to an invocation. */
function lanesOf({ program, arrays }: Schedule, pairValues: readonly Value[], total: number) {
  const { reduction, dim, k, segments, shift } = program
  const looped = segments.some((segment) => segment.loop !== undefined)
  const inRegisters = !looped && (reduction.family !== "extreme" || k === 1)
  const held = new Set<number>()
  for (const value of [...pairValues.flatMap(operands), ...segments.map(({ value }) => value), ...(shift ? [shift] : [])]) {
    if (value.region === "row" && value.loops.length === 0 && value.kind !== "number") held.add(value.id)
  }
  // A block or a bound is kept beside the words of each component.
  const scalars = held.size + total + dim
  const wanted = scalars <= 16 ? 4 : scalars <= 48 ? 2 : 1
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
