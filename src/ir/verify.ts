// Checks that a program is well formed. The compiler runs it after lowering, so that a mistake there cannot become a wrong kernel.
import { operandsFirst } from "../formula/walk.ts"
import { primitives } from "../operations/primitives.ts"
import { loopsOf, range } from "./affine.ts"
import { filled, joinRegions } from "./graph.ts"
import { type AffineIndex, type CellArray, type Loop, operands, type Program, type Region, type Value } from "./program.ts"

export function verify(program: Program): Program {
  const seen = new Set<Value>()
  const check = (root: Value): void => {
    for (const value of operandsFirst(root, operands, (one) => seen.has(one))) checkValue(value)
  }
  const checkValue = (value: Value): void => {
    seen.add(value)
    for (const operand of operands(value)) if (operand.id >= value.id) fail(value, "an operand comes after it")
    checkPlace(program, value)
    checkTypes(value)
    const region = operands(value).reduce<Region>((sum, operand) => joinRegions(sum, operand.region), "constant")
    const isFree = value.kind === "load" || (value.kind === "cell" && value.writers.length === 0)
    if (!isFree && (value.kind === "recurrence" ? filled(region) : region) !== value.region)
      fail(value, `is in region ${value.region}, its operands say ${region}`)
    if (!same(value.loops, expectedLoops(value))) fail(value, "does not list the loops it varies with")
  }
  if (program.shift) {
    if (program.shift.loops.length > 0 || program.shift.type !== "number") fail(program.shift, "is no scalar that could be a shift")
    check(program.shift)
  }
  let next = 0
  for (const { start, count, loop, value } of program.segments) {
    if (start !== next) throw new Error(`verify: segments leave out or repeat component ${next}`)
    if (loop ? loop.start !== start || loop.end !== start + count : count !== 1) throw new Error("verify: a segment and its loop differ")
    if (value.loops.some((other) => other !== loop)) throw new Error("verify: a segment varies with a loop that is not its own")
    check(value)
    next += count
  }
  if (next !== program.dim) throw new Error(`verify: segments cover ${next} of ${program.dim} components`)
  return program
}

function expectedLoops(value: Value): readonly Loop[] {
  if (value.kind === "load" || value.kind === "index") return loopsOf(value.index)
  // Inside the recurrence that writes it, a cell depends on whatever the iteration depends on.
  if (value.kind === "cell" && value.writers.length === 0) return value.loops
  const below = operands(value).flatMap((operand) => operand.loops)
  if (value.kind === "cell") return [...below, ...loopsOf(value.index)]
  if (value.kind === "recurrence") return below.filter((loop) => !value.nest.includes(loop))
  return value.kind === "fold" ? below.filter((loop) => loop !== value.loop) : below
}

function same(loops: readonly Loop[], others: readonly Loop[]): boolean {
  const set = new Set(others)
  return loops.length === set.size && loops.every((loop) => set.has(loop))
}

function checkPlace(program: Program, value: Value): void {
  if (value.kind === "cell") checkCell(value, value.cells, value.index)
  if (value.kind === "recurrence") for (const { cells, index } of value.stores) checkCell(value, cells, index)
  if (value.kind !== "load") return
  const variable = program.variables[value.variable] ?? fail(value, "loads a variable that is not there")
  const [lowest, highest] = range(value.index)
  if (lowest < 0 || highest >= variable.dim) fail(value, `loads components ${lowest} to ${highest} of ${variable.name}`)
}

function checkCell(value: Value, { size }: CellArray, index: AffineIndex): void {
  const [lowest, highest] = range(index)
  if (lowest < 0 || highest >= size) fail(value, `reads or writes ${lowest} to ${highest} of an array of ${size}`)
}

function checkTypes(value: Value): void {
  if (value.kind === "fold" && value.body.type !== "number") fail(value, "sums masks")
  if (value.kind === "recurrence" && value.stores.some((store) => store.value.type !== "number")) fail(value, "stores masks")
  if (value.kind !== "apply") return
  const { args, result } = primitives[value.primitive]
  if (value.type !== result || value.args.length !== args.length) fail(value, `does not fit ${value.primitive}`)
  value.args.forEach((arg, n) => {
    if (arg.type !== args[n]) fail(value, `argument ${n} of ${value.primitive} is a ${arg.type}`)
  })
}

function fail(value: Value, why: string): never {
  throw new Error(`verify: value ${value.id} (${value.kind}) ${why}`)
}
