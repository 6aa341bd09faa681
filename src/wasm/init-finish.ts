// The functions of a WASM kernel that begin and end a reduction: `init`, `finish`, and the module's own exp.
import type { Program } from "../ir/program.ts"
import type { Code } from "./encoder.ts"
import { FunctionWriter, LANES, REGISTER_BYTES } from "./function-writer.ts"
import { exp } from "./math.ts"
import type { Reducer, Site } from "./reducers/reducer.ts"
import type { StepShape } from "./shape.ts"

/** The function exp(x) for x <= 0, for calls outside the main loop. */
export function expFunction(): Code {
  const writer = new FunctionWriter(["v128"], ["v128"], false)
  exp(writer, 0, 0, true)
  writer.code.get(0)
  return writer.finish()
}

export function initFunction(program: Program, reducer: Reducer, shape: StepShape): Code {
  const writer = new FunctionWriter(["i32", "i32"], [], false)
  const { code } = writer
  const [steps, state] = [0, 1]
  const identity = reducer.identity(program)
  const each = code.local("i32")
  const component = code.local("i32")
  const fill = (bits: number, count: number) =>
    writer.count(writer.named("slot", "i32"), 0, count, () => {
      code.get(state, writer.bits(bits)).memory("v128.store", 0)
      writer.advance(state, REGISTER_BYTES)
    })
  writer.while(each, steps, 1, () => {
    writer.count(component, 0, program.dim, () => {
      // One loop for each run of equal slots.
      for (let start = 0; start < identity.length; ) {
        const bits = identity[start]!
        let end = start
        while (end < identity.length && identity[end] === bits) end++
        fill(bits, (end - start) * shape.rows)
        start = end
      }
    })
    for (const bits of reducer.shared?.identity ?? []) fill(bits, shape.rows)
  })
  return writer.finish()
}

export function finishFunction(program: Program, reducer: Reducer, shape: StepShape, stateBytes: number): Code {
  const writer = new FunctionWriter(["i32", "i32", "i32", "i32"], [], false)
  const { code } = writer
  const [steps, state, values, indices] = [0, 1, 2, 3] as const
  const site: Site = {
    writer,
    program,
    state,
    rows: shape.rows,
    partial: 0,
    column: 0,
    exp: 0,
    helper: reducer.callsExp ? 1 : 0,
    careful: 0,
  }
  const kind = program.reduction.outputs
  const targets = (
    [
      ["values", values],
      ["indices", indices],
    ] as const
  ).filter(([output]) => kind === "both" || kind === output)
  const width = program.outputDim * program.k
  const [step, rank, component] = [code.local("i32"), code.local("i32"), code.local("i32")]
  const several = program.outputDim > 1 ? component : undefined
  const found = writer.temporary("found")
  /** Writes the result of the current component and rank to one row block of an output. */
  const write = (output: "values" | "indices", target: number, r: number) => {
    const bytes = reducer.slots(program) * shape.rows * REGISTER_BYTES
    const at = (by = 0) => writer.offset(writer.address(state, several, bytes), by * bytes + r * REGISTER_BYTES)
    reducer.result(site, { r, component, at }, rank, output)
    code.set(found)
    for (let lane = 0; lane < LANES; lane++) code.get(target, found).memory("v128.store32_lane", (r * LANES + lane) * width * 4, lane)
  }
  writer.while(step, steps, 1, () => {
    writer.count(component, 0, program.outputDim, () => {
      writer.count(rank, 0, program.k, () => {
        for (const [output, target] of targets) {
          const to = width === 1 ? target : writer.named("target", "i32")
          if (program.k > 1)
            code
              .get(rank)
              .i32(program.outputDim * 4)
              .op("i32.mul")
          if (width > 1) writer.address(target, several, 4)
          if (program.k > 1) code.op("i32.add")
          if (width > 1) code.set(to)
          for (let r = 0; r < shape.rows; r++) write(output, to, r)
        }
      })
    })
    writer.advance(state, stateBytes)
    for (const [, target] of targets) writer.advance(target, shape.rows * LANES * width * 4)
  })
  return writer.finish()
}
