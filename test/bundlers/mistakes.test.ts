// A formula's mistake is an error of the build, at the user's line and column, and all mistakes of a file are reported.
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import type { Project } from "../transformer/project.ts"
import { createApp } from "./app.ts"
import { bundlers } from "./bundlers.ts"

const wrong = `import { keops } from "tskeops"
import { x, y } from "./variables.ts"
const loose: number = "not ours"
export const a = keops\`Exq($<x>)\`.sum()
/* ä */ export const b = keops\`SqDist($<x>, $<y>)\`.kMin(loose)
export const c = keops(["Extract(", ", 5, 2)"], x).max()
console.log(y)
`
const sentences = [
  [4, "Exq", "unknown operation `Exq` (did you mean `Exp`?)"],
  [5, "kMin", "the number K of entries is not known while building"],
  [6, "Extract", "in `Extract(x, 5, 2)`: 2 components from component 5 reach beyond dimension 2"],
] as const
const lineAt = (line: number) => wrong.split("\n")[line - 1]!

const projects: Project[] = []
const appOf = (others: Readonly<Record<string, string>>) => {
  const project = createApp(others)
  projects.push(project)
  return project
}
afterAll(() => {
  for (const project of projects) project.remove()
})

const broken = appOf({ "src/main.ts": wrong })

test.each(Object.keys(bundlers))("%s reports all mistakes of a file, each in its line and column", async (name) => {
  const { errors } = await bundlers[name]!(broken)
  const text = errors.join("\n")
  for (const [line, at, sentence] of sentences) {
    // esbuild counts columns from 0, in bytes, where it reports a place of its own.
    const column = lineAt(line).indexOf(at) + (name === "esbuild" ? Buffer.byteLength(lineAt(line)) - lineAt(line).length : 1)
    expect(text).toContain(sentence)
    expect(text).toContain(`src/main.ts:${line}:${column}`)
    expect(text).toContain(lineAt(line))
  }
  expect(text).not.toContain("not assignable to type 'number'")
})

test("an unknown option is an error", async () => {
  const { errors } = await bundlers.rolldown!(broken, { jit: true })
  expect(errors.join()).toContain("tskeops has no option `jit`; its options are `project`, `include`, `exclude`, `targets`")
})

test("targets leave the other kernel out", async () => {
  const textOf = async (options: object) => readFileSync((await bundlers.rolldown!(appOf({}), options)).file, "utf8")
  const [both, wasm] = [await textOf({}), await textOf({ targets: ["wasm"] })]
  expect(both).toContain("@compute")
  expect(wasm).not.toContain("@compute")
  expect(wasm).toContain(both.match(/0061736d[0-9a-f]{200}/)![0])
})

test("a target that there is not is an error", async () => {
  const { errors } = await bundlers.rolldown!(broken, { targets: ["gpu"] })
  expect(errors.join()).toContain('"targets" of tskeops must be ["wasm"], ["webgpu"] or both')
})

test("formulas in a file that no project has are an error, which names the projects", async () => {
  const project = appOf({
    "src/main.ts": 'import "../other/a.ts"\nimport { x } from "./variables.ts"\nconsole.log(x)\n',
    "other/a.ts": 'import { genericSum } from "tskeops"\nexport const a = genericSum("x", "a = Vi(1)", "x = Vj(1)")\n',
  })
  project.write("tsconfig.json", '{ "include": ["src/variables.ts"], "compilerOptions": { "strict": true } }')
  const { errors } = await bundlers.esbuild!(project)
  expect(errors.join()).toContain(
    `${project.folder}/other/a.ts makes formulas, but is not in the project of ${project.folder}/tsconfig.json, which types them: add it to`,
  )
})

test("formulas in a component are an error that says where to move them", async () => {
  const project = appOf({
    "src/main.ts": 'import "./App.vue"\n',
    "src/App.vue": '<script setup lang="ts">\nimport { keops, Vi } from "tskeops"\nkeops(["Exp(", ")"], Vi("x", 1)).sum()\n</script>\n',
  })
  const { errors } = await bundlers.vite!(project)
  expect(errors.join()).toContain(`${project.folder}/src/App.vue makes formulas, and TypeScript cannot read their types from a component`)
})

test("without TypeScript a build fails with the line that installs it", async () => {
  const project = appOf({})
  rmSync(join(project.folder, "node_modules/typescript"))
  const { errors } = await bundlers.esbuild!(project)
  expect(errors.join()).toContain("install it: npm install --save-dev typescript")
})
