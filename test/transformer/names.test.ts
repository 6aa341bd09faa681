// Which tags are ours: by what their names are bound to, not by how they are spelt.
import { afterAll, beforeAll, expect, test } from "vitest"
import { createProject, diagnostics, type Project } from "./project.ts"

let project: Project
let output: string
beforeAll(async () => {
  project = createProject({
    "src/again.ts": `import { keops } from "tskeops"\nexport { keops as formula }\nexport { keops as direct } from "tskeops"\n`,
    "src/all.ts": `export * from "./again.js"\nexport * as inner from "tskeops"\n`,
    "src/ours.ts": `import { keops as k, Vi, Vj } from "tskeops"
import * as t from "tskeops"
import { direct, formula } from "./all.js"
import * as all from "./all.js"
const x = Vi("x", 3), y = Vj("y", 3)
export const alias = k\`SqDist($<x>, $<y>)\`
export const namespace = t.keops\`SqDist($<x>, $<y>)\`
export const again = formula\`SqDist($<x>, $<y>)\`
export const through = all.direct\`SqDist($<x>, $<y>)\`
export const parenthesised = (k)\`Norm2($<x>)\`
export const also = direct\`SqDist($<x>, $<y>)\`
export function inside(flag: boolean) {
  if (flag) { const k = 1; return k }
  return k\`Exp($<x>)\`
}
`,
    "src/others.ts": `import { keops as k, Vi } from "tskeops"
import * as t from "tskeops"
const x = Vi("x", 3)
type Tag = (strings: TemplateStringsArray, ...values: readonly unknown[]) => string
const keops: Tag = (strings) => strings.join("|")
export const spelling = keops\`Exp(\${x})\`
export const parameter = (k: Tag) => k\`Exp(\${x})\`
export function hoisted() {
  for (;;) {
    var k: Tag = keops
    break
  }
  return k\`Exp(\${x})\`
}
export function block() {
  { const k = keops; return k\`Exp(\${x})\` }
}
export function loop(tags: readonly Tag[]) {
  for (const k of tags) return k\`Exp(\${x})\`
  return ""
}
export function destructured({ tag: [k] }: { tag: readonly [Tag] }) {
  return k\`Exp(\${x})\`
}
export function caught() {
  try { throw keops } catch (k: any) { return k\`Exp(\${x})\` }
}
export const named = function k(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  return values.length ? "" : k\`Exp(\${x})\`
}
export namespace Inner {
  const t = { keops }
  export const member = t.keops\`Exp(\${x})\`
}
export const used = k !== t.keops
`,
    "src/old.cts": `import t = require("tskeops")
export const old = t.keops\`\${t.Vi("x", 2)} * 2\`
`,
  })
  output = await project.compile()
})
afterAll(() => project?.remove())

test("the transformer reports nothing for any way to import the tag", () => {
  expect(diagnostics(output)).toEqual([])
})

test("the transformer recognises the tag through aliases, namespaces and re-exports", () => {
  const text = project.read("out/ours.js")
  expect(text).not.toContain("`")
  expect(text).toContain(`k(["SqDist(", ", ", ")"], x, y`)
  expect(text).toContain(`t.keops(["SqDist(", ", ", ")"], x, y`)
  expect(text).toContain(`formula(["SqDist(", ", ", ")"], x, y`)
  expect(text).toContain(`all.direct(["SqDist(", ", ", ")"], x, y`)
  expect(text).toContain(`k(["Exp(", ")"], x`)
  expect(text).toContain(`(k)(["Norm2(", ")"], x`)
})

test("the transformer recognises the tag imported by require", () => {
  expect(project.read("out/old.cjs")).toMatch(/t\.keops\(\["", " \* 2"\], \/\* @__PURE__ \*\/ t\.Vi\("x", 2\)/)
})

test("the transformer ignores a redeclared name", () => {
  const text = project.read("out/others.js")
  expect(text.match(/`Exp\(\$\{x\}\)`/g)).toHaveLength(9)
  expect(text).not.toContain("__tskeops_")
})
