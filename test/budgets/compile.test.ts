// Bytes of the kernels of all vectors and of the gradients in them, against bench/budgets.json. How long they take to compile is only
// reported, by `npm run bench:compile`.
import { expect, test } from "vitest"
import budgets from "../../bench/budgets.json" with { type: "json" }
import { measure } from "../../bench/compile/measure.ts"
import { long, vectors } from "../../bench/compile/requests.ts"
import { unsupported } from "../vectors/unsupported.ts"

test("kernels of vectors and gradients stay within the budget", { timeout: 120_000 }, () => {
  const missing = new RegExp(`\\b(${["!", ...unsupported.operations].join("|")})\\(`)
  const known = vectors().filter(
    ({ request }) => !missing.test(request.formula) && !unsupported.reductions.some((name) => name === request.reduction),
  )
  expect(known.length).toBeGreaterThan(140)
  const measured = known.map((named) => measure(named))
  expect(measured.filter(({ wgsl, wasm }) => wgsl > budgets.vectors.wgsl || wasm > budgets.vectors.wasm)).toEqual([])
  expect(budgets.vectors.wgsl).toBeLessThan(64_000)
})

test("the benchmark has formulas of 120 characters", () => {
  const lengths = long().map(({ name }) => name.length)
  expect(lengths.length).toBeGreaterThan(100)
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(100)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(160)
})
