// Loops over components, built in a graph: unrolled if they are short, and split in two if a component's origin changes inside.

import { counterOf } from "../ir/affine.ts"
import type { Graph } from "../ir/graph.ts"
import type { Fold, Loop, Segment, Value } from "../ir/program.ts"
import type { Index, Vector } from "../operations/operation.ts"
import { LoopCut, Position, position } from "./affine-index.ts"
import { type Filled, recur } from "./recurrence.ts"

/** Longer loops are not unrolled; nested loops are while the product of their iterations is at most `UNROLLED_PRODUCT`. */
const UNROLLED_ITERATIONS = 16
const UNROLLED_PRODUCT = 64
/** Nothing is unrolled beyond this many values, so that a shader's text stays short. */
const UNROLLED_VALUES = 1000

export class Loops {
  readonly #graph: Graph
  #product = 1

  constructor(graph: Graph) {
    this.#graph = graph
  }

  segments(operand: Vector, start: number, end: number): Segment[] {
    if (end - start <= UNROLLED_ITERATIONS) {
      return Array.from({ length: end - start }, (_, k) => ({ start: start + k, count: 1, value: operand.at(start + k) as Value }))
    }
    return this.#cut(
      start,
      end,
      (loop, value): Segment[] => [{ start: loop.start, count: loop.end - loop.start, loop, value }],
      (k) => operand.at(k) as Value,
      (from, to) => this.segments(operand, from, to),
    ).flat()
  }

  /** Builds a loop over [start, end), or two loops if a component's origin changes inside it. */
  #cut<Made>(
    start: number,
    end: number,
    make: (loop: Loop, body: Value) => Made,
    body: (k: Index) => Value,
    part: (start: number, end: number) => Made,
  ): Made[] {
    const loop = this.#graph.loop(start, end)
    try {
      return [make(loop, body(new Position(counterOf(loop))))]
    } catch (split) {
      if (!(split instanceof LoopCut) || split.loop !== loop) throw split
      return [part(start, split.at), part(split.at, end)]
    }
  }

  /** The sum, the smallest or the largest of `term` over [start, end). */
  fold(fold: Fold, start: number, end: number, term: (k: Index) => Value): Value {
    const count = end - start
    if (count <= UNROLLED_ITERATIONS && count * this.#product <= UNROLLED_PRODUCT) {
      this.#product *= count
      const before = this.#graph.size
      try {
        const terms = Array.from({ length: count }, (_, k) => term(position(start + k)))
        if (count === 1 || this.#graph.size - before <= UNROLLED_VALUES) {
          return terms.reduce((sum, value) => this.#graph.step(fold, sum, value))
        }
      } finally {
        this.#product /= count // a LoopCut may pass through
      }
    }
    return this.#cut(
      start,
      end,
      (loop, body) => this.#graph.fold(fold, loop, body),
      term,
      (from, to) => this.fold(fold, from, to, from === start ? term : (k) => this.#passed(fold, term(k))),
    ).reduce((sum, value) => this.#graph.step(fold, sum, value))
  }

  /** A term of a loop that continues a fold. A NaN in its first iteration would stay, but later ones must be skipped. */
  #passed(fold: Fold, term: Value): Value {
    if (fold === "sum") return term
    const none = this.#graph.number(fold === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY)
    return this.#graph.apply("select", this.#graph.apply("lt", ...(fold === "min" ? [term, none] : [none, term])), term, none)
  }

  /** Stores components [start, end) of a vector in an array. */
  copy(target: Filled, vector: Vector, start: number, end: number): void {
    const store = (loop: Loop, value: Value) =>
      recur(this.#graph, [loop], [target], () => [{ in: target, at: new Position(counterOf(loop)), value }])
    this.#cut(
      start,
      end,
      store,
      (k) => vector.at(k) as Value,
      (from, to) => this.copy(target, vector, from, to),
    )
  }
}
