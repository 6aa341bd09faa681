// A few faults on each executor, in a separate process; `npm run faults` injects any number.
import { describe, expect, test } from "vitest"
import { faultsOf } from "./faults.ts"
import { executors, inProcess } from "./processes.ts"

describe.each(executors.filter(({ installed }) => installed))("faults on $name", ({ backend, env }) => {
  test("cause no wrong number, hung run, crashed process or error without a sentence of ours", { timeout: 600_000 }, async () => {
    const count = 3 * Object.keys(faultsOf(backend)).length
    const { injected, wrong } = await inProcess({ backend, seed: 7, count, everyCall: true }, env, 590)
    expect(wrong).toEqual([])
    const { "every call": every = 0, ...others } = injected
    expect(Object.values(others).reduce((sum, times) => sum + times, 0)).toBe(count)
    if (backend === "webgpu") expect(every).toBeGreaterThan(200)
  })
})
