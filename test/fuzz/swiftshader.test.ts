// Random formulas on a GPU's driver, SwiftShader, with a fixed seed.
import fc from "fast-check"
import { afterAll, describe, expect, test } from "vitest"
import { dispose } from "../../src/runtime/backends.ts"
import { use } from "../support/drivers.ts"
import { formula } from "./formulas.ts"
import { joined, onGpu } from "./gpu.ts"

const installed = use("SwiftShader")
if (!installed) console.error("SwiftShader is not installed: random formulas did not run on it")

describe.runIf(installed)("random formulas on SwiftShader", { timeout: 300_000 }, () => {
  afterAll(dispose)
  const kernels = joined(fc.sample(formula, { seed: 7, numRuns: 160 }), 7)
  test("are enough", () => expect(kernels.length).toBeGreaterThan(7))
  test.each(kernels.map((kernel, n) => [n, kernel] as const))("kernel %i", async (_n, kernel) => {
    expect((await onGpu(kernel)).wrong).toEqual([])
  })
})
