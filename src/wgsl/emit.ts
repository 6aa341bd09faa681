// A schedule as a WGSL module with the entry points `reduce` and `finish`. A stage, pure; what it computes is decided before.
// The calling convention is in src/artifact/wgsl-abi.ts.
import { WGSL_ARGS, type WgslKernel } from "../artifact/wgsl-abi.ts"
import { exactValues } from "../ir/exact.ts"
import type { Schedule } from "../ir/statement.ts"
import type { KernelRow } from "../reductions/kernels.ts"
import { foldHelpers } from "./fold.ts"
import { frame, WORKGROUP } from "./layout.ts"
import { helpers, number } from "./primitives.ts"
import { extreme } from "./reducers/k-best.ts"
import { product } from "./reducers/product.ts"
import { type Family, stateAccess } from "./reducers/reducer.ts"
import { accumulate } from "./reducers/sum.ts"
import { weighted } from "./reducers/weighted-sum.ts"
import { counter, declare, lanes, name, origin, type Scope, write } from "./statements.ts"

const families: Record<KernelRow["family"], Family> = {
  accumulate: (program, frame) => (program.shift ? weighted : accumulate)(program, frame),
  extreme,
  product,
}

/** @example `emitWgsl(schedule(lower(request))).code` */
export function emitWgsl(schedule: Schedule): WgslKernel {
  const { program } = schedule
  const { variables } = program
  const shape = frame(schedule)
  const rowsPerGroup = WORKGROUP * shape.lanes
  const family = families[program.reduction.family](program, shape)
  const type = (scalar: string) => (shape.lanes === 1 ? scalar : `vec${shape.lanes}<${scalar}>`)

  const exact = exactValues(program)
  const scope = (units: readonly string[], column: Scope["column"]): Scope => ({ program, frame: shape, exact, units, column })
  const nowhere = scope([""], () => ({ text: "columns[", base: 0 }))
  const none = () => ""
  const once = (statements: Schedule["row"], at = nowhere) => write(at, statements, none)

  const rowAddresses = shape.rowVariables
    .map((variable) => `let row${variable} = I(${origin(variable)}) + row * ${variables[variable]?.dim}u;\n`)
    .join("")
  const rowPrelude = (
    width: string,
  ) => `let local = ${lanes(shape, "I", (index) => (index === 0 ? "first" : `first + ${index}u * ${width}`))};
let row = args.rowFirst + min(local, I(args.rowCount - 1u));
`

  // One tile: first every invocation brings some of it, then all read all of it.
  const bring = [...shape.tiled]
    .map(([variable, place]) => {
      const dim = variables[variable]?.dim ?? 1
      const row = dim === shape.stride ? "n" : dim === 1 ? `n * ${shape.stride}u` : `n / ${dim}u * ${shape.stride}u + n % ${dim}u`
      const target = place === 0 ? row : `${row} + ${place}u`
      return `for (var n = lane; n < count * ${dim}u; n += ${WORKGROUP}u) { tile[${target}] = columns[${origin(variable)} + first * ${dim}u + n]; }\n`
    })
    .join("")
  const keep = schedule.columnValues
    .map((value) => {
      const text = name(value, "")
      return `tile[n * ${shape.stride}u + ${shape.kept.get(value.id)}u] = ${value.type === "mask" ? `select(0f, 1f, ${text})` : text};\n`
    })
    .join("")
  const columnScope = scope([""], (variable) => ({
    text: `columns[${origin(variable)} + (first + n) * ${variables[variable]?.dim}u`,
    base: 0,
  }))
  const compute =
    schedule.columnValues.length === 0
      ? ""
      : `for (var n = lane; n < count; n += ${WORKGROUP}u) {\n${once(schedule.column, columnScope)}${keep}}\n`
  const barrier = shape.stride === 0 ? "" : "workgroupBarrier();\n"

  const pairs = (units: number) => {
    const suffixes = Array.from({ length: units }, (_, unit) => `_${unit}`)
    const at = scope(suffixes, (variable, unit) => {
      const place = shape.tiled.get(variable)
      return place === undefined ? { text: `columns[c${variable}${unit}`, base: 0 } : { text: `tile[t${unit}`, base: place }
    })
    const addresses = suffixes.map((unit, index) => {
      const column = index === 0 ? "t" : `(t + ${index}u)`
      const kept = schedule.columnValues.map((value) => {
        const text = `tile[t${unit} + ${shape.kept.get(value.id)}u]`
        return `let ${name(value, unit)} = ${value.type === "mask" ? `${text} != 0f` : text};\n`
      })
      const direct = shape.direct.map(
        (variable) => `let c${variable}${unit} = ${origin(variable)} + (first + ${column}) * ${variables[variable]?.dim}u;\n`,
      )
      return `${shape.stride === 0 ? "" : `let t${unit} = ${column} * ${shape.stride}u;\n`}${kept.join("")}${direct.join("")}`
    })
    const columns = suffixes.map((_, index) => `args.columnBase + first + t + ${index}u`)
    const body = write(at, schedule.pair, (segment, values, weigh) => {
      if (!segment) return family.shift?.(values, weigh) ?? ""
      const { loop, start } = segment
      if (!loop) return family.take(start, values, columns, segment)
      const shift = start - loop.start
      return family.take(`${counter(loop)}${shift === 0 ? "" : shift < 0 ? ` - ${-shift}u` : ` + ${shift}u`}`, values, columns, segment)
    })
    return addresses.join("") + body
  }
  const tail =
    shape.unroll === 1 ? "" : `for (t = count / ${shape.unroll}u * ${shape.unroll}u + part; t < count; t += args.parts) {\n${pairs(1)}}\n`

  const columnLoop = `let begin = min(args.begin + group.y * args.span, args.end);
let end = min(begin + args.width, args.end);
for (var first = begin; first < end; first += ${shape.tile}u) {
let count = min(${shape.tile}u, end - first);
${barrier}${bring}${compute}${barrier}${family.tileBegin}var t = part * ${shape.unroll}u;
for (; t + ${shape.unroll - 1}u < count; t += args.parts * ${shape.unroll}u) {
${pairs(shape.unroll)}}
${tail}${family.tileEnd}}
`
  const privateSlot = family.module.includes("var<private> slot")

  const body = `${stateAccess(shape)}${family.module}
@compute @workgroup_size(${WORKGROUP})
fn reduce(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let group = id.xy + vec2<u32>(args.groupFirst, args.splitFirst);
let width = ${WORKGROUP}u / args.parts;
let part = lane / width;
let first = group.x * ${shape.lanes}u * width + lane % width;
${rowPrelude("width")}${privateSlot ? "" : "let "}slot = (group.y * args.parts + part) * ${shape.room}u * args.stride + local;
${rowAddresses}${declare(shape)}${once(schedule.constant)}${once(schedule.row)}${family.begin}if (args.resume != 0u) {
${family.load}}
${columnLoop}${family.store}}

@compute @workgroup_size(${WORKGROUP})
fn finish(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let first = group.x * ${rowsPerGroup}u + lane;
${rowPrelude(`${WORKGROUP}u`)}let slot = local;
${family.finish}}
`
  const functions = helpers(body, foldHelpers)
  const code = `alias F = ${type("f32")};
alias I = ${type("u32")};
alias J = ${type("i32")};
alias B = ${type("bool")};
struct Args { ${WGSL_ARGS.map((field) => `${field}: u32`).join(", ")}, at: array<vec4<u32>, ${Math.max(1, Math.ceil(variables.length / 4))}> }
@group(0) @binding(0) var<uniform> args: Args;
@group(0) @binding(1) var<storage, read> rows: array<f32>;
@group(0) @binding(2) var<storage, read> columns: array<f32>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>;
@group(0) @binding(4) var<storage, read_write> state: array<u32>;
@group(0) @binding(5) var<storage, read_write> result: array<u32>;
${shape.stride === 0 ? "" : `var<workgroup> tile: array<f32, ${shape.tile * shape.stride}>;\n`}${number}
${functions.join("\n")}${functions.length === 0 ? "" : "\n"}${body}`
  return { code: indent(code), rowsPerGroup, tile: shape.tile, stateWords: shape.room }
}

/** One space for each open brace. */
function indent(text: string): string {
  let depth = 0
  const lines = text.split("\n").map((line) => {
    if (line.startsWith("}")) depth--
    const indented = line === "" ? "" : " ".repeat(depth) + line
    const open = (line.match(/\{/g) ?? []).length - (line.match(/\}/g) ?? []).length
    depth += line.startsWith("}") ? open + 1 : open
    return indented
  })
  return lines.join("\n")
}
