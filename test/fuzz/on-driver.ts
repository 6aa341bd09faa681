// Random formulas and their gradients on one of the GPU's drivers, with a fixed seed.
import fc from "fast-check"
import { afterAll, describe, expect, test } from "vitest"
import { dispose } from "../../src/runtime/backends.ts"
import { type Driver, use } from "../support/drivers.ts"
import { formula } from "./formulas.ts"
import { joined, onGpu } from "./gpu.ts"

export function onDriver(name: Driver["name"], seed: number, count: number): void {
  const installed = use(name)
  if (!installed) console.error(`${name} is not installed: random formulas did not run on it`)
  describe.runIf(installed)(`random formulas on ${name}`, { timeout: 300_000 }, () => {
    afterAll(dispose)
    const kernels = joined(fc.sample(formula, { seed, numRuns: count }), seed)
    test("make enough kernels", () => expect(kernels.length).toBeGreaterThan(count / 8))
    test.each(kernels.map((kernel, n) => [n, kernel] as const))("agree with the oracle: kernel %i", async (_n, kernel) => {
      const { wrong, compared } = await onGpu(kernel)
      expect(wrong).toEqual([])
      expect(compared).toBeGreaterThan(0)
    })
  })
}
