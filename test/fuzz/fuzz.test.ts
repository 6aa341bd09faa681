// Random formulas with a fixed seed; `npm run fuzz -- --count 100000 --seed 1` runs as many as one likes.
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { print } from "../../src/formula/print.ts"
import { differentiated, printed, typed, valued } from "./check.ts"
import { formula, names, nearMiss, served, shapesWithMore } from "./formulas.ts"

const seed = 20261123
const formulas = fc.sample(formula, { seed, numRuns: 300 })

describe("random formulas", () => {
  test("use every operation, and nest", () => {
    const text = fc.sample(formula, { seed, numRuns: 3000 }).map(print).join("\n")
    const signs: Readonly<Record<string, string>> = {
      Add: "+",
      Subtract: "-",
      Mult: "*",
      Divide: "/",
      Scalprod: "|",
      Minus: "-",
      LessThan: "<",
      LessOrEqual: "<=",
      Equal: "==",
      NotEqual: "!=",
      Square: "** 2",
      Sqrt: "** 0.5",
      Rsqrt: "** -0.5",
      Pow: "**",
      Powf: "**",
    }
    expect(names.filter((name) => !text.includes(signs[name] ?? `${name}(`))).toEqual([])
    expect(shapesWithMore.filter((shape) => !served.includes(shape))).toEqual([])
  })
  test("are what they print", () => {
    expect(formulas.flatMap(printed)).toEqual([])
  })
  test("and near-misses say the same in types", { timeout: 120_000 }, () => {
    const texts = formulas.map(print).filter((text) => text.length <= 250)
    const spoiled = texts.flatMap((text, n) => fc.sample(nearMiss(text), { seed: n, numRuns: 1 }))
    expect(texts.length).toBeGreaterThan(200)
    expect(typed([...texts, ...spoiled])).toEqual([])
  })
  test("have the oracle's values on the CPU", { timeout: 120_000 }, async () => {
    const outcomes = []
    for (const [n, node] of formulas.entries()) outcomes.push(await valued(node, n))
    expect(outcomes.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(outcomes.filter(({ compared }) => compared > 0).length).toBeGreaterThan(150)
  })
  test("have the gradients that finite differences show", { timeout: 120_000 }, () => {
    const outcomes = formulas.map((node, n) => differentiated(node, n))
    expect(outcomes.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(outcomes.filter(({ compared }) => compared > 0).length).toBeGreaterThan(60)
  })
})
