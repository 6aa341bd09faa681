// The kernel IR: what one reduction computes for one pair (row, column), as a graph of scalar values without duplicates.
// Roles, not i and j: with `over: "i"` the rows of the output are j. Vectors are gone: a component is a value, a loop over components a fold.

import type { ArtifactVariable } from "../artifact/artifact.ts"
import type { PrimitiveName } from "../operations/primitives.ts"
import type { KernelRow } from "../reductions/kernels.ts"
import type { ReductionRow } from "../reductions/reductions.ts"

/** What a value depends on; it is computed once for each. A union of the loads below it. */
export type Region = "constant" | "row" | "column" | "pair"

/** A loop over components [start, end). */
export interface Loop {
  readonly id: number
  readonly start: number
  readonly end: number
}

/** `base + sum(stride * part)`: where a load reads. Made by place.ts, which keeps it in a normal form. */
export interface AffineIndex {
  readonly base: number
  readonly terms: readonly { readonly part: Loop | DerivedIndex; readonly stride: number }[]
}
/** The quotient or remainder of a place that is never negative, divided by a constant; or a place that is limited: `by` where it is larger, or negative. */
export interface DerivedIndex {
  readonly operation: "quotient" | "remainder" | "limit"
  readonly of: AffineIndex
  readonly by: number
}

interface ValueBase {
  /** Unique in a program; operands have smaller ones. */
  readonly id: number
  readonly region: Region
  /** The loops that the value varies with, outermost first. */
  readonly loops: readonly Loop[]
  readonly type: "number" | "mask"
}

/** A literal (rounded to float32; may be infinite or NaN). */
export interface NumberValue extends ValueBase {
  readonly kind: "number"
  readonly value: number
  /** A zero that stands for nothing: see `Graph.zero`. */
  readonly absent?: true
}
/** Component `place` of variable number `variable`. */
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
/** A place as a number. */
export interface IndexValue extends ValueBase {
  readonly kind: "index"
  readonly index: AffineIndex
}
/** `body` over `loop`, added up, or the smallest or largest (a NaN sticks in the first turn, and is passed over in others). */
export interface FoldValue extends ValueBase {
  readonly kind: "fold"
  readonly fold: Fold
  readonly loop: Loop
  readonly body: Value
}
export type Fold = "sum" | "min" | "max"

/** An array of numbers that recurrences write. Before that, anything may stand there. */
export interface CellArray {
  readonly id: number
  readonly size: number
}
/** Number `place` of an array: what `writers` have left there, or, inside a recurrence that writes it, what stands there when the turn begins. */
export interface CellValue extends ValueBase {
  readonly kind: "cell"
  readonly cells: CellArray
  readonly index: AffineIndex
  readonly writers: readonly RecurrenceValue[]
}
/**
 * Loops within each other, in the order of their counters. Each turn of the innermost computes the values of all `stores`, then stores them.
 * It is no number itself: what it leaves is read from its arrays. Where it depends on columns alone, it runs for each pair.
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

/** What must be computed before a value. */
export function operands(value: Value): readonly Value[] {
  if (value.kind === "apply") return value.args
  if (value.kind === "fold") return [value.body]
  if (value.kind === "cell") return value.writers
  return value.kind === "recurrence" ? value.stores.map((store) => store.value) : []
}

/** Components [start, start + count) of what is reduced: one value each (count 1), or a loop whose counter is the component. */
export interface Segment {
  readonly start: number
  readonly count: number
  readonly loop?: Loop
  readonly value: Value
}

export interface Program {
  readonly variables: readonly ArtifactVariable[]
  /** Dimension of what is reduced: the segments cover [0, dim) in order. */
  readonly dim: number
  readonly segments: readonly Segment[]
  /** A scalar f that the components g share: the sums are those of `exp(f - m) * g`, m its running maximum. */
  readonly shift?: Value
  /** Numbers of the result for each rank: `dim`, but for what `finish` adds or takes away. */
  readonly outputDim: number
  readonly reduction: ReductionRow & KernelRow
  /** K of a ranked reduction, else 1. */
  readonly k: number
}
