// The parser and its twin in types agree: on the dimension of every right formula, on the sentence of every wrong one. The fast path only
// ever says what the parser says.
import fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { FormulaError } from "../../src/formula/error.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import { print } from "../../src/formula/print.ts"
import { dims, node, spoil } from "../formula/arbitrary.ts"
import { mistakes, variables } from "../formula/mistakes.ts"
import { evaluate } from "./evaluate.ts"

interface Answer {
  readonly fast: string | 0
  readonly parse: string
}

/** What the types say of each text: a dimension or a sentence. With `lax`, dimensions say nothing. */
function ask(texts: readonly string[], sizes: Readonly<Record<string, number>>, lax = false): readonly Answer[] {
  const literals = Object.entries(lax ? { ...sizes, '"#"': "lax" } : sizes).map(([name, dim]) => `${name}: "${dim}"`)
  const head = [
    'import type { Fast } from "../../src/formula/dimensions/fast-path.ts"',
    'import type { Parse } from "../../src/formula/parser/parse.ts"',
    `type Dims = { ${literals.join("; ")} }`,
  ].join("\n")
  const expressions = texts.map((text) => `[Fast<${JSON.stringify(text)}, Dims>, Parse<${JSON.stringify(text)}, Dims>]`)
  return evaluate(head, expressions).map((pair) => {
    const [fast, slow] = pair as readonly [string | 0, string]
    return { fast, parse: slow }
  })
}

/** What the parser says. */
function told(text: string, sizes: Readonly<Record<string, number>>, lax = false): string {
  try {
    return String(parse(text, sizes, {}, lax).dim)
  } catch (error) {
    if (error instanceof FormulaError) return error.message
    throw error
  }
}

describe("the parser's twin", () => {
  const right = fc
    .sample(node, { seed: 1, numRuns: 400 })
    .map((tree, n) => print(tree).replaceAll(" ", [" ", "\n", "\t ", " "][n % 4]!))
    .filter((text) => text.length <= 250)
  const spoiled = right.flatMap((text, n) => fc.sample(spoil(text), { seed: n, numRuns: 2 }))
  let answers: readonly Answer[] = []
  const all = [...right, ...spoiled]
  beforeAll(() => {
    answers = ask(all, dims)
  }, 120_000)

  test("agrees on right formulas and on spoiled ones", () => {
    expect(right.length).toBeGreaterThan(300)
    expect(answers.map(({ parse }, n) => [all[n], parse])).toEqual(all.map((text) => [text, told(text, dims)]))
  })

  test("agrees where dimensions say nothing, and then finds no mistake in what is right for some dimensions", () => {
    const ones = Object.fromEntries(Object.keys({ ...dims, ...variables }).map((name) => [name, 1]))
    const some = [...all.filter((_, n) => n % 3 === 0), ...mistakes.map(([text]) => text)]
    const readable = (answer: string) => (/^[0-9]+$/.test(answer) ? "right" : answer)
    const said = ask(some, ones, true).map(({ parse }) => readable(parse))
    expect(said.map((answer, n) => [some[n], answer])).toEqual(some.map((text) => [text, readable(told(text, ones, true))]))
    expect(right.filter((text) => readable(told(text, ones, true)) !== "right")).toEqual([])
    expect(new Set(said).size).toBeGreaterThan(20)
  }, 60_000)

  test("has a fast path that says yes to nearly all right formulas, and the same", () => {
    const said = answers.flatMap(({ fast }, n) => (fast === 0 ? [] : [[all[n], fast]]))
    expect(said).toEqual(said.map(([text]) => [text, told(text as string, dims)]))
    const yes = answers.slice(0, right.length).filter(({ fast }) => fast !== 0).length
    expect(yes / right.length).toBeGreaterThan(0.8)
  })

  test("agrees on the sentence of every mistake", () => {
    const texts = mistakes.map(([text]) => text)
    const said = ask(texts, variables)
    expect(said.map(({ parse }, n) => [texts[n], parse])).toEqual(mistakes.map(([text, sentence]) => [text, sentence]))
    expect(said.filter(({ fast }) => fast !== 0)).toEqual([])
  }, 60_000)
})
