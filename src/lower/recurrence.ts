// Recurrences as rows of the table build them: arrays, and loops whose turns read what earlier turns left.

import type { Graph } from "../ir/graph.ts"
import type { CellArray, Loop, RecurrenceValue, Value } from "../ir/program.ts"
import type { Cells as Built, Index, Scalar, Store } from "../operations/operation.ts"
import { position } from "./affine-index.ts"

type Variation = Pick<Value, "region" | "loops">

/** An array that is being filled. */
export class Filled implements Built {
  readonly cells: CellArray
  readonly writers: RecurrenceValue[] = []
  /** While a turn of a recurrence that writes it is built: what the turn varies with. */
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
  // What a turn leaves in an array is what it reads there next: built once to see what it varies with, then for good.
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
