// The table proves itself: every `means` and every `gradient` is a formula of our own language, and the type checker verifies, with the
// project's own types, that its dimension fits: the row's for a meaning, the argument's (after broadcasting) for a gradient.
import { describe, expect, test } from "vitest"
import { FormulaError } from "../../src/formula/error.ts"
import { rowOf } from "../../src/formula/lookup.ts"
import type { CallNode, Node } from "../../src/formula/node.ts"
import { literalValue } from "../../src/formula/node.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import type { Gradient, Operation } from "../../src/operations/operation.ts"
import { integerArguments } from "../../src/operations/shapes.ts"
import { operations } from "../../src/operations/table.ts"
import { derivedSamples, samples } from "../support/samples.ts"
import { evaluate } from "../types/evaluate.ts"

const head = `import type { Measure } from "../../src/formula/dimensions/infer.ts"
type Same<found, wanted> = found extends wanted ? true : found
type Brought<found, wanted> = wanted extends "1" ? (found extends string ? true : found) : found extends wanted | "1" ? true : found`

/** A formula of the table in variables of these dimensions, and the dimension that it must have. */
interface Claim {
  readonly what: string
  readonly text: string
  readonly dims: Readonly<Record<string, number>>
  readonly wanted: number
  readonly broadcast: boolean
}

function calls(node: Node): CallNode[] {
  return node.kind === "call" ? [node, ...node.args.flatMap(calls)] : []
}

/** What the row of this call claims, its integers written into the formulas. */
function claims(node: CallNode): Claim[] {
  const row = rowOf(node)
  const integers = integerArguments[row.shape] ?? []
  const numbers = node.args.map((arg, n) => (integers.includes(n) ? literalValue(arg) : arg.dim))
  const dims = Object.fromEntries(row.args.flatMap((name, n) => (integers.includes(n) || !node.args[n] ? [] : [[name, node.args[n].dim]])))
  const write = (text: string) =>
    row.args.reduce(
      (made, name, n) => (integers.includes(n) ? made.replaceAll(new RegExp(`\\b${name}\\b`, "g"), `${numbers[n]}`) : made),
      text,
    )
  const means = typeof row.means === "function" ? row.means(...numbers) : row.means
  const gradient: Gradient = (typeof row.gradient === "function" ? row.gradient(...numbers) : row.gradient) ?? {}
  const from = `${node.name}(${numbers})`
  return [
    ...(means === undefined ? [] : [{ what: `${from} means`, text: write(means), dims, wanted: node.dim, broadcast: false }]),
    ...Object.entries(gradient).flatMap(([name, text]) =>
      text === null
        ? []
        : [
            {
              what: `${from} gives ${name}`,
              text: write(text),
              dims: { ...dims, e: node.dim },
              wanted: dims[name]!,
              broadcast: true,
            },
          ],
    ),
  ]
}

function sizes(dim: number) {
  return { x: dim, y: dim, s: 1, t: 1, A: 2 * dim, W: dim * dim }
}

const literals = (dims: Readonly<Record<string, number>>) =>
  `{ ${Object.entries(dims)
    .map(([name, dim]) => `${name}: "${dim}"`)
    .join("; ")} }`

const told = (text: string, dims: Readonly<Record<string, number>>): string => {
  try {
    return String(parse(text, dims).dim)
  } catch (error) {
    if (error instanceof FormulaError) return error.message
    throw error
  }
}

describe("the formulas of the table", () => {
  const dimensions = [3, 4, 20]
  const texts = dimensions.flatMap((dim) => samples(dim).flatMap(([, formulas]) => formulas.map((text) => [text, sizes(dim)] as const)))
  const unique = new Map(
    texts
      .flatMap(([text, dims]) => calls(parse(text, dims)))
      .flatMap(claims)
      .map((claim) => [JSON.stringify(claim), claim] as const),
  )
  const all = [...unique.values()]

  test("include those of every row that has a meaning or a gradient", () => {
    const rows = (Object.entries(operations) as [string, Operation][]).filter(([, row]) => row.means || row.gradient)
    const claimed = new Set(all.map(({ what }) => /^\w+/.exec(what)![0]))
    // where integers are 0 a gradient may be empty, but some sample has it
    const silent = rows.filter(([name, row]) => !claimed.has(name) && Object.keys(row.gradient ?? {}).length > 0)
    expect(silent.map(([name]) => name)).toEqual([])
    expect(all.length).toBeGreaterThan(300)
  })

  test("have the right dimensions according to the type checker", { timeout: 120_000 }, () => {
    const fits = all.map(({ text, dims, wanted, broadcast }) => {
      const found = `Measure<${JSON.stringify(text)}, ${literals(dims)}>`
      return `${broadcast ? "Brought" : "Same"}<${found}, "${wanted}">`
    })
    const said = evaluate(head, fits)
    expect(all.flatMap((claim, n) => (said[n] === "true" ? [] : [{ ...claim, said: said[n] }]))).toEqual([])
  })

  test("are checked: a formula of a wrong dimension fails", () => {
    expect(evaluate(head, ['Brought<Measure<"e * f", { e: "3"; f: "3" }>, "2">', 'Same<Measure<"Sum(f)", { f: "3" }>, "3">'])).toEqual([
      "3",
      "1",
    ])
  })

  test("and the samples have the same dimension in types as at run time", { timeout: 120_000 }, () => {
    const derived = dimensions
      .slice(0, 1)
      .flatMap((dim) => Object.values(derivedSamples).flatMap((list) => list.map((text) => [text, sizes(dim)] as const)))
    const asked = [...texts, ...derived, ...all.map(({ text, dims }) => [text, dims] as const)]
    const said = evaluate(
      head,
      asked.map(([text, dims]) => `Measure<${JSON.stringify(text)}, ${literals(dims)}>`),
    )
    expect(said.map((answer, n) => [asked[n]![0], answer])).toEqual(asked.map(([text, dims]) => [text, told(text, dims)]))
  })
})
