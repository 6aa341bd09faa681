// Every row of the table on the CPU against the oracle, with unrolled components (dimension 3) and in loops (dimension 20).
import { describe, expect, test } from "vitest"
import { parse } from "../../src/formula/parser/parse.ts"
import { setting, sums } from "../support/rows.ts"
import { run } from "../support/run.ts"
import { samples } from "../support/samples.ts"

describe.each([3, 20])("rows of the table agree with the oracle in dimension %i", (dim) => {
  const given = setting(dim)
  for (const [name, texts] of samples(dim)) {
    test.each(texts)(`${name}: %s`, async (text) => {
      const node = parse(text, given.dims)
      const { values } = await run(text, given.aliases, "Sum", given.inputs)
      for (const [place, value] of sums(node, given).exact.entries()) {
        const what = `row ${Math.floor(place / node.dim)}, component ${place % node.dim}`
        expect(Math.abs(values![place]! - value), what).toBeLessThan(2e-5 * (1 + Math.abs(value)))
      }
    })
  }
})
