// The kernel IR: what one reduction computes for one pair (row, column), as a graph of scalar values without duplicates.
// It has roles, not i and j: with `over: "i"` the rows of the output are j. It has no vectors: a component is a value, a loop over components a fold.

import type { ArtifactVariable } from "../artifact/artifact.ts"
import type { PrimitiveName } from "../operations/primitives.ts"
import type { KernelRow } from "../reductions/kernels.ts"
import type { ReductionRow } from "../reductions/reductions.ts"

/** What a value depends on: the union of the roles that it loads. It is computed once for each. */
export type Region = "constant" | "row" | "column" | "pair"

/** A loop over components [start, end). */
export interface Loop {
  readonly id: number
  readonly start: number
  readonly end: number
}

/** `base + sum(stride * part)`: the index that a load reads. Built by affine.ts, which keeps it in a normal form. */
export interface AffineIndex {
  readonly base: number
  readonly terms: readonly { readonly part: Loop | DerivedIndex; readonly stride: number }[]
}
/** `quotient`, `remainder`: a non-negative index divided by a constant. `limit`: the index clamped to [0, by]; negative values become `by`. */
export interface DerivedIndex {
  readonly operation: "quotient" | "remainder" | "limit"
  readonly of: AffineIndex
  readonly by: number
}

interface ValueBase {
  /** Unique in a program; operands have smaller ids. */
  readonly id: number
  readonly region: Region
  /** The loops that the value depends on, outermost first. */
  readonly loops: readonly Loop[]
  readonly type: "number" | "mask"
}

/** A literal (rounded to float32; may be infinite or NaN). */
export interface NumberValue extends ValueBase {
  readonly kind: "number"
  readonly value: number
  /** An absent zero: see `Graph.zero`. */
  readonly absent?: true
}
/** Component `index` of variable number `variable`. */
export interface LoadValue extends ValueBase {
  readonly kind: "load"
  readonly variable: number
  readonly index: AffineIndex
}
export interface ApplyValue extends ValueBase {
  readonly kind: "apply"
  readonly primitive: PrimitiveName
  readonly args: readonly Value[]
}
/** An index as a number. */
export interface IndexValue extends ValueBase {
  readonly kind: "index"
  readonly index: AffineIndex
}
/** The sum, minimum or maximum of `body` over `loop`. In an extreme a NaN of the first iteration stays; later ones are skipped. */
export interface FoldValue extends ValueBase {
  readonly kind: "fold"
  readonly fold: Fold
  readonly loop: Loop
  readonly body: Value
}
export type Fold = "sum" | "min" | "max"

/** An array of numbers that recurrences write. Uninitialised before that. */
export interface CellArray {
  readonly id: number
  readonly size: number
}
/** Number `index` of an array: after all `writers`; inside a recurrence that writes it, at the beginning of the iteration. */
export interface CellValue extends ValueBase {
  readonly kind: "cell"
  readonly cells: CellArray
  readonly index: AffineIndex
  readonly writers: readonly RecurrenceValue[]
}
/**
 * Nested loops, outermost first. Each iteration of the innermost computes the values of all `stores`, then stores them.
 * It has no value itself: its results are read from its arrays. If it depends on columns alone, it runs for each pair.
 */
export interface RecurrenceValue extends ValueBase {
  readonly kind: "recurrence"
  readonly nest: readonly Loop[]
  readonly stores: readonly CellStore[]
}
export interface CellStore {
  readonly cells: CellArray
  readonly index: AffineIndex
  readonly value: Value
}
export type Value = NumberValue | LoadValue | IndexValue | ApplyValue | FoldValue | CellValue | RecurrenceValue

/** The values that a value is computed from. */
export function operands(value: Value): readonly Value[] {
  if (value.kind === "apply") return value.args
  if (value.kind === "fold") return [value.body]
  if (value.kind === "cell") return value.writers
  return value.kind === "recurrence" ? value.stores.map((store) => store.value) : []
}

/** Components [start, start + count) of the reduced vector: one value (count 1), or a loop whose counter is the component. */
export interface Segment {
  readonly start: number
  readonly count: number
  readonly loop?: Loop
  readonly value: Value
}

export interface Program {
  readonly variables: readonly ArtifactVariable[]
  /** Dimension of the reduced vector: the segments cover [0, dim) in order. */
  readonly dim: number
  readonly segments: readonly Segment[]
  /** A scalar f that the components g share: the sums are those of `exp(f - m) * g`, m its running maximum. */
  readonly shift?: Value
  /** Numbers of the result for each rank: `dim`, unless `finish` changes it. */
  readonly outputDim: number
  readonly reduction: ReductionRow & KernelRow
  /** K of a ranked reduction, else 1. */
  readonly k: number
}
