// How a job is divided: into slices of rows and columns that fit the device's bindings; these into chunks of rows and splits of columns that run in
// parallel, all determined by sizes and limits only; and a chunk into pieces for one submit, whose size depends on the clock. Pure arithmetic.
import type { Artifact } from "../../artifact/artifact.ts"
import type { WgslArgs } from "../../artifact/wgsl-abi.ts"
import { sizeOf } from "../executor.ts"

/** The most bytes of partial states: more would not be faster. */
const STATE_BYTES = 2 ** 26
/** The most rows of a chunk, so that progress is reported often enough. */
const CHUNK_ROWS = 2 ** 20
/** The most invocations that can share a tile: it has 64 columns, of which each handles four at a time. */
const MOST_PARTS = 16

export interface Limits {
  readonly maxStorageBufferBindingSize: number
  readonly maxComputeWorkgroupsPerDimension: number
}

/** Workgroups that keep a device busy. A software driver runs on a few cores, so further splits would only cost time. */
export const busyOf = (hardware: boolean): number => {
  const GPU_GROUPS = 1024
  const SOFTWARE_GROUPS = 16
  return hardware ? GPU_GROUPS : SOFTWARE_GROUPS
}

export interface Slices {
  /** Rows and columns whose data is on the device at the same time. */
  readonly rows: number
  readonly columns: number
  /** The most rows of a chunk. */
  readonly chunk: number
}

/** `undefined` if not even one row fits. */
export function slices(artifact: Artifact, limits: Limits): Slices | undefined {
  const bytes = limits.maxStorageBufferBindingSize
  const { rowsPerGroup, tile, stateWords } = artifact.wgsl
  const most = (words: number, unit: number) => {
    const count = words === 0 ? 2 ** 31 : Math.floor(bytes / (4 * words))
    return count > unit ? count - (count % unit) : count
  }
  const groupBytes = 4 * stateWords * rowsPerGroup
  const groups = Math.floor(bytes / groupBytes) && Math.max(1, Math.floor(Math.min(bytes, STATE_BYTES) / groupBytes))
  const chunk = Math.min(groups * rowsPerGroup, limits.maxComputeWorkgroupsPerDimension * rowsPerGroup, CHUNK_ROWS)
  const rows = Math.min(most(sizeOf(artifact, "row"), rowsPerGroup), most(resultWords(artifact), rowsPerGroup))
  const columns = most(sizeOf(artifact, "column"), tile)
  return chunk >= 1 && rows >= 1 && columns >= 1 ? { rows, columns, chunk } : undefined
}

/** Words of result per row. */
export const resultWords = (artifact: Artifact) => artifact.output.width * (artifact.output.kind === "both" ? 2 : 1)

/** Invocations that share a row and its tiles, a power of two: above 1 if the rows do not fill a workgroup. */
export function partsOf(artifact: Artifact, rows: number): number {
  const { rowsPerGroup } = artifact.wgsl
  let parts = 1
  while (parts < MOST_PARTS && rows * parts * 2 <= rowsPerGroup) parts *= 2
  return parts
}

/** Splits of the columns: enough workgroups to keep the device busy, within the memory for states. */
export function splitsOf(artifact: Artifact, rows: number, columns: number, limits: Limits, busy: number): number {
  const { rowsPerGroup, tile, stateWords } = artifact.wgsl
  const groups = Math.ceil(rows / rowsPerGroup)
  // Parts make as many states as there are invocations.
  const stateBytes = 4 * stateWords * groups * rowsPerGroup
  const room = Math.floor(Math.min(STATE_BYTES, limits.maxStorageBufferBindingSize) / stateBytes)
  return Math.max(1, Math.min(Math.ceil(busy / groups), Math.ceil(columns / tile), room, limits.maxComputeWorkgroupsPerDimension))
}

/** Columns of each split, in whole tiles, of those that are bound. */
export const spanOf = ({ wgsl: { tile } }: Artifact, splits: number, columns: number) =>
  Math.max(tile, Math.ceil(columns / splits / tile) * tile)

/** One submit: some workgroups, each of which reduces the columns [begin, begin + width) of its split. */
export type Piece = readonly [
  groupFirst: number,
  groups: number,
  splitFirst: number,
  splits: number,
  begin: number,
  width: number,
  isLast: boolean,
]

/**
 * Divides a chunk of rows into submits of about `budget()` pairs, called before each. All splits advance together, by whole tiles; if a tile of each
 * exceeds the budget, a submit has fewer workgroups. Each state meets the same columns in the same order, whatever the clock.
 */
export function* piecesOf({ wgsl }: Artifact, rows: number, allSplits: number, span: number, budget: () => number): Generator<Piece> {
  const { rowsPerGroup, tile } = wgsl
  const allGroups = Math.ceil(rows / rowsPerGroup)
  const within = (affordable: number, most: number) => Math.max(1, Math.min(Math.floor(affordable), most))
  for (let begin = 0, width: number; begin < span; begin += width) {
    width = tile * within(budget() / (rows * allSplits * tile), (span - begin) / tile)
    for (let splitFirst = 0, splits: number; splitFirst < allSplits; splitFirst += splits) {
      splits = within(budget() / (rows * width), allSplits - splitFirst)
      for (let groupFirst = 0, groups: number; groupFirst < allGroups; groupFirst += groups) {
        groups = within(budget() / (Math.min(rows, rowsPerGroup) * splits * width), allGroups - groupFirst)
        const isLast = begin + width >= span && splitFirst + splits >= allSplits && groupFirst + groups >= allGroups
        yield [groupFirst, groups, splitFirst, splits, begin, width, isLast]
      }
    }
  }
}

/** A chunk of the bound rows, how its work is split, and the bytes of all its states. */
export type Chunk = readonly [rowFirst: number, rowCount: number, parts: number, splits: number, stride: number, stateBytes: number]

/** Divides `count` rows, each reduced over all `columns`, into chunks. */
export function* chunksOf(
  artifact: Artifact,
  count: number,
  columns: number,
  { chunk }: Slices,
  limits: Limits,
  busy: number,
): Generator<Chunk> {
  const { rowsPerGroup, stateWords } = artifact.wgsl
  for (let rowFirst = 0; rowFirst < count; rowFirst += chunk) {
    const rowCount = Math.min(count - rowFirst, chunk)
    const parts = partsOf(artifact, rowCount)
    const stride = (Math.ceil(rowCount / rowsPerGroup) * rowsPerGroup) / parts
    const splits = splitsOf(artifact, rowCount, columns, limits, busy)
    yield [rowFirst, rowCount, parts, splits, stride, stride * parts * splits * stateWords * 4]
  }
}

/** The arguments of one submit. `done` counts only pairs of columns that exist: splits may end beyond the last. */
export type Submit = readonly [
  args: WgslArgs,
  reduceGroups: readonly [rows: number, splits: number],
  finishGroups: number,
  pairs: number,
  done: number,
]

/**
 * The submits that reduce a chunk of `count` rows over the columns [base, base + end) of `columns`, each of about `budget()` pairs, called before it.
 */
export function* submitsOf(
  artifact: Artifact,
  count: number,
  [rowFirst, rowCount, parts, splits, stride]: Chunk,
  base: number,
  end: number,
  columns: number,
  budget: () => number,
): Generator<Submit> {
  const { rowsPerGroup } = artifact.wgsl
  const span = spanOf(artifact, splits, end)
  for (const [group, groups, split, some, begin, width, isLast] of piecesOf(artifact, rowCount, splits, span, budget)) {
    const pairs = Math.min(groups * rowsPerGroup, rowCount - group * rowsPerGroup) * some * width
    const section = count * artifact.output.width
    yield [
      [rowFirst, rowCount, stride, group, split, begin, width, end, span, splits * parts, parts, base, base + begin, section, 0],
      [groups, some],
      isLast && base + end >= columns ? Math.ceil(rowCount / rowsPerGroup) : 0,
      pairs,
      (pairs * end) / (splits * span),
    ]
  }
}

/** The budget after a submit of `pairs` pairs that took `milliseconds`, aiming at `aim`: grows slowly, shrinks at once. */
export function nextBudget(budget: number, pairs: number, milliseconds: number, aim: number): number {
  // At least 2^12 pairs, a few workgroups; and at most 2^46, so that products with the number of pairs stay exact.
  const possible = (pairs * aim) / Math.max(milliseconds, 0.01)
  // A submit that was too short to measure may grow faster.
  const growth = milliseconds < aim / 8 ? 4 : 2
  return Math.max(2 ** 12, Math.min(possible, Math.max(budget, pairs) * growth, 2 ** 46))
}
