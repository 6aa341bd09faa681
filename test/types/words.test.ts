// The errors of the types for each first mistake, once and at its position, in TypeScript 5.9, 6.0 and 7.0 without any plugin.
import { expect, test } from "vitest"
import { compile } from "./compile.ts"
import { generic, head, mistakes, numbers, terms } from "./words.ts"

interface Said {
  readonly line: number
  readonly column: number
  readonly text: string
}

function check(compiler: string, lines: readonly string[]): readonly Said[] {
  const stdout = compile(compiler, `${head}${lines.join("\n")}\n`)
  return [...stdout.matchAll(/^.*calls\.ts\((\d+),(\d+)\): error TS\d+: (.*)$/gm)].map(([, line, column, text]) => ({
    line: Number(line) - head.split("\n").length,
    column: Number(column) - 1,
    text: text!.replaceAll('\\"', '"'),
  }))
}

const expected = [
  ...terms.map(([term, sentence]) => [`export const v = keops(["Exp(-", " * ", ")"], ${term}, x).sum()`, `${term}, x)`, sentence] as const),
  ...mistakes,
]
const lines = expected.map(([code], n) => code.replace("const v ", `const v${n} `))
const texts = numbers.map(([term, text], n) => `const t${n}: ${JSON.stringify(text)} = keops(["", " * ", ""], ${term}, x).text; void t${n}`)

test.each([
  ["5.9", "typescript"],
  ["6.0", "typescript-6"],
  ["7.0", "typescript-7"],
])("TypeScript %s reports each first mistake once, at its position, and nothing in generic code", { timeout: 180_000 }, (_, compiler) => {
  const said = check(compiler, [...lines, ...generic.map(([code]) => code), ...texts])
  const found = lines.map((_line, n) => said.filter(({ line }) => line === n))
  const counts = found.flatMap((all, n) => (all.length === 1 ? [] : [[lines[n], all]]))
  expect(counts).toEqual([])
  const others = expected.flatMap(([, at, sentence], n) => {
    const { column, text } = found[n]![0]!
    return text.includes(sentence) && (at === "" || column === lines[n]!.indexOf(at)) ? [] : [[lines[n], at, sentence, column, text]]
  })
  expect(others).toEqual([])
  expect(said.filter(({ line }) => line >= lines.length)).toEqual([])
})
