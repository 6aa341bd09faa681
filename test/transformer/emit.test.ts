// What tspc writes: JavaScript with artifacts, declarations, source maps.
import { afterAll, beforeAll, expect, test } from "vitest"
import { createProject, diagnostics, type Project } from "./project.ts"

const files = {
  "src/vars.ts": `import { Pm, Vi, Vj } from "tskeops"
export const x = Vi("x", 3), y = Vj("y", 3)
export const g = Pm("g", 1)
`,
  "src/distance.ts": `import { keops } from "tskeops"
import { x, y } from "./vars.js"
export const distance = keops\`SqDist($<x>, $<y>)\`
`,
  "src/main.ts": `"use strict"
// A comment at the top.
import { genericSum, keops } from "tskeops"
import { distance } from "./distance.js"
import { g, x, y } from "./vars.js"

/** Documented. */
export const density = keops\`Exp(-$<g> * SqNorm2(\${x /* rows */} - $<y>))\`.sum()
export const same = keops(["Exp(-", " * SqNorm2(", " - ", "))"], g, x, y).sum({ over: "j" })
export const composed = keops\`\${0.5} * Exp(\${-2} * \${distance})\`.sum({ over: "i" })
export const nearest = distance.argKMin(4)
export const conv = genericSum("Exp(-SqNorm2(x - y))", "a = Vi(1)", "x = Vi(3)", "y = Vj(3)")
export const declared = keops\`Exp(-SqNorm2($<p:Vi(2)> - $<q:Vj(2)>)) + Sum($<p>)\`.sum()
export const optional = (f?: typeof distance) => f?.sum()
export const element = distance["min"]()
export class Holder {
  static readonly smallest = distance.min()
  constructor(readonly f = keops\`Norm2($<x>)\`) {}
}
const options = [{ over: "i" }] as const
export const spread = distance.sum(...options)
export const again = density.with({ backend: "wasm" })
export const text = keops\`
  SqDist($<x>,
    \${y})\`.dim; export const at = new Error("here")
`,
} as const

let project: Project
let output: string
let main: string
/** The module without its artifacts and the words for bundlers. */
let code: string
beforeAll(async () => {
  project = createProject(files, { sourceMap: true, noUnusedLocals: true, isolatedModules: true })
  output = await project.compile()
  main = project.read("out/main.js")
  code = main.replace(/^const __tskeops_.*\n/gm, "").replaceAll("/* @__PURE__ */ ", "")
})
afterAll(() => project?.remove())

test("the transformer reports nothing for names in $<x>, which count as used", () => {
  expect(diagnostics(output)).toEqual([])
})

test("the transformer rewrites tags as calls, and keeps comments", () => {
  expect(code).toMatch(/^"use strict";\n\/\/ A comment at the top\.\nimport /)
  expect(code).toMatch(/\/\*\* Documented\. \*\/\nexport const density = keops\(\["Exp\(-", " \* SqNorm2\(", " - ", "\)\)"\], g, x/)
  expect(code).not.toContain("`")
})

test("the transformer writes each distinct artifact once, after the imports", () => {
  const declared = [...main.matchAll(/^const (__tskeops_\w+) = \{ tskeops: 3, formula: "((?:[^"\\]|\\.)*)"/gm)]
  const formulas = declared.map((match) => match[2])
  expect(new Set(formulas).size).toBeGreaterThanOrEqual(5)
  expect(declared.length).toBe(new Set(declared.map((match) => match[1])).size)
  expect(formulas.filter((formula) => formula === "Exp(-g * SqNorm2(x - y))")).toHaveLength(1)
  expect(main.indexOf("const __tskeops_")).toBeGreaterThan(main.lastIndexOf("import {"))
  const [density, same] = ["density", "same"].map((name) => new RegExp(`const ${name} = .*(__tskeops_\\w+)\\)`).exec(main)?.[1])
  expect(density).toBeDefined()
  expect(same).toBe(density)
})

test("the transformer passes the artifact as the last argument, whatever is before it", () => {
  expect(code).toMatch(/distance\.argKMin\(4, __tskeops_\w+\)/)
  expect(code).toMatch(/distance\.sum\(\.\.\.options, __tskeops_\w+\)/)
  expect(code).toMatch(/distance\["min"\]\(__tskeops_\w+\)/)
  expect(code).toMatch(/static smallest = distance\.min\(__tskeops_\w+\)/)
  expect(code).toMatch(/f = keops\(\["Norm2\(", "\)"\], x, \{ tskeops: 3, dim: 1 \}\)/)
  expect(code).toMatch(/f\?\.sum\(__tskeops_\w+\)/)
  expect(code).toMatch(/\.sum\(\{ over: "i" \}, __tskeops_\w+\)/)
  expect(code).toMatch(/genericSum\("Exp\(-SqNorm2\(x - y\)\)", "a = Vi\(1\)", "x = Vi\(3\)", "y = Vj\(3\)", __tskeops_\w+\)/)
  expect(code).toContain(`density.with({ backend: "wasm" });`)
})

test("the transformer passes the dimension of a formula", () => {
  expect(project.read("out/distance.js")).toContain(`/* @__PURE__ */ keops(["SqDist(", ", ", ")"], x, y, { tskeops: 3, dim: 1 })`)
})

test("the transformer includes numbers and formulas from other files in the text", () => {
  expect(main.includes(`formula: "0.5 * Exp((-2) * (SqDist(x, y)))"`)).toBe(true)
  expect(code).toContain(`, 0.5, -2, distance`)
})

test("the transformer orders the variables of a formula as in its text", () => {
  const order = /formula: "0.5 [^\n]*?variables: \[(.*?)\], reduction/.exec(main)![1]!
  expect([...order.matchAll(/name: "(\w+)"/g)].map((match) => match[1])).toEqual(["x", "y"])
})

test("the transformer marks calls without effects as pure, once for a chain", () => {
  expect(/density = (.*)\(\["Exp/.exec(main)?.[1]).toBe("/* @__PURE__ */ keops")
  expect(/nearest = (.*)\(4/.exec(main)?.[1]).toBe("/* @__PURE__ */ distance.argKMin")
  expect(project.read("out/vars.js")).toContain(`x = /* @__PURE__ */ Vi("x", 3)`)
})

test("declaration files contain the formula", () => {
  const types = project.read("out/main.d.ts")
  expect(types).toMatch(
    /density: import\("tskeops"\)\.Reduction<"Exp\(-g \* SqNorm2\(x - y\)\)", "x = Vi\(3\)" \| "y = Vj\(3\)" \| "g = Pm\(1\)", "Sum", "j", 0, "">/,
  )
  expect(types).toMatch(/nearest: import\("tskeops"\)\.Reduction<"SqDist\(x, y\)", .*, "ArgKMin", "j", 4, "">/)
  expect(project.read("out/distance.d.ts")).toMatch(/Formula<"SqDist\(x, y\)", "x = Vi\(3\)" \| "y = Vj\(3\)">/)
})

test("source maps lead to the user's lines and columns", async () => {
  const { SourceMap } = await import("node:module")
  const map = new SourceMap(JSON.parse(project.read("out/main.js.map")))
  const lines = main.split("\n")
  const source = files["src/main.ts"].split("\n")
  for (const text of ["new Error(", "distance.argKMin(", "density.with(", "x /* rows */"]) {
    const line = lines.findIndex((one) => one.includes(text))
    const from = source.findIndex((one) => one.includes(text))
    const entry = map.findEntry(line, lines[line]!.indexOf(text))
    expect([text, "originalLine" in entry && entry.originalLine, "originalColumn" in entry && entry.originalColumn]).toEqual([
      text,
      from,
      source[from]!.indexOf(text),
    ])
  }
})
