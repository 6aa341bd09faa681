// How much a kernel does, and how long its values are needed: counted over a schedule's statements.
import { operands, type Value } from "./ir.ts"
import type { Schedule, Statement } from "./statement.ts"

export const regions = ["constant", "row", "column", "pair"] as const

/** Operations that statements do when they run once, those of loops counted for each turn. */
export function workOf(statements: readonly Statement[]): number {
  return statements.reduce((sum, statement) => {
    if (statement.kind === "let" || statement.kind === "shift") return sum + 1
    const loop = statement.kind === "reduce" ? statement.segment.loop : statement.loop
    const turns = loop ? loop.end - loop.start : 1
    return sum + turns * (1 + workOf(statement.body) + (statement.kind === "nest" ? statement.stores.length : 0))
  }, 0)
}

/** Statements as they are written, those in loops once. */
export function lengthOf(statements: readonly Statement[]): number {
  return statements.reduce((sum, statement) => sum + 1 + ("body" in statement ? lengthOf(statement.body) : 0), 0)
}

/** What a statement itself reads, after its body. */
function ownReads(statement: Statement): readonly Value[] {
  if (statement.kind === "let") return operands(statement.value)
  if (statement.kind === "fold") return [statement.fold.body]
  if (statement.kind === "nest") return statement.stores.map(({ value }) => value)
  return [statement.kind === "shift" ? statement.value : statement.segment.value]
}

/**
 * The values that a statement reads, in its body too unless `only` the statement itself counts. What is `fused` into the one that reads it is read
 * there, through it.
 */
export function readBy(statement: Statement, fused: ReadonlySet<Value>, only = false): ReadonlySet<Value> {
  const read = new Set<Value>()
  const add = (value: Value): void => {
    if (fused.has(value)) operands(value).forEach(add)
    else read.add(value)
  }
  const walk = (one: Statement): void => {
    if (!only && "body" in one) one.body.forEach(walk)
    if (!(one.kind === "let" && fused.has(one.value))) ownReads(one).forEach(add)
  }
  walk(statement)
  return read
}

/** The values that leave their region: what the statements of one compute and those of another read, and what the column stage keeps. */
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
