// The loop over columns of a WGSL kernel, tile after tile: the invocations first load a tile into workgroup memory together, then all read it.
import type { Schedule } from "../ir/statement.ts"
import { WORKGROUP } from "./layout.ts"
import type { Module } from "./module.ts"
import { counter, name, origin, write } from "./statements.ts"

export function columnLoop(module: Module): string {
  const { layout, reducer } = module
  const barrier = layout.stride === 0 ? "" : "workgroupBarrier();\n"
  const rest =
    layout.unroll === 1
      ? ""
      : `for (t = count / ${layout.unroll}u * ${layout.unroll}u + part; t < count; t += args.parts) {\n${pairs(module, 1)}}\n`
  return `let begin = min(args.begin + group.y * args.span, args.end);
let end = min(begin + args.width, args.end);
for (var first = begin; first < end; first += ${layout.tile}u) {
let count = min(${layout.tile}u, end - first);
${barrier}${bring(module)}${compute(module)}${barrier}${reducer.tileBegin}var t = part * ${layout.unroll}u;
for (; t + ${layout.unroll - 1}u < count; t += args.parts * ${layout.unroll}u) {
${pairs(module, layout.unroll)}}
${rest}${reducer.tileEnd}}
`
}

/** Copies column variables into the tile. */
function bring({ schedule, layout }: Module): string {
  const copies = [...layout.tiled].map(([variable, offset]) => {
    const dim = schedule.program.variables[variable]?.dim ?? 1
    const row = dim === layout.stride ? "n" : dim === 1 ? `n * ${layout.stride}u` : `n / ${dim}u * ${layout.stride}u + n % ${dim}u`
    const target = offset === 0 ? row : `${row} + ${offset}u`
    return `for (var n = lane; n < count * ${dim}u; n += ${WORKGROUP}u) { tile[${target}] = columns[${origin(variable)} + first * ${dim}u + n]; }\n`
  })
  return copies.join("")
}

/** Computes the values that depend on the column alone, once for all rows, and stores them in the tile. */
function compute({ schedule, layout, contextFor }: Module): string {
  const { columnValues, column, program } = schedule
  if (columnValues.length === 0) return ""
  const keep = columnValues.map((value) => {
    const text = name(value, "")
    return `tile[n * ${layout.stride}u + ${layout.kept.get(value.id)}u] = ${value.type === "mask" ? `select(0f, 1f, ${text})` : text};\n`
  })
  const at = contextFor([""], (variable) => ({
    text: `columns[${origin(variable)} + (first + n) * ${program.variables[variable]?.dim}u`,
    base: 0,
  }))
  return `for (var n = lane; n < count; n += ${WORKGROUP}u) {\n${write(at, column, () => "")}${keep.join("")}}\n`
}

/** The pairs of the lanes' rows with `units` columns from `t` on. */
function pairs(module: Module, units: number): string {
  const { schedule, layout, reducer, contextFor } = module
  const suffixes = Array.from({ length: units }, (_, unit) => `_${unit}`)
  const at = contextFor(suffixes, (variable, unit) => {
    const offset = layout.tiled.get(variable)
    return offset === undefined ? { text: `columns[c${variable}${unit}`, base: 0 } : { text: `tile[t${unit}`, base: offset }
  })
  const columns = suffixes.map((_, index) => `args.columnBase + first + t${index === 0 ? "" : ` + ${index}u`}`)
  const take: Parameters<typeof write>[2] = (segment, values, weigh) => {
    if (!segment) return reducer.shift?.(values, weigh) ?? ""
    const { loop, start } = segment
    if (!loop) return reducer.take(start, values, columns, segment)
    const shift = start - loop.start
    return reducer.take(`${counter(loop)}${shift === 0 ? "" : shift < 0 ? ` - ${-shift}u` : ` + ${shift}u`}`, values, columns, segment)
  }
  return suffixes.map((unit, index) => addresses(schedule, module, unit, index)).join("") + write(at, schedule.pair, take)
}

/** The addresses of one of the columns in the tile and in the buffer, and its stored values. */
function addresses(schedule: Schedule, { layout }: Module, unit: string, index: number): string {
  const { variables } = schedule.program
  const column = index === 0 ? "t" : `(t + ${index}u)`
  const kept = schedule.columnValues.map((value) => {
    const text = `tile[t${unit} + ${layout.kept.get(value.id)}u]`
    return `let ${name(value, unit)} = ${value.type === "mask" ? `${text} != 0f` : text};\n`
  })
  const direct = layout.direct.map(
    (variable) => `let c${variable}${unit} = ${origin(variable)} + (first + ${column}) * ${variables[variable]?.dim}u;\n`,
  )
  return `${layout.stride === 0 ? "" : `let t${unit} = ${column} * ${layout.stride}u;\n`}${kept.join("")}${direct.join("")}`
}
