// What the tests of the webgpu executor share: short ways to run a formula, and a comparison that reports the first difference.
import { expect } from "vitest"
import type { Artifact } from "../../src/artifact/artifact.ts"
import { execute, type Result } from "../../src/runtime/execute.ts"
import type { Matrix } from "../../src/runtime/matrix.ts"
import { type Context, openDevice } from "../../src/runtime/webgpu/device.ts"
import { runOnGpu } from "../../src/runtime/webgpu/execute.ts"
import { build, type Setup } from "../support/run.ts"

export const inf = Number.POSITIVE_INFINITY
export type Pair = Exclude<Result, Matrix>
export type Flat = { values?: number[]; indices?: number[] }

export function flat(result: unknown): Flat {
  const { values, indices, data } = result as { values?: Matrix; indices?: Matrix; data?: Float32Array | Int32Array }
  if (values && indices) return { values: [...values.data], indices: [...indices.data] }
  return data instanceof Int32Array ? { indices: [...data] } : { values: [...data!] }
}

export async function gpu(formula: string, aliases: readonly string[], reduction: string, inputs: readonly unknown[], setup: Setup = {}) {
  return flat(await execute(build(formula, aliases, reduction, setup), inputs, { backend: "webgpu" }))
}

/** One column of numbers, reduced for a single row. */
export const column = (reduction: string, numbers: readonly number[], k?: number) => gpu("y", ["y = Vj(1)"], reduction, [numbers], { k })

/** The same device, with smaller limits. */
export async function run(artifact: Artifact, inputs: readonly Float32Array[], rows: number, columns: number, changes: Partial<Context>) {
  const context = await openDevice()
  const { values, indices } = await runOnGpu(async () => ({ ...context, ...changes }), { artifact, rows, columns, inputs })
  return { values: values as Float32Array | undefined, indices: indices as Int32Array | undefined }
}

export const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, relative: number, absolute = 0) => {
  expect(found.length).toBe(wanted.length)
  let worst = -1
  let at = 0
  for (let index = 0; index < found.length; index++) {
    const [a, b] = [found[index]!, wanted[index]!]
    const error = Object.is(a, b) || a === b ? 0 : Math.abs(a - b) - relative * Math.abs(b)
    if (!(error <= worst)) [worst, at] = [error, index]
  }
  expect(worst, `number ${at}: ${found[at]}, not ${wanted[at]}`).toBeLessThanOrEqual(absolute)
}
