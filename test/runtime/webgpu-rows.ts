// Every row of the table on one software driver against the oracle. Many formulas are one kernel, joined by Concat: drivers take long to
// compile, not to run.
import { afterAll, describe, expect, test } from "vitest"
import { parse } from "../../src/formula/parser/parse.ts"
import { dispose } from "../../src/runtime/backends.ts"
import { type Driver, use } from "../support/drivers.ts"
import { setting, sums } from "../support/rows.ts"
import { samples } from "../support/samples.ts"
import { gpu } from "./webgpu-harness.ts"

/** The most components and formulas of one kernel. */
const widest = 64
const most = 12

/** In float32, with WGSL's bounds: exp 3 + 2 |x| ULP, log 2^-21 absolute near 1, division 2.5 ULP. */
const tolerance = 3e-5

function batches(formulas: readonly (readonly [text: string, dim: number])[]): (readonly (readonly [text: string, dim: number])[])[] {
  const made: (readonly [string, number])[][] = [[]]
  for (const formula of formulas) {
    const last = made.at(-1)!
    const width = last.reduce((sum, [, dim]) => sum + dim, formula[1])
    if (last.length > 0 && (width > widest || last.length === most)) made.push([formula])
    else last.push(formula)
  }
  return made
}

export function rowSuite(name: Driver["name"]): void {
  const installed = use(name)
  if (!installed) console.error(`${name} is not installed: the rows did not run on it; \`node scripts/install-drivers.mjs\` installs it`)
  describe.runIf(installed).each([3, 20])(`every row on ${name}, dimension %i`, { timeout: 300_000 }, (dim) => {
    afterAll(dispose)
    const given = setting(dim)
    // in loops the first sample of each row is enough: drivers are slow
    const texts = samples(dim).flatMap(([, all]) => (dim === 3 ? all : all.slice(0, 1)))
    const formulas = texts.map((text) => [text, parse(text, given.dims).dim] as const)
    test.each(batches(formulas).map((batch, n) => [n, batch] as const))("batch %i", async (_n, batch) => {
      const joined = batch.map(([text]) => text).reduceRight((rest, text) => `Concat(${text}, ${rest})`)
      const width = batch.reduce((sum, [, size]) => sum + size, 0)
      const { values } = await gpu(joined, given.aliases, "Sum", given.inputs)
      let start = 0
      const wrong: string[] = []
      for (const [text, size] of batch) {
        const { exact, size: sizes } = sums(parse(text, given.dims), given)
        for (const [place, value] of exact.entries()) {
          const found = values![Math.floor(place / size) * width + start + (place % size)]!
          if (!(Math.abs(found - value) <= tolerance * (1 + sizes[place]!))) wrong.push(`${text}: ${found}, not ${value}`)
        }
        start += size
      }
      expect(wrong).toEqual([])
    })
  })
}
