// Edge values, large angles and quotients on one software driver: the same bits as on the CPU.
import { afterAll, describe, expect, test } from "vitest"
import { dispose } from "../../src/runtime/backends.ts"
import { type Driver, use } from "../support/drivers.ts"
import { accuracies, differences, edges, inexact, quotients, regions } from "../support/edges.ts"

export function edgeSuite(name: Driver["name"]): void {
  const installed = use(name)
  if (!installed)
    console.error(`${name} is not installed: the edge values did not run on it; \`node scripts/install-drivers.mjs\` installs it`)
  describe.runIf(installed)(`edge values on ${name}`, { timeout: 300_000 }, () => {
    afterAll(dispose)

    test.each(Object.entries(regions))("are as defined in the region %s", async (_name, ask) => {
      const { pairs, values } = await ask("webgpu")
      const right = (await ask("wasm")).values
      expect(values).toHaveLength(right.length)
      expect(differences(pairs, values, (n, place) => right[n * edges.length + place])).toEqual([])
    })

    test.each(accuracies)("%s is accurate", async (_name, worst) => {
      expect(await worst("webgpu")).toBeLessThanOrEqual(1)
    })

    test.each(quotients)("quotients and roots of %s are rounded correctly", async (_name, x, y) => {
      expect(await inexact(x, y, "webgpu")).toBe(0)
      // Also if the device's division and square root are some units less or more.
      for (const units of [-4, -1, 1, 4]) {
        const change = (code: string) => code.replace(/=(J|i32)\(([^;]*)\)-(?=\1\()/g, `=$1($2)+$1(${units})-`)
        expect(change("let a=J(x)-J(8);")).toBe(`let a=J(x)+J(${units})-J(8);`)
        expect(await inexact(x, y, "webgpu", change), `off by ${units}`).toBe(0)
      }
    })
  })
}
