// Random formulas with a fixed seed; `npm run fuzz -- --count 100000 --seed 1` runs any number.
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { print } from "../../src/formula/print.ts"
import { differentiated, given, type Outcome, printed, sloped, valued } from "./check.ts"
import { kinds } from "./data.ts"
import { formula, names, nearMiss, served, shapesWithMore } from "./formulas.ts"
import { reducedGradient, reducing } from "./reductions.ts"
import { type Asked, transformed, typed } from "./texts.ts"
import { ownFormula } from "./user-operation.ts"

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
  const own = fc.sample(ownFormula, { seed, numRuns: 60 })
  const check = (outcomes: readonly Outcome[], atLeast: number) => {
    expect(outcomes.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(outcomes.filter(({ compared }) => compared > 0).length).toBeGreaterThan(atLeast)
  }
  test("are equal after printing and parsing", () => {
    expect([...formulas.flatMap((node) => printed(node)), ...own.flatMap(({ node, mine }) => printed(node, mine))]).toEqual([])
  })
  describe("and invalid variants", () => {
    const texts: readonly Asked[] = [...formulas.map((node) => ({ node, mine: undefined })), ...own]
      .map(({ node, mine }) => ({ text: print(node), mine }))
      .filter(({ text }) => text.length <= 250)
    const spoiled = texts.map(({ text, mine }, n) => ({ text: fc.sample(nearMiss(text), { seed: n, numRuns: 1 })[0]!, mine }))
    test("have the same errors in types as in the parser", { timeout: 120_000 }, () => {
      expect(texts.length).toBeGreaterThan(200)
      expect(typed([...texts, ...spoiled])).toEqual([])
    })
    test("have the same errors in the transformer", { timeout: 120_000 }, () => {
      const some = [...texts, ...spoiled].filter((_, n) => n % 6 === 0)
      expect(transformed(some)).toEqual([])
    })
  })
  test("have the oracle's values on the CPU", { timeout: 120_000 }, async () => {
    const outcomes = []
    for (const [n, node] of formulas.entries()) outcomes.push(await valued(node, n))
    check(outcomes, 150)
  })
  test("have the gradients of dual numbers on the CPU, of first and second order", { timeout: 120_000 }, async () => {
    const outcomes = []
    for (const [n, node] of formulas.entries()) outcomes.push(await sloped(node, n))
    check(outcomes, 150)
  })
  test("are evaluated on special numbers of every kind, and most results are compared", () => {
    const drawn = new Set(formulas.flatMap((_, n) => given(n).kinds))
    expect(kinds.filter((kind) => !drawn.has(kind))).toEqual([])
  })
  test("have dual numbers that agree with finite differences", { timeout: 120_000 }, () => {
    check(
      formulas.slice(0, 150).map((node, n) => differentiated(node, n)),
      60,
    )
  })
  test("with user-defined operations equal what these mean, and so do their gradients", { timeout: 120_000 }, async () => {
    const outcomes = []
    for (const [n, { node, mine }] of own.entries()) outcomes.push(await valued(node, n, mine))
    check(outcomes, 30)
    const slopes = []
    for (const [n, { node, mine }] of own.entries()) slopes.push(await sloped(node, n, mine))
    check(slopes, 20)
    check(
      own.map(({ node, mine }, n) => differentiated(node, n, mine)),
      15,
    )
  })
  test("have gradients of every reduction that agree with finite differences", { timeout: 120_000 }, async () => {
    const outcomes = []
    for (const [n, one] of fc.sample(reducing, { seed, numRuns: 80 }).entries()) outcomes.push(await reducedGradient(one, n))
    check(outcomes, 40)
  })
})
