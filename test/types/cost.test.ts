// What the types cost, against bench/types/budget.json: counts of the compiler, the same on every machine.
import { expect, test } from "vitest"
import budget from "../../bench/types/budget.json" with { type: "json" }
import { type Costs, measure } from "../../bench/types/measure.ts"

test("stays within the budget of instantiations and types for one formula", { timeout: 240_000 }, () => {
  const costs = measure()
  for (const part of ["base", "generic", "pieces"] as const satisfies readonly (keyof Costs)[]) {
    for (const what of ["instantiations", "types"] as const) {
      expect(costs[part][what], `${what} of ${part}`).toBeGreaterThan(0)
      expect(costs[part][what], `${what} of ${part}`).toBeLessThanOrEqual(budget[part][what])
    }
  }
})
