// Puts every value of a program into the block where it is computed once for all that share it. A stage; statement.ts says what comes out.

import { join } from "./graph.ts"
import { type Cells, type FoldValue, type Loop, operands, type Program, type RecurrenceValue, type Region, type Value } from "./program.ts"
import type { Schedule, Statement } from "./statement.ts"

interface Block {
  readonly region: Region
  readonly loop?: Loop
  readonly statements: Statement[]
  readonly done: Set<Value>
}
/** The block where a value is wanted, after those that enclose it. */
type Path = readonly Block[]

const block = (region: Region, loop?: Loop): Block => ({ region, loop, statements: [], done: new Set() })

export function schedule(program: Program): Schedule {
  const roots = { constant: block("constant"), row: block("row"), column: block("column"), pair: block("pair") }
  const columnValues = new Set<Value>()
  const loopedRowVariables = new Set<number>()
  const arrays = new Map<Cells, Region>()

  /** The path of the block where `value` is computed when it is wanted in `path`. */
  function home(value: Value, path: Path): Path {
    const inner = value.loops.at(-1)
    if (inner) return path.slice(0, path.findIndex((candidate) => candidate.loop === inner) + 1)
    if (value.kind === "load" && value.region === "column") return path.slice(0, 1)
    return [roots[value.region]]
  }

  /** With a stack of its own: formulas may be deep. Loops within each other are not. */
  function place(value: Value, path: Path): void {
    const open: { readonly value: Value; readonly target: Path; readonly operands: readonly Value[]; next: number }[] = []
    const enter = (value: Value, path: Path): void => {
      if (value.kind === "number") return
      const target = home(value, path)
      const where = target.at(-1)
      if (!where) throw new Error("schedule: a value varies with a loop that does not enclose it")
      if (where.region === "column" && path[0]!.region === "pair") columnValues.add(value)
      if (where.done.has(value)) return
      where.done.add(value)
      if (value.kind === "load" && value.region === "row" && where.loop) loopedRowVariables.add(value.variable)
      open.push({ value, target, operands: value.kind === "apply" || value.kind === "cell" ? operands(value) : [], next: 0 })
    }
    enter(value, path)
    while (open.length > 0) {
      const top = open.at(-1)!
      const operand = top.operands[top.next++]
      if (operand) enter(operand, top.target)
      else {
        open.pop()
        state(top.value, top.target)
      }
    }
  }

  function state(value: Value, target: Path): void {
    const where = target.at(-1)!
    if (value.kind === "fold") where.statements.push({ kind: "fold", fold: value, loop: value.loop, body: body(value, target) })
    else if (value.kind === "recurrence") nest(value, target, 0)
    else where.statements.push({ kind: "let", value })
  }

  function body(fold: FoldValue, path: Path): readonly Statement[] {
    const inside = block(path[0]!.region, fold.loop)
    place(fold.body, [...path, inside])
    return inside.statements
  }

  /** The loops of a recurrence from number `depth` on. */
  function nest(recurrence: RecurrenceValue, path: Path, depth: number): void {
    const { stores, region } = recurrence
    const loop = recurrence.nest[depth]!
    const inside = block(path[0]!.region, loop)
    const inner = [...path, inside]
    const isLast = depth === recurrence.nest.length - 1
    if (isLast) for (const { value } of stores) place(value, inner)
    else nest(recurrence, inner, depth + 1)
    for (const { cells } of stores) arrays.set(cells, join(arrays.get(cells) ?? "constant", region))
    path.at(-1)!.statements.push({ kind: "nest", loop, body: inside.statements, stores: isLast ? stores : [] })
  }

  if (program.shift) {
    place(program.shift, [roots.pair])
    roots.pair.statements.push({ kind: "shift", value: program.shift })
  }
  for (const segment of program.segments) {
    const path: Path = segment.loop ? [roots.pair, block("pair", segment.loop)] : [roots.pair]
    place(segment.value, path)
    roots.pair.statements.push({ kind: "reduce", segment, body: segment.loop ? path[1]!.statements : [] })
  }
  const { constant, row, column, pair } = roots
  return {
    program,
    constant: constant.statements,
    row: row.statements,
    column: column.statements,
    pair: pair.statements,
    columnValues: [...columnValues],
    loopedRowVariables: [...loopedRowVariables],
    arrays,
  }
}
