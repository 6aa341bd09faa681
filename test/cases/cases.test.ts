// Formulas that once failed, and their kin, on one executor: TSKEOPS_BACKEND=wasm (the default) or webgpu (with VK_ICD_FILENAMES naming a
// driver). `npm test` runs this file on the CPU, on SwiftShader and on lavapipe.
import { describe, expect, test } from "vitest"
import { cases } from "./case.ts"
import { own } from "./own.ts"
import { type Backend, failure } from "./run.ts"

const backend = (process.env.TSKEOPS_BACKEND ?? "wasm") as Backend

describe(`cases on ${backend}`, () => {
  const here = [...cases, ...own].filter(({ backends }) => backends.includes(backend))
  test.each(here.map((given) => [given.id, given.formula.slice(0, 80), given] as const))("%s: %s", async (_id, _formula, given) => {
    expect(await failure(given, backend), given.why).toBeUndefined()
  })
  test("are all included", () => {
    expect(cases).toHaveLength(70)
    expect(new Set([...cases, ...own].map(({ id }) => id)).size).toBe(cases.length + own.length)
  })
})
