// Mistakes in formulas: the sentence at the line and the column, once.
import { afterAll, beforeAll, expect, test } from "vitest"
import { createProject, diagnostics, type Project, placeOf } from "./project.ts"
import { wrong as files } from "./wrong-programs.ts"

let project: Project
let found: readonly string[]
beforeAll(async () => {
  project = createProject(files)
  found = diagnostics(await project.compile())
})
afterAll(() => project?.remove())

const differ = "dimensions 3 and 2 differ; they must be equal, or one of them 1"
const cases: readonly (readonly [file: keyof typeof files, at: string, sentence: RegExp])[] = [
  ["src/tag.ts", `$<x> - \${b}`, new RegExp(differ)],
  ["src/tag.ts", "Expp", /unknown operation `Expp` \(did you mean `Exp`\?\)/],
  ["src/tag.ts", "Lgo", /unknown operation `Lgo`/],
  ["src/arguments.ts", '"a = Vi(2)"', /: the output `a = Vi\(2\)` does not fit: the formula has dimension 3$/],
  ["src/arguments.ts", '"x = Vx(3)"', /: in `x = Vx\(3\)`: the category `Vx` must be/],
  ["src/arguments.ts", "`$<x> + ", /: `x` is declared in two ways/],
  ["src/arguments.ts", "0)", /: K, the number of entries to keep, must be an integer from 1 to 65536, got 0$/],
  ["src/arguments.ts", '{ reduction: "ArgKMin" }', /: ArgKMin needs K, 1 or more/],
  ["src/arguments.ts", 'over: "k"', /Type '"k"' is not assignable/],
  ["src/windows.ts", "Lgo", /unknown operation `Lgo`/],
  ["src/tag.ts", "Exxp", /unknown operation `Exxp`/],
  ["src/tag.ts", "z>", /Cannot find name 'z'/],
  ["src/tag.ts", "$<p:Vi(3)>", new RegExp(differ)],
  ["src/call.ts", "z)", /unknown variable `z`/],
  ["src/call.ts", "Exq", /unknown operation `Exq`/],
  ["src/call.ts", "x, b", new RegExp(differ)],
  ["src/call.ts", "$<u:", new RegExp(differ)],
]

test.each(cases)("%s: at %j", (file, at, sentence) => {
  const source = files[file]
  const line = placeOf(file, source, at).split(",")[0]!
  const here = found.filter((one) => one.startsWith(`${line},`))
  expect(here, found.join("\n")).toHaveLength(1)
  // A place within `$<x>` or `${x}` is that of the name.
  const column = Number(/,(\d+)\)/.exec(here[0]!)![1])
  const expected = Number(/,(\d+)\)/.exec(placeOf(file, source, at))![1])
  expect(column - expected).toBeGreaterThanOrEqual(0)
  expect(column - expected).toBeLessThanOrEqual(2)
  expect(here[0]).toMatch(sentence)
})

test("the transformer reports an incomplete formula once, on its line", () => {
  const line = placeOf("src/tag.ts", files["src/tag.ts"], "Exp(Log(").split(",")[0]!
  expect(found.filter((one) => one.startsWith(`${line},`))).toHaveLength(1)
})

test("@ts-expect-error suppresses an error of the transformer", () => {
  expect(found.filter((one) => one.startsWith("src/silent.ts"))).toEqual([])
})

test("the transformer reports nothing else", () => {
  expect(found, found.join("\n")).toHaveLength(cases.length + 1)
})
