// Each bundler builds the application with our plugin: its numbers, its source map, what is in the bundle.
import { readFileSync } from "node:fs"
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping"
import { afterAll, describe, expect, test } from "vitest"
import { createApp, expected, files } from "./app.ts"
import { bundlers, textOf } from "./bundlers.ts"

const project = createApp()
afterAll(() => project.remove())

/** The kernels in a text, by their bytes: bundlers may rename the constants, or put them where they are used. */
const kernels = (text: string) => [...new Set(text.match(/[A-Za-z0-9+/=]{100,}/g))].sort()
const found = new Map<string, readonly string[]>()

describe.each(Object.keys(bundlers))("%s", (name) => {
  test("builds the application, which prints the right numbers and has no compiler in it", async () => {
    const built = await bundlers[name]!(project)
    expect(built.errors).toEqual([])
    const numbers = JSON.parse(await project.run(built.file)) as typeof expected
    expect(numbers).toHaveLength(expected.length)
    for (const [n, value] of expected.entries())
      for (const [i, each] of [value].flat().entries()) expect([numbers[n]].flat()[i]).toBeCloseTo(each, 5)
    const text = textOf(built)
    expect(text).not.toContain("did you mean")
    expect(text).not.toMatch(/createLanguageService|node:(?:crypto|fs)/)
    found.set(name, kernels(text))
  })
  test("maps an error at run time to the user's line and column", async () => {
    const { file } = await bundlers[name]!(project)
    const output = await project.run(file, "fail")
    const [, line, column] = /\.mjs:(\d+):(\d+)/.exec(output.slice(output.indexOf("    at "))) ?? []
    const map = new TraceMap(readFileSync(`${file}.map`, "utf8"))
    const origin = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 })
    const before = files["src/main.ts"].slice(0, files["src/main.ts"].indexOf("new Error")).split("\n")
    expect(origin.source).toMatch(/src\/main\.ts$/)
    expect(origin.line).toBe(before.length)
    // Farm keeps the columns of what plugins return.
    if (name !== "farm") expect(origin.column).toBe(before.at(-1)!.length)
  })
})

test("every bundler has the same artifacts as tspc", async () => {
  expect(await project.compile("-p", ".")).toBe("")
  const compiled = kernels(["main", "reduce"].map((name) => project.read(`out/${name}.js`)).join())
  expect(compiled.length).toBeGreaterThanOrEqual(5)
  expect([...found]).toEqual(Object.keys(bundlers).map((name) => [name, compiled]))
})
