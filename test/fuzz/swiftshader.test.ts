// Random formulas on a GPU's driver, SwiftShader: the values of the oracle. Several formulas are one kernel, joined by Concat.
import fc from "fast-check"
import { afterAll, describe, expect, test } from "vitest"
import type { Node } from "../../src/formula/node.ts"
import { print } from "../../src/formula/print.ts"
import { dispose } from "../../src/runtime/backends.ts"
import { gpu } from "../runtime/webgpu-harness.ts"
import { use } from "../support/drivers.ts"
import { aliases, data, derived, sums } from "./check.ts"
import { formula } from "./formulas.ts"

const seed = 7
const perKernel = 8

const installed = use("SwiftShader")
if (!installed) console.error("SwiftShader is not installed: random formulas did not run on it")

describe.runIf(installed)("random formulas on SwiftShader", { timeout: 300_000 }, () => {
  afterAll(dispose)
  const given = data(seed)
  const all = fc.sample(formula, { seed, numRuns: 160 }).flatMap((node): { node: Node; wanted: ReturnType<typeof sums> }[] => {
    const tree = derived(node)
    if (!tree || node.kind !== "call" || print(node).length > 300) return []
    const wanted = sums(tree, given, seed)
    return wanted.some((row) => row !== undefined) ? [{ node, wanted }] : []
  })
  const batches = Array.from({ length: Math.ceil(all.length / perKernel) }, (_, n) => all.slice(n * perKernel, (n + 1) * perKernel))
  test("are enough", () => expect(all.length).toBeGreaterThan(60))
  test.each(batches.map((batch, n) => [n, batch] as const))("batch %i", async (_n, batch) => {
    const joined = batch.map(({ node }) => print(node)).reduceRight((rest, text) => `Concat(${text}, ${rest})`)
    const width = batch.reduce((sum, { node }) => sum + node.dim, 0)
    const { values } = await gpu(joined, aliases, "Sum", given.inputs)
    let start = 0
    const wrong: string[] = []
    for (const { node, wanted } of batch) {
      for (const [i, row] of wanted.entries()) {
        for (const [k, { value, error }] of row?.entries() ?? []) {
          const found = values![i * width + start + k]!
          if (!(Math.abs(found - value) <= error))
            wrong.push(`${print(node)}: row ${i}, component ${k} is ${found}, not ${value} (+- ${error})`)
        }
      }
      start += node.dim
    }
    expect(wrong).toEqual([])
  })
})
