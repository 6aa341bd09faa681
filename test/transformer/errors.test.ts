// Mistakes in formulas: the sentence at the line and the column, once.
import { afterAll, beforeAll, expect, test } from "vitest"
import { createProject, diagnostics, type Project, placeOf } from "./project.ts"

const files = {
  "src/vars.ts": `import { Vi, Vj } from "tskeops"
export const x = Vi("x", 3)
export const y = Vj("y", 3)
export const b = Vj("b", 2)
`,
  "src/tag.ts": `import { keops } from "tskeops"
import { b, x, y } from "./vars.js"
export const one = keops\`Exp(-SqNorm2($<x> - \${b}))\`.sum()
export const lines = keops\`
  Exp($<x>) +
    Expp($<y>)
\`.sum()
export const escaped = keops\`\\u0045xp(\\x24<x>) * Lgo($<y>)\`
export const unbalanced = keops\`Exp(Log($<x>\`
export const inner = keops\`SqDist(\${keops\`Exxp($<x>)\`}, $<y>)\`
export const names = keops\`$<z> + $<x>\`
export const declared = keops\`$<p:Vi(3)> - $<q:Vj(2)>\`
`,
  "src/call.ts": `import { genericSum, genred, keops } from "tskeops"
import { b, x } from "./vars.js"
export const alias = genericSum("Exp(x  -  z)", "a = Vi(3)", "x = Vi(3)", "y = Vj(3)")
export const general = genred("Square(x - y) * Exq(x)", ["x = Vi(3)", "y = Vj(3)"], { reduction: "Sum" })
export const pieces = keops(["Exp(", " - ", ")"], x, b)
export const text = keops("Exp($<u:Vi(3)> | $<v:Vj(2)>)")
`,
  "src/windows.ts":
    'import { keops } from "tskeops"\r\nimport { x } from "./vars.js"\r\nexport const f = keops`\r\n  Exp($<x>) *\r\n  Lgo($<x>)`\r\n',
  "src/user.ts": `import { escaped } from "./tag.js"
export const reduced = escaped.sum()
`,
  "src/arguments.ts": `import { genericSum, genred, keops, Vi } from "tskeops"
import { x } from "./vars.js"
export const output = genericSum("Exp(x - y)", "a = Vi(2)", "x = Vi(3)", "y = Vj(3)")
export const category = genericSum("Exp(x - y)", "a = Vi(3)", "x = Vx(3)", "y = Vj(3)")
export const twice = keops\`$<x> + \${Vi("x", 2)}\`
export const rank = keops\`$<x>\`.kMin(0)
export const missing = genred("x + y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "ArgKMin" })
keops\`$<x>\`.sum({ over: "k" })
`,
  "src/silent.ts": `import { genericSum } from "tskeops"
// @ts-expect-error the operation does not exist
export const bad = genericSum("Exq(x - y)", "a = Vi(3)", "x = Vi(3)", "y = Vj(3)")
`,
} as const

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
