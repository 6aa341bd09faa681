// The loop over columns of a WGSL kernel, tile after tile: first every invocation brings some of a tile to workgroup memory, then all read it.
import type { Schedule } from "../ir/statement.ts"
import { WORKGROUP } from "./layout.ts"
import type { Module } from "./module.ts"
import { counter, name, origin, write } from "./statements.ts"

export function columnLoop(module: Module): string {
  const { shape, family } = module
  const barrier = shape.stride === 0 ? "" : "workgroupBarrier();\n"
  const rest =
    shape.unroll === 1
      ? ""
      : `for (t = count / ${shape.unroll}u * ${shape.unroll}u + part; t < count; t += args.parts) {\n${pairs(module, 1)}}\n`
  return `let begin = min(args.begin + group.y * args.span, args.end);
let end = min(begin + args.width, args.end);
for (var first = begin; first < end; first += ${shape.tile}u) {
let count = min(${shape.tile}u, end - first);
${barrier}${bring(module)}${compute(module)}${barrier}${family.tileBegin}var t = part * ${shape.unroll}u;
for (; t + ${shape.unroll - 1}u < count; t += args.parts * ${shape.unroll}u) {
${pairs(module, shape.unroll)}}
${rest}${family.tileEnd}}
`
}

/** Copies column variables into the tile. */
function bring({ schedule, shape }: Module): string {
  const copies = [...shape.tiled].map(([variable, place]) => {
    const dim = schedule.program.variables[variable]?.dim ?? 1
    const row = dim === shape.stride ? "n" : dim === 1 ? `n * ${shape.stride}u` : `n / ${dim}u * ${shape.stride}u + n % ${dim}u`
    const target = place === 0 ? row : `${row} + ${place}u`
    return `for (var n = lane; n < count * ${dim}u; n += ${WORKGROUP}u) { tile[${target}] = columns[${origin(variable)} + first * ${dim}u + n]; }\n`
  })
  return copies.join("")
}

/** Computes what depends on the column alone, once for all rows, and keeps it in the tile. */
function compute({ schedule, shape, scope }: Module): string {
  const { columnValues, column, program } = schedule
  if (columnValues.length === 0) return ""
  const keep = columnValues.map((value) => {
    const text = name(value, "")
    return `tile[n * ${shape.stride}u + ${shape.kept.get(value.id)}u] = ${value.type === "mask" ? `select(0f, 1f, ${text})` : text};\n`
  })
  const at = scope([""], (variable) => ({
    text: `columns[${origin(variable)} + (first + n) * ${program.variables[variable]?.dim}u`,
    base: 0,
  }))
  return `for (var n = lane; n < count; n += ${WORKGROUP}u) {\n${write(at, column, () => "")}${keep.join("")}}\n`
}

/** The pairs of the lanes' rows with `units` columns from `t` on. */
function pairs(module: Module, units: number): string {
  const { schedule, shape, family, scope } = module
  const suffixes = Array.from({ length: units }, (_, unit) => `_${unit}`)
  const at = scope(suffixes, (variable, unit) => {
    const place = shape.tiled.get(variable)
    return place === undefined ? { text: `columns[c${variable}${unit}`, base: 0 } : { text: `tile[t${unit}`, base: place }
  })
  const columns = suffixes.map((_, index) => `args.columnBase + first + t + ${index}u`)
  const take: Parameters<typeof write>[2] = (segment, values, weigh) => {
    if (!segment) return family.shift?.(values, weigh) ?? ""
    const { loop, start } = segment
    if (!loop) return family.take(start, values, columns, segment)
    const shift = start - loop.start
    return family.take(`${counter(loop)}${shift === 0 ? "" : shift < 0 ? ` - ${-shift}u` : ` + ${shift}u`}`, values, columns, segment)
  }
  return suffixes.map((unit, index) => addresses(schedule, module, unit, index)).join("") + write(at, schedule.pair, take)
}

/** Where one of the columns lies, in the tile and in the buffer, and what is kept of it. */
function addresses(schedule: Schedule, { shape }: Module, unit: string, index: number): string {
  const { variables } = schedule.program
  const column = index === 0 ? "t" : `(t + ${index}u)`
  const kept = schedule.columnValues.map((value) => {
    const text = `tile[t${unit} + ${shape.kept.get(value.id)}u]`
    return `let ${name(value, unit)} = ${value.type === "mask" ? `${text} != 0f` : text};\n`
  })
  const direct = shape.direct.map(
    (variable) => `let c${variable}${unit} = ${origin(variable)} + (first + ${column}) * ${variables[variable]?.dim}u;\n`,
  )
  return `${shape.stride === 0 ? "" : `let t${unit} = ${column} * ${shape.stride}u;\n`}${kept.join("")}${direct.join("")}`
}
