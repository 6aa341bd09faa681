// What the page of the browser test runs: one formula on both backends, through the public API. It reports the results to the test.
import "../../src/jit/index.ts"
import { backendInfo, genericArgKMin, genericSum, type RunOptions } from "../../src/index.ts"

export interface Found {
  readonly sums: readonly number[]
  readonly indices: readonly number[]
  /** The sum over a matrix that stayed on the device, where there is one. */
  readonly chained: readonly number[]
}

const density = genericSum("Exp(-SqDist(x, y))", "a = Vi(1)", "x = Vi(3)", "y = Vj(3)")
const nearest = genericArgKMin("SqDist(x, y)", "a = Vi(2)", "x = Vi(3)", "y = Vj(3)")
const total = genericSum("a * a", "s = Vj(1)", "a = Vi(1)")

async function find(x: readonly number[], y: readonly number[], backend: NonNullable<RunOptions["backend"]>): Promise<Found> {
  const sums = await density.with({ backend })(x, y)
  const indices = await nearest.with({ backend })(x, y)
  const kept = await density.with({ backend, output: backend === "webgpu" ? "device" : "host" })(x, y)
  const chained = await total.with({ backend })(kept)
  kept.dispose()
  return { sums: Array.from(sums.data), indices: Array.from(indices.data), chained: Array.from(chained.data) }
}

Object.assign(globalThis, { find, backendInfo })
