// Counts what a schedule computes for each pair of rows, by the names of primitives; loops count once for each iteration.
import type { Schedule, Statement } from "../../../src/ir/statement.ts"

export interface Operations {
  readonly total: number
  readonly each: Readonly<Record<string, number>>
}

/** Loads, literals and the reduction itself are none. */
export function operationsOf({ pair }: Schedule): Operations {
  const each: Record<string, number> = {}
  const add = (name: string, times: number) => {
    each[name] = (each[name] ?? 0) + times
  }
  const visit = (statements: readonly Statement[], times: number): void => {
    for (const statement of statements) {
      if (statement.kind === "let") {
        if (statement.value.kind === "apply") add(statement.value.primitive, times)
        continue
      }
      if (statement.kind === "shift") continue
      const loop = statement.kind === "reduce" ? statement.segment.loop : statement.loop
      const iterations = times * (loop ? loop.end - loop.start : 1)
      if (statement.kind === "fold") add(statement.fold.fold === "sum" ? "add" : statement.fold.fold, iterations)
      visit(statement.body, iterations)
    }
  }
  visit(pair, 1)
  const sorted = Object.entries(each).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  return { total: sorted.reduce((sum, [, count]) => sum + count, 0), each: Object.fromEntries(sorted) }
}
