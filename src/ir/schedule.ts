// A stage: puts every value of a program into the outermost block in which it can be computed, so that all its readers share it. The result is
// described in statement.ts.

import { joinRegions } from "./graph.ts"
import {
  type CellArray,
  type FoldValue,
  type Loop,
  operands,
  type Program,
  type RecurrenceValue,
  type Region,
  type Value,
} from "./program.ts"
import type { Schedule, Statement } from "./statement.ts"

interface Block {
  readonly region: Region
  readonly loop?: Loop
  readonly statements: Statement[]
  readonly done: Set<Value>
}
/** The block in which a value is needed, preceded by the blocks around it. */
type Path = readonly Block[]

const block = (region: Region, loop?: Loop): Block => ({ region, loop, statements: [], done: new Set() })

export function schedule(program: Program): Schedule {
  const scheduler = new Scheduler()
  const { constant, row, column, pair } = scheduler.roots
  if (program.shift) {
    scheduler.place(program.shift, [pair])
    pair.statements.push({ kind: "shift", value: program.shift })
  }
  for (const segment of program.segments) {
    const path: Path = segment.loop ? [pair, block("pair", segment.loop)] : [pair]
    scheduler.place(segment.value, path)
    pair.statements.push({ kind: "reduce", segment, body: segment.loop ? path[1]!.statements : [] })
  }
  return {
    program,
    constant: constant.statements,
    row: row.statements,
    column: column.statements,
    pair: pair.statements,
    columnValues: [...scheduler.columnValues],
    loopedRowVariables: [...scheduler.loopedRowVariables],
    arrays: scheduler.arrays,
  }
}

class Scheduler {
  readonly roots = { constant: block("constant"), row: block("row"), column: block("column"), pair: block("pair") }
  readonly columnValues = new Set<Value>()
  readonly loopedRowVariables = new Set<number>()
  readonly arrays = new Map<CellArray, Region>()

  /** The path of the block that computes `value` if it is needed in `path`. */
  #home(value: Value, path: Path): Path {
    const inner = value.loops.at(-1)
    if (inner) return path.slice(0, path.findIndex((candidate) => candidate.loop === inner) + 1)
    if (value.kind === "load" && value.region === "column") return path.slice(0, 1)
    return [this.roots[value.region]]
  }

  /** Uses an explicit stack, because formulas may be deep. Nested loops are not, so they recurse. */
  place(value: Value, path: Path): void {
    const open: { readonly value: Value; readonly target: Path; readonly operands: readonly Value[]; next: number }[] = []
    const enter = (value: Value, path: Path): void => {
      if (value.kind === "number") return
      const target = this.#home(value, path)
      const where = target.at(-1)
      if (!where) throw new Error("schedule: a value varies with a loop that does not enclose it")
      if (where.region === "column" && path[0]!.region === "pair") this.columnValues.add(value)
      if (where.done.has(value)) return
      where.done.add(value)
      if (value.kind === "load" && value.region === "row" && where.loop) this.loopedRowVariables.add(value.variable)
      open.push({ value, target, operands: value.kind === "apply" || value.kind === "cell" ? operands(value) : [], next: 0 })
    }
    enter(value, path)
    while (open.length > 0) {
      const top = open.at(-1)!
      const operand = top.operands[top.next++]
      if (operand) enter(operand, top.target)
      else {
        open.pop()
        this.#state(top.value, top.target)
      }
    }
  }

  #state(value: Value, target: Path): void {
    const where = target.at(-1)!
    if (value.kind === "fold") where.statements.push({ kind: "fold", fold: value, loop: value.loop, body: this.#body(value, target) })
    else if (value.kind === "recurrence") this.#nest(value, target, 0)
    else where.statements.push({ kind: "let", value })
  }

  #body(fold: FoldValue, path: Path): readonly Statement[] {
    const inside = block(path[0]!.region, fold.loop)
    this.place(fold.body, [...path, inside])
    return inside.statements
  }

  /** The loops of a recurrence from number `depth` on. */
  #nest(recurrence: RecurrenceValue, path: Path, depth: number): void {
    const { stores, region } = recurrence
    const loop = recurrence.nest[depth]!
    const inside = block(path[0]!.region, loop)
    const inner = [...path, inside]
    const isLast = depth === recurrence.nest.length - 1
    if (isLast) for (const { value } of stores) this.place(value, inner)
    else this.#nest(recurrence, inner, depth + 1)
    for (const { cells } of stores) this.arrays.set(cells, joinRegions(this.arrays.get(cells) ?? "constant", region))
    path.at(-1)!.statements.push({ kind: "nest", loop, body: inside.statements, stores: isLast ? stores : [] })
  }
}
