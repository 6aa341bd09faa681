// The functions of a WASM kernel that begin and end a reduction: `init`, `finish`, and the module's own exp.
import type { Program } from "../ir/program.ts"
import type { Code } from "./encoder.ts"
import { Frame, lanes, registerBytes } from "./function-writer.ts"
import { exp } from "./math.ts"
import type { Family, Site } from "./reducers/reducer.ts"
import type { Shape } from "./shape.ts"

/** exp(x) for x <= 0, for places where speed does not count. */
export function expFunction(): Code {
  const frame = new Frame(["v128"], ["v128"], false)
  exp(frame, 0, 0, true)
  frame.code.get(0)
  return frame.finish()
}

export function initFunction(program: Program, family: Family, shape: Shape): Code {
  const frame = new Frame(["i32", "i32"], [], false)
  const { code } = frame
  const [steps, state] = [0, 1]
  const identity = family.identity(program)
  const each = code.local("i32")
  const component = code.local("i32")
  const fill = (bits: number, count: number) =>
    frame.count(frame.named("slot", "i32"), 0, count, () => {
      code.get(state, frame.bits(bits)).memory("v128.store", 0)
      frame.advance(state, registerBytes)
    })
  frame.while(each, steps, 1, () => {
    frame.count(component, 0, program.dim, () => {
      // runs of equal slots, each in a loop
      for (let start = 0; start < identity.length; ) {
        const bits = identity[start]!
        let end = start
        while (end < identity.length && identity[end] === bits) end++
        fill(bits, (end - start) * shape.rows)
        start = end
      }
    })
    for (const bits of family.shared?.identity ?? []) fill(bits, shape.rows)
  })
  return frame.finish()
}

export function finishFunction(program: Program, family: Family, shape: Shape, stateBytes: number): Code {
  const frame = new Frame(["i32", "i32", "i32", "i32"], [], false)
  const { code } = frame
  const [steps, state, values, indices] = [0, 1, 2, 3] as const
  const site: Site = { frame, program, state, rows: shape.rows, partial: 0, column: 0, exp: 0, helper: 1, careful: 0 }
  const kind = program.reduction.outputs
  const targets = (
    [
      ["values", values],
      ["indices", indices],
    ] as const
  ).filter(([output]) => kind === "both" || kind === output)
  const width = program.outputDim * program.k
  const [step, rank, component] = [code.local("i32"), code.local("i32"), code.local("i32")]
  const found = frame.temporary("found")
  /** Takes the result of the component and rank at hand to one row block of an output. */
  const write = (output: "values" | "indices", target: number, r: number) => {
    const bytes = family.slots(program) * shape.rows * registerBytes
    const at = (by = 0) =>
      frame
        .address(state, component, bytes)
        .i32(by * bytes + r * registerBytes)
        .op("i32.add")
    family.result(site, { r, component, at }, rank, output)
    code.set(found)
    const rankBytes = program.outputDim * 4
    for (let lane = 0; lane < lanes; lane++) {
      frame.address(target, component, 4).get(rank).i32(rankBytes).op("i32.mul").op("i32.add")
      code.get(found).memory("v128.store32_lane", (r * lanes + lane) * width * 4, lane)
    }
  }
  frame.while(step, steps, 1, () => {
    frame.count(component, 0, program.outputDim, () => {
      frame.count(rank, 0, program.k, () => {
        for (const [output, target] of targets) for (let r = 0; r < shape.rows; r++) write(output, target, r)
      })
    })
    frame.advance(state, stateBytes)
    for (const [, target] of targets) frame.advance(target, shape.rows * lanes * width * 4)
  })
  return frame.finish()
}
