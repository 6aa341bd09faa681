// A stage: writes a schedule as a WGSL module with the entry points `reduce` and `finish`. Pure.
// The calling convention is in src/artifact/wgsl-abi.ts.
import { WGSL_ARGS, WGSL_BINDINGS, type WgslKernel } from "../artifact/wgsl-abi.ts"
import { exactValues } from "../ir/exact.ts"
import type { Schedule } from "../ir/statement.ts"
import type { KernelRow } from "../reductions/kernels.ts"
import { columnLoop } from "./columns.ts"
import { type Calls, functionsOf } from "./helpers.ts"
import { type Layout, layoutOf, WORKGROUP } from "./layout.ts"
import { number } from "./literal.ts"
import type { Module } from "./module.ts"
import { kBestReducer } from "./reducers/k-best.ts"
import { productReducer } from "./reducers/product.ts"
import { type Reducer, stateAccess } from "./reducers/reducer.ts"
import { sumReducer } from "./reducers/sum.ts"
import { weightedSumReducer } from "./reducers/weighted-sum.ts"
import { declare, lanes, origin, write } from "./statements.ts"

const reducers: Record<KernelRow["family"], Reducer> = {
  accumulate: (program, layout) => (program.shift ? weightedSumReducer : sumReducer)(program, layout),
  extreme: kBestReducer,
  product: productReducer,
}

/** @example `emitWgsl(schedule(programOf(request))).code` */
export function emitWgsl(schedule: Schedule): WgslKernel {
  const { program } = schedule
  const layout = layoutOf(schedule)
  const exact = exactValues(program)
  const calls: Calls = { vectors: new Set(), numbers: new Set() }
  const reducer = reducers[program.reduction.family](program, layout)
  const module: Module = {
    schedule,
    layout,
    reducer,
    contextFor: (units, column) => ({ program, layout, exact, units, column, calls }),
  }
  const rowsPerGroup = WORKGROUP * layout.lanes
  const body = `${stateAccess(layout)}${reducer.module}\n${reduce(module)}\n${finish(module, rowsPerGroup)}`
  const rest = functionsOf(calls) + body
  const code = declarations(module, rest) + rest
  return { code, rowsPerGroup, tile: layout.tile, stateWords: layout.room }
}

/** Types of lanes, the arguments and the buffers: those that the rest of the module names. */
function declarations({ schedule, layout }: Module, rest: string): string {
  const type = (scalar: string) => (layout.lanes === 1 ? scalar : `vec${layout.lanes}<${scalar}>`)
  const named = (name: string) => new RegExp(`\\b${name}\\b`).test(rest)
  const aliases = (["F f32", "I u32", "J i32", "B bool"] as const)
    .map((each) => each.split(" ") as [string, string])
    .filter(([name]) => named(name))
    .map(([name, scalar]) => `alias ${name} = ${type(scalar)};\n`)
  const groups = Math.max(1, Math.ceil(schedule.program.variables.length / 4))
  const buffers = WGSL_BINDINGS.map(([name, access, of], binding) =>
    named(name) ? `@group(0) @binding(${binding}) var<${access}> ${name}: ${of};\n` : "",
  )
  return `${aliases.join("")}struct Args { ${WGSL_ARGS.map((field) => `${field}: u32`).join(", ")}, at: array<vec4<u32>, ${groups}> }
${buffers.join("")}${layout.stride === 0 ? "" : `var<workgroup> tile: array<f32, ${layout.tile * layout.stride}>;\n`}${named("number") ? `${number}\n` : ""}`
}

/** The rows of the lanes: `width` is the text of the distance of so many. */
const rowPrelude = (layout: Layout, width: (rows: number) => string) =>
  `let local = ${lanes(layout, "I", (index) => (index === 0 ? "first" : `first + ${width(index)}`))};
let row = args.rowFirst + min(local, I(args.rowCount - 1u));
`

function reduce(module: Module): string {
  const { schedule, layout, reducer, contextFor } = module
  const nowhere = contextFor([""], () => ({ text: "columns[", base: 0 }))
  const once = (statements: Schedule["row"]) => write(nowhere, statements, () => "")
  const rowAddresses = layout.rowVariables
    .map((variable) => `let row${variable} = I(${origin(variable)}) + row * ${schedule.program.variables[variable]?.dim}u;\n`)
    .join("")
  return `@compute @workgroup_size(${WORKGROUP})
fn reduce(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let group = id.xy + vec2<u32>(args.groupFirst, args.splitFirst);
let width = ${WORKGROUP}u / args.parts;
let part = lane / width;
let first = group.x * ${layout.lanes}u * width + lane % width;
${rowPrelude(layout, (rows) => (rows === 1 ? "width" : `${rows}u * width`))}${reducer.hasSlot ? "" : "let "}slot = (group.y * args.parts + part) * ${layout.room}u * args.stride + local;
${rowAddresses}${declare(layout)}${once(schedule.constant)}${once(schedule.row)}${reducer.begin}if (args.resume != 0u) {
${reducer.load}}
${columnLoop(module)}${reducer.store}}
`
}

const finish = ({ layout, reducer }: Module, rowsPerGroup: number) => `@compute @workgroup_size(${WORKGROUP})
fn finish(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let first = group.x * ${rowsPerGroup}u + lane;
${rowPrelude(layout, (rows) => `${rows * WORKGROUP}u`)}let slot = local;
${reducer.finish}}
`
