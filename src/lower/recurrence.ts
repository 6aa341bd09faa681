// Recurrences as rows of the table build them: arrays, and loops whose turns read what earlier turns left.

import type { Graph } from "../ir/graph.ts"
import type { Cells, Loop, RecurrenceValue, Value } from "../ir/program.ts"
import type { Cells as Built, Index, Scalar, Store } from "../operations/operation.ts"
import { position } from "./affine-index.ts"

type Turn = Pick<Value, "region" | "loops">

/** An array that is being filled. */
export class Filled implements Built {
  readonly cells: Cells
  readonly writers: RecurrenceValue[] = []
  /** While a turn of a recurrence that writes it is built: what the turn varies with. */
  turn: Turn | undefined
  readonly #graph: Graph

  constructor(graph: Graph, size: number) {
    this.#graph = graph
    this.cells = graph.cells(size)
  }

  get dim(): number {
    return this.cells.size
  }

  at(k: Index | number): Scalar {
    return this.#graph.cell(this.cells, position(k).place, this.writers, this.turn)
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
  turn: Turn,
): RecurrenceValue {
  for (const array of written) array.turn = turn
  try {
    const stores = build().map(({ in: array, at, value }) => {
      return { cells: (array as Filled).cells, place: position(at).place, value: value as Value }
    })
    return graph.recurrence(nest, stores)
  } finally {
    for (const array of written) array.turn = undefined
  }
}
