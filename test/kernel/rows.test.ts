// Every row of the table on the CPU against the oracle, with components written out (dimension 3) and in loops (dimension 20).
import { describe, expect, test } from "vitest"
import { parse } from "../../src/formula/parse.ts"
import { evaluate } from "../support/oracle.ts"
import { random, run } from "../support/run.ts"
import { samples } from "../support/samples.ts"

const [rows, columns] = [5, 7]

describe.each([3, 20])("dimension %i", (dim) => {
  const dims = { x: dim, y: dim, s: 1, t: 1, A: 2 * dim, W: dim * dim }
  const category = { x: "Vi", y: "Vj", s: "Vi", t: "Pm", A: "Vj", W: "Pm" } as const
  const names = Object.keys(dims) as (keyof typeof dims)[]
  const inputs = names.map((name, n) => random(n, dims[name] * { Vi: rows, Vj: columns, Pm: 1 }[category[name]], 0.2, 0.9))
  const aliases = names.map((name) => `${name} = ${category[name]}(${dims[name]})`)
  const at = (i: number, j: number) =>
    Object.fromEntries(
      names.map((name, n) => {
        const row = { Vi: i, Vj: j, Pm: 0 }[category[name]]
        return [name, Array.from(inputs[n]!.subarray(row * dims[name], (row + 1) * dims[name]))]
      }),
    )

  for (const [name, texts] of samples(dim)) {
    test.each(texts)(`${name}: %s`, async (text) => {
      const node = parse(text, dims)
      const { values } = await run(text, aliases, "Sum", inputs)
      for (let i = 0; i < rows; i++) {
        const exact = Array.from({ length: node.dim }, () => 0)
        for (let j = 0; j < columns; j++) for (const [k, value] of evaluate(node, at(i, j)).entries()) exact[k]! += value
        for (const [k, value] of exact.entries()) {
          expect(Math.abs(values![i * node.dim + k]! - value), `row ${i}, component ${k}`).toBeLessThan(2e-5 * (1 + Math.abs(value)))
        }
      }
    })
  }
})
