// The builder passed to rows of the table when they are lowered: components are values of a graph, indices are affine.

import { scalar } from "../formula/scalar-values.ts"
import { add, constant, counterOf, indexKey, isLoop, limit, range } from "../ir/affine.ts"
import type { Graph } from "../ir/graph.ts"
import type { Value } from "../ir/program.ts"
import type { Build, Index } from "../operations/operation.ts"
import { LoopCut, Position } from "./affine-index.ts"
import type { Loops } from "./loops.ts"
import type { Operands } from "./operand.ts"
import { Filled, recur } from "./recurrence.ts"

export function rowBuild(graph: Graph, operands: Operands, loops: Loops): Build {
  return {
    number: (value) => graph.number(value),
    nothing: () => graph.zero(),
    apply: (primitive, ...args) => graph.apply(primitive, ...(args as Value[])),
    index: (k) => graph.index((k as Position).affine),
    sum: (count, term) => loops.fold("sum", 0, count, term as (k: Index) => Value),
    extreme: (which, count, term) => loops.fold(which, 0, count, term as (k: Index) => Value),
    basis: (dim, m) => {
      const { affine: index } = m as Position
      const one = (k: Position) => graph.same(k.affine, index)
      return operands.make(`unit vector ${indexKey(index)} of ${dim}`, dim, one, { unit: m })
    },
    cells: (size) => new Filled(graph, size),
    copy: (vector) => {
      const copy = new Filled(graph, vector.dim)
      loops.copy(copy, vector, 0, vector.dim)
      return copy
    },
    recur: (counts, written, turn) => {
      const nest = counts.map((count) => graph.loop(0, count))
      const [i, j] = nest.map((loop) => new Position(counterOf(loop)))
      recur(graph, nest, written as Filled[], () => turn([i!, j!]))
    },
    scalar: (expression, values) => scalar(graph, expression, values as Readonly<Record<string, Value>>),
    split: (k, bound, below, from) => {
      const { affine: index } = k as Position
      const [lowest, highest] = range(index)
      const rest = add(index, constant(-bound))
      if (highest < bound) return below(k)
      if (lowest >= bound) return from(new Position(rest))
      const [only, ...others] = index.terms
      if (only && others.length === 0 && only.stride === 1 && isLoop(only.part)) throw new LoopCut(only.part, bound - index.base)
      const arms = [below(new Position(limit(index, bound - 1))), from(new Position(limit(rest, highest - bound)))] as [Value, Value]
      const isBelow = graph.apply("lt", graph.index(index), graph.number(bound))
      return graph.apply("select", isBelow, ...arms)
    },
  }
}
