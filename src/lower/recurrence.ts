// Recurrences as rows of the table build them: arrays, and loops whose iterations read what earlier ones stored.

import type { Graph } from "../ir/graph.ts"
import type { CellArray, Loop, RecurrenceValue, Value } from "../ir/program.ts"
import type { Cells as Built, Index, Scalar, Store } from "../operations/operation.ts"
import { position } from "./affine-index.ts"

type Variation = Pick<Value, "region" | "loops">

/** An array that recurrences fill. */
export class Filled implements Built {
  readonly cells: CellArray
  readonly writers: RecurrenceValue[] = []
  /** What an iteration depends on, while a recurrence that writes this array is built. */
  varying: Variation | undefined
  readonly #graph: Graph

  constructor(graph: Graph, size: number) {
    this.#graph = graph
    this.cells = graph.cells(size)
  }

  get dim(): number {
    return this.cells.size
  }

  at(k: Index | number): Scalar {
    return this.#graph.cell(this.cells, position(k).affine, this.writers, this.varying)
  }
}

/** Adds a recurrence to the writers of its arrays. */
export function recur(graph: Graph, nest: readonly Loop[], written: readonly Filled[], build: () => readonly Store[]): void {
  // Each iteration reads what the previous one stored, so a cell's region depends on the body. Build the body once to find the region, then
  // again with it.
  const once = record(graph, nest, written, build, { region: "constant", loops: nest })
  const made = record(graph, nest, written, build, { region: once.region, loops: [...once.loops, ...nest] })
  for (const array of written) array.writers.push(made)
}

function record(
  graph: Graph,
  nest: readonly Loop[],
  written: readonly Filled[],
  build: () => readonly Store[],
  varying: Variation,
): RecurrenceValue {
  for (const array of written) array.varying = varying
  try {
    const stores = build().map(({ in: array, at, value }) => {
      return { cells: (array as Filled).cells, index: position(at).affine, value: value as Value }
    })
    return graph.recurrence(nest, stores)
  } finally {
    for (const array of written) array.varying = undefined
  }
}
