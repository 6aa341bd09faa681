// How long values are needed, and how many statements a block has, computed from a schedule.
import { operands, type Value } from "./program.ts"
import type { Schedule, Statement } from "./statement.ts"

export const regions = ["constant", "row", "column", "pair"] as const

/** The number of statements, those in loops counted once. */
export function lengthOf(statements: readonly Statement[]): number {
  return statements.reduce((sum, statement) => sum + 1 + ("body" in statement ? lengthOf(statement.body) : 0), 0)
}

/** The values that a statement reads after its body. */
function directReads(statement: Statement): readonly Value[] {
  if (statement.kind === "let") return operands(statement.value)
  if (statement.kind === "fold") return [statement.fold.body]
  if (statement.kind === "nest") return statement.stores.map(({ value }) => value)
  return [statement.kind === "shift" ? statement.value : statement.segment.value]
}

/**
 * The values that a statement reads, its body included unless `only` is set. A `fused` value is part of its reader, so its operands count as read
 * there.
 */
function readBy(statement: Statement, fused: ReadonlySet<Value>, only = false): ReadonlySet<Value> {
  const read = new Set<Value>()
  const add = (value: Value): void => {
    if (fused.has(value)) operands(value).forEach(add)
    else read.add(value)
  }
  const walk = (one: Statement): void => {
    if (!only && "body" in one) one.body.forEach(walk)
    if (!(one.kind === "let" && fused.has(one.value))) directReads(one).forEach(add)
  }
  walk(statement)
  return read
}

/** The values that are computed in one region and read in another, and those that the column stage stores. */
export function leaving(schedule: Schedule, fused: ReadonlySet<Value>): ReadonlySet<Value> {
  const homes = new Map<Value, string>()
  const define = (statements: readonly Statement[], region: string): void => {
    for (const statement of statements) {
      if (statement.kind === "let") homes.set(statement.value, region)
      else if (statement.kind !== "shift") define(statement.body, region)
      if (statement.kind === "fold") homes.set(statement.fold, region)
    }
  }
  for (const region of regions) define(schedule[region], region)
  const left = new Set<Value>(schedule.columnValues)
  for (const region of regions) {
    for (const statement of schedule[region]) for (const value of readBy(statement, fused)) if (homes.get(value) !== region) left.add(value)
  }
  return left
}

/** The values whose last reader is each statement, by its index. `end` is the statement whose body these are: it reads after the last of them. */
export function endings(
  statements: readonly Statement[],
  fused: ReadonlySet<Value>,
  left: ReadonlySet<Value>,
  end?: Statement,
): ReadonlyMap<number, readonly Value[]> {
  const last = new Map<Value, number>()
  statements.forEach((statement, n) => {
    const made = statement.kind === "let" ? statement.value : statement.kind === "fold" ? statement.fold : undefined
    if (made && !left.has(made)) last.set(made, n)
    for (const value of readBy(statement, fused)) if (last.has(value)) last.set(value, n)
  })
  if (end) for (const value of readBy(end, fused, true)) if (last.has(value)) last.set(value, statements.length)
  const ending = new Map<number, Value[]>()
  for (const [value, n] of last) ending.set(n, [...(ending.get(n) ?? []), value])
  return ending
}
