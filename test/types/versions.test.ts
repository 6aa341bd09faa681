// The types in TypeScript 5.9, 6.0 and 7.0 without any plugin: right calls are taken, wrong ones explained, long formulas checked.
import { describe, expect, test } from "vitest"
import { head, right, wrong } from "./cases.ts"
import { compile } from "./compile.ts"

const compilers = { "5.9": "typescript", "6.0": "typescript-6", "7.0": "typescript-7" }

/** The compiler's errors by line, counted from the first line after the head. */
function check(compiler: string, lines: readonly string[]): ReadonlyMap<number, string> {
  const stdout = compile(compiler, `${head}${lines.map((line) => line.replaceAll("\n", " ")).join("\n")}\n`)
  const errors = new Map<number, string>()
  let line = 0
  for (const text of stdout.split("\n")) {
    const place = /calls\.ts\((\d+),\d+\): error/.exec(text)
    if (place) line = Number(place[1]) - head.split("\n").length + 1
    else if (/^error TS|: error TS/.test(text)) throw new Error(text)
    if (line > 0 || place) errors.set(line, `${errors.get(line) ?? ""}${text}\n`)
  }
  return errors
}

const sum = (terms: number) => Array.from({ length: terms }, (_, n) => `Exp(-SqDist(x, y) / ${n + 2})`).join(" + ")
const nested = (depth: number) => `${"Exp(-(".repeat(depth)}SqNorm2(x - y)${" + 1))".repeat(depth)}`
const reduce = (formula: string) => `genericSum(${JSON.stringify(formula)}, "a = Vi(1)", "x = Vi(3)", "y = Vj(3)", "z = Vj(2)")`
const long = `${sum(36)} + ${nested(12)}`
const longWrong = `${sum(23)} + SqDist(x, z)`
const last = `in \`SqDist(x, z)\`: dimensions 3 and 2 differ; they must be equal, or one of them 1`

describe.each(Object.entries(compilers))("TypeScript %s", { timeout: 180_000 }, (_version, compiler) => {
  test("takes right calls, and formulas of 1,000 characters, 30 terms, 12 nested groups", () => {
    expect(long.length).toBeGreaterThan(1000)
    const lines = [...right, reduce(long), reduce(sum(30)), reduce(nested(12))]
    const errors = check(compiler, lines)
    expect([...errors].map(([line, text]) => [lines[line - 1], text])).toEqual([])
  })

  test("explains wrong calls, in formulas of up to 600 characters", () => {
    expect(longWrong.length).toBeGreaterThan(600)
    const cases = [...wrong, [reduce(longWrong), last] as const]
    const errors = check(
      compiler,
      cases.map(([code]) => code),
    )
    const unsaid = cases.flatMap(([code, said], n) =>
      errors.get(n + 1)?.includes(said) ? [] : [[code, said, errors.get(n + 1) ?? "no error"]],
    )
    expect(unsaid).toEqual([])
  })
})
