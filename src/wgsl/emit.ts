// A schedule as a WGSL module with the entry points `reduce` and `finish`. A stage, pure; what it computes is decided before.
// The calling convention is in src/artifact/wgsl-abi.ts.
import { WGSL_ARGS, WGSL_BINDINGS, type WgslKernel } from "../artifact/wgsl-abi.ts"
import { exactValues } from "../ir/exact.ts"
import type { Schedule } from "../ir/statement.ts"
import type { KernelRow } from "../reductions/kernels.ts"
import { columnLoop } from "./columns.ts"
import { foldHelpers } from "./fold.ts"
import { type Frame, frame, WORKGROUP } from "./layout.ts"
import type { Module } from "./module.ts"
import { helpers, number } from "./primitives.ts"
import { extreme } from "./reducers/k-best.ts"
import { product } from "./reducers/product.ts"
import { type Family, stateAccess } from "./reducers/reducer.ts"
import { accumulate } from "./reducers/sum.ts"
import { weighted } from "./reducers/weighted-sum.ts"
import { declare, lanes, origin, write } from "./statements.ts"

const families: Record<KernelRow["family"], Family> = {
  accumulate: (program, frame) => (program.shift ? weighted : accumulate)(program, frame),
  extreme,
  product,
}

/** @example `emitWgsl(schedule(programOf(request))).code` */
export function emitWgsl(schedule: Schedule): WgslKernel {
  const { program } = schedule
  const shape = frame(schedule)
  const exact = exactValues(program)
  const family = families[program.reduction.family](program, shape)
  const module: Module = {
    schedule,
    shape,
    family,
    scope: (units, column) => ({ program, frame: shape, exact, units, column }),
  }
  const rowsPerGroup = WORKGROUP * shape.lanes
  const body = `${stateAccess(shape)}${family.module}\n${reduce(module)}\n${finish(module, rowsPerGroup)}`
  const functions = helpers(body, foldHelpers)
  const code = `${declarations(module)}${functions.join("\n")}${functions.length === 0 ? "" : "\n"}${body}`
  return { code, rowsPerGroup, tile: shape.tile, stateWords: shape.room }
}

/** Types of lanes, the arguments and the buffers. */
function declarations({ schedule, shape }: Module): string {
  const type = (scalar: string) => (shape.lanes === 1 ? scalar : `vec${shape.lanes}<${scalar}>`)
  const groups = Math.max(1, Math.ceil(schedule.program.variables.length / 4))
  const buffers = WGSL_BINDINGS.map(([name, access, of], binding) => `@group(0) @binding(${binding}) var<${access}> ${name}: ${of};\n`)
  return `alias F = ${type("f32")};
alias I = ${type("u32")};
alias J = ${type("i32")};
alias B = ${type("bool")};
struct Args { ${WGSL_ARGS.map((field) => `${field}: u32`).join(", ")}, at: array<vec4<u32>, ${groups}> }
${buffers.join("")}${shape.stride === 0 ? "" : `var<workgroup> tile: array<f32, ${shape.tile * shape.stride}>;\n`}${number}
`
}

/** The rows of the lanes, `width` apart. */
const rowPrelude = (shape: Frame, width: string) =>
  `let local = ${lanes(shape, "I", (index) => (index === 0 ? "first" : `first + ${index}u * ${width}`))};
let row = args.rowFirst + min(local, I(args.rowCount - 1u));
`

function reduce(module: Module): string {
  const { schedule, shape, family, scope } = module
  const nowhere = scope([""], () => ({ text: "columns[", base: 0 }))
  const once = (statements: Schedule["row"]) => write(nowhere, statements, () => "")
  const rowAddresses = shape.rowVariables
    .map((variable) => `let row${variable} = I(${origin(variable)}) + row * ${schedule.program.variables[variable]?.dim}u;\n`)
    .join("")
  return `@compute @workgroup_size(${WORKGROUP})
fn reduce(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let group = id.xy + vec2<u32>(args.groupFirst, args.splitFirst);
let width = ${WORKGROUP}u / args.parts;
let part = lane / width;
let first = group.x * ${shape.lanes}u * width + lane % width;
${rowPrelude(shape, "width")}${family.hasSlot ? "" : "let "}slot = (group.y * args.parts + part) * ${shape.room}u * args.stride + local;
${rowAddresses}${declare(shape)}${once(schedule.constant)}${once(schedule.row)}${family.begin}if (args.resume != 0u) {
${family.load}}
${columnLoop(module)}${family.store}}
`
}

const finish = ({ shape, family }: Module, rowsPerGroup: number) => `@compute @workgroup_size(${WORKGROUP})
fn finish(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
let first = group.x * ${rowsPerGroup}u + lane;
${rowPrelude(shape, `${WORKGROUP}u`)}let slot = local;
${family.finish}}
`
