// The WASM kernel of a reduction. The module imports `tskeops.memory` and exports three functions; every argument is an i32, pointers in bytes.
//
//   init(steps, state)                       writes the identity: states of `steps` steps, `stateBytes` each.
//   reduce(steps, columnStart, columnEnd, state, scratch, ...variables)
//                                            adds columns [columnStart, columnEnd), at most `block` of them, to the states of `steps` steps.
//                                            A variable's pointer: of the first step's first row, of column 0, or of the parameter.
//   finish(steps, state, values, indices)    writes the results, row-major, `width` numbers a row.
//
// A step is `rowsPerStep` rows. The caller pads row variables and outputs to whole steps and columns by three rows: what stands there is computed
// and thrown away. Columns must come in ascending order, so that the first of equals wins.
import type { WasmKernel } from "../artifact/artifact.ts"
import type { Program, Value } from "./ir.ts"
import type { Schedule } from "./statement.ts"
import { accumulate } from "./wasm-accumulate.ts"
import { encodeModule } from "./wasm-bytes.ts"
import { extreme } from "./wasm-extreme.ts"
import type { Family, Site } from "./wasm-family.ts"
import { Frame, lanes, registerBytes } from "./wasm-frame.ts"
import { exp } from "./wasm-math.ts"
import { Values } from "./wasm-values.ts"

/** Scratch memory, in this order. */
interface Layout {
  /** Row variables that loops read: offset by variable; R registers a component. */
  readonly looped: ReadonlyMap<number, number>
  readonly columnValues: number
  readonly partials: number
  readonly bytes: number
}

/** The shape of a step: rows are held by `rows` registers, and `columns` columns are taken at once. */
export interface Shape {
  readonly rows: number
  readonly columns: number
  readonly block: number
}

/** Eight pairs of registers at once: enough independent work to hide latencies; more spill (measured on W1, W2 and W3 of bench). */
export function shapeOf(schedule: Schedule): Shape {
  const { variables } = schedule.program
  const columnFloats = variables.reduce((sum, { role, dim }) => sum + (role === "column" ? dim : 0), schedule.columnValues.length)
  // The columns of a block stay in the first-level cache.
  const block = Math.max(64, Math.min(512, 16 * Math.floor(512 / Math.max(1, columnFloats))))
  return { rows: 2, columns: 4, block }
}

export function emitWasm(schedule: Schedule, relaxed = false, shape = shapeOf(schedule)): WasmKernel {
  const { program } = schedule
  const family: Family = program.reduction.family === "accumulate" ? accumulate(program) : extreme
  const layout = layoutOf(schedule, family, shape)
  const helper = family.helper?.(program, shape.rows)
  const functions = [{ code: expFunction() }, ...(helper ? [{ code: helper.finish() }] : [])]
  const stateBytes = program.dim * family.slots(program) * shape.rows * registerBytes
  const bytes = encodeModule([
    ...functions,
    { name: "init", code: initFunction(program, family, shape) },
    { name: "reduce", code: reduceFunction(schedule, family, shape, layout, stateBytes, relaxed) },
    { name: "finish", code: finishFunction(program, family, shape, stateBytes) },
  ])
  return {
    module: btoa(String.fromCharCode(...bytes)),
    rowsPerStep: shape.rows * lanes,
    block: shape.block,
    stateBytes,
    scratchBytes: layout.bytes,
  }
}

function layoutOf(schedule: Schedule, family: Family, shape: Shape): Layout {
  const { program } = schedule
  let bytes = 0
  const take = (size: number) => {
    bytes += size
    return bytes - size
  }
  const looped = new Map(schedule.loopedRowVariables.map((n) => [n, take(program.variables[n]!.dim * shape.rows * registerBytes)]))
  const columnValues = take(schedule.columnValues.length * shape.block * 4)
  const hasLoops = program.segments.some(({ loop }) => loop)
  const partials = take(hasLoops ? program.dim * family.partials * shape.rows * registerBytes : 0)
  return { looped, columnValues, partials, bytes }
}

function expFunction() {
  const frame = new Frame(["v128"], ["v128"], false)
  exp(frame, 0, 0, true)
  frame.code.get(0)
  return frame.finish()
}

function initFunction(program: Program, family: Family, shape: Shape) {
  const frame = new Frame(["i32", "i32"], [], false)
  const { code } = frame
  const [steps, state] = [0, 1]
  const identity = family.identity(program)
  const each = code.local("i32")
  const count = code.local("i32")
  code.get(steps).i32(program.dim).op("i32.mul").set(count)
  frame.while(
    each,
    () => code.get(count),
    1,
    () => {
      // runs of equal slots become loops, so that the text does not grow with K
      for (let start = 0; start < identity.length; ) {
        let end = start
        while (end < identity.length && identity[end] === identity[start]) end++
        const store = () => code.get(state, frame.bits(identity[start]!)).memory("v128.store", 0)
        frame.count(frame.named("slot", "i32"), 0, (end - start) * shape.rows, () => {
          store()
          frame.advance(state, registerBytes)
        })
        start = end
      }
    },
  )
  return frame.finish()
}

function reduceFunction(schedule: Schedule, family: Family, shape: Shape, layout: Layout, stateBytes: number, relaxed: boolean) {
  const { program } = schedule
  const fixed = 5
  const frame = new Frame(
    Array.from({ length: fixed + program.variables.length }, () => "i32" as const),
    [],
    relaxed,
  )
  const { code } = frame
  const [steps, columnStart, columnEnd, state, scratch] = [0, 1, 2, 3, 4] as const
  const parameters = program.variables.map((_, n) => fixed + n)
  // A column's pointer walks in each stage; rows' pointers walk with the steps.
  const walking = program.variables.map(({ role }, n) => (role === "column" ? code.local("i32") : parameters[n]!))
  const looped = new Map([...layout.looped].map(([n, offset]) => [n, offsetPointer(frame, scratch, offset)]))
  const columnScratch = offsetPointer(frame, scratch, layout.columnValues)
  const columnValuePointer = code.local("i32")
  const columnValue = new Map(
    schedule.columnValues.map((value, n) => [value, { pointer: columnValuePointer, offset: n * shape.block * 4 }] as const),
  )
  const site: Site = {
    frame,
    program,
    state,
    rows: shape.rows,
    partial: offsetPointer(frame, scratch, layout.partials),
    column: code.local("i32"),
    exp: 0,
    helper: 1,
  }
  const { column } = site
  const pointers = { variable: walking, looped, columnValue }
  const pair = new Values(frame, schedule, pointers, shape.rows, shape.columns)

  /** Walks over the block's columns, `columns` at a time, while that many are left. */
  const walk = (columns: number, end: () => void, body: () => void) =>
    frame.while(column, end, columns, () => {
      body()
      for (const [n, { role, dim }] of program.variables.entries()) if (role === "column") frame.advance(walking[n]!, columns * dim * 4)
      frame.advance(columnValuePointer, columns * 4)
    })
  const toFirstColumn = () => {
    code.get(columnStart).set(column).get(columnScratch).set(columnValuePointer)
    for (const [n, { role, dim }] of program.variables.entries()) {
      if (role === "column") frame.address(parameters[n]!, columnStart, dim * 4).set(walking[n]!)
    }
  }

  pair.write(schedule.constant)
  if (schedule.columnValues.length > 0) {
    const stage = new Values(frame, schedule, pointers, 1, 1, true)
    stage.share(pair)
    toFirstColumn()
    walk(
      lanes,
      () => code.get(columnEnd),
      () => {
        stage.write(schedule.column)
        for (const [value, { offset }] of columnValue) {
          code.get(columnValuePointer, stage.local(value as Value, 0, 0)).memory("v128.store", offset)
        }
      },
    )
  }

  const step = code.local("i32")
  frame.while(
    step,
    () => code.get(steps),
    1,
    () => {
      for (const [n, pointer] of looped) transpose(frame, walking[n]!, pointer, program.variables[n]!.dim, shape.rows)
      pair.write(schedule.row)
      for (const segment of program.segments) family.begin(site, segment)
      toFirstColumn()
      const group = (columns: number, end: () => void) =>
        walk(columns, end, () => {
          pair.columns = columns
          pair.fetchColumnValues()
          pair.write(schedule.pair, ({ segment, body }) => {
            const reduce = (component: { number: number; counter?: number }) => {
              pair.write(body)
              family.step(site, component, (r, u) => pair.local(segment.value, r, u), columns)
            }
            if (!segment.loop) return reduce({ number: segment.start })
            const counter = pair.counter(segment.loop)
            frame.count(counter, segment.loop.start, segment.loop.end, () => reduce({ number: 0, counter }))
          })
        })
      if (shape.columns > 1) {
        // columnEnd - (columnEnd - columnStart) mod U: U is a power of two
        const whole = frame.named("whole", "i32")
        code.get(columnEnd)
        code
          .get(columnEnd, columnStart)
          .op("i32.sub")
          .i32(shape.columns - 1)
          .op("i32.and")
          .op("i32.sub")
          .set(whole)
        group(shape.columns, () => code.get(whole))
      }
      group(1, () => code.get(columnEnd))
      for (const segment of program.segments) family.end(site, segment)
      frame.advance(state, stateBytes)
      for (const [n, { role, dim }] of program.variables.entries()) {
        if (role === "row") frame.advance(walking[n]!, shape.rows * lanes * dim * 4)
      }
    },
  )
  return frame.finish()
}

function offsetPointer(frame: Frame, base: number, offset: number): number {
  if (offset === 0) return base
  const pointer = frame.code.local("i32")
  frame.code.get(base).i32(offset).op("i32.add").set(pointer)
  return pointer
}

/** Writes a step's rows of a variable to scratch, component by component: lanes are rows. */
function transpose(frame: Frame, rows: number, target: number, dim: number, registers: number): void {
  const k = frame.named("transposed component", "i32")
  const gathered = frame.temporary("gathered")
  frame.count(k, 0, dim, () => {
    for (let r = 0; r < registers; r++) {
      frame
        .address(rows, k, 4)
        .memory("v128.load32_splat", r * lanes * dim * 4)
        .set(gathered)
      for (let lane = 1; lane < lanes; lane++) {
        frame
          .address(rows, k, 4)
          .get(gathered)
          .memory("v128.load32_lane", (r * lanes + lane) * dim * 4, lane)
          .set(gathered)
      }
      frame
        .address(target, k, registers * registerBytes)
        .get(gathered)
        .memory("v128.store", r * registerBytes)
    }
  })
}

function finishFunction(program: Program, family: Family, shape: Shape, stateBytes: number) {
  const frame = new Frame(["i32", "i32", "i32", "i32"], [], false)
  const { code } = frame
  const [steps, state, values, indices] = [0, 1, 2, 3] as const
  const site: Site = { frame, program, state, rows: shape.rows, partial: 0, column: 0, exp: 0, helper: 1 }
  const kind = program.reduction.outputs
  const targets = (
    [
      ["values", values],
      ["indices", indices],
    ] as const
  ).filter(([output]) => kind === "both" || kind === output)
  const width = program.dim * program.k
  const [step, rank, component] = [code.local("i32"), code.local("i32"), code.local("i32")]
  const found = frame.temporary("found")
  frame.while(
    step,
    () => code.get(steps),
    1,
    () => {
      frame.count(component, 0, program.dim, () => {
        frame.count(rank, 0, program.k, () => {
          for (const [output, target] of targets) {
            for (let r = 0; r < shape.rows; r++) {
              const address = () =>
                frame
                  .address(state, component, family.slots(program) * shape.rows * registerBytes)
                  .i32(r * registerBytes)
                  .op("i32.add")
              family.result(site, address, rank, output)
              code.set(found)
              for (let lane = 0; lane < lanes; lane++) {
                frame.address(target, component, 4)
                code
                  .get(rank)
                  .i32(program.dim * 4)
                  .op("i32.mul")
                  .op("i32.add")
                code.get(found).memory("v128.store32_lane", (r * lanes + lane) * width * 4, lane)
              }
            }
          }
        })
      })
      frame.advance(state, stateBytes)
      for (const [, target] of targets) frame.advance(target, shape.rows * lanes * width * 4)
    },
  )
  return frame.finish()
}
