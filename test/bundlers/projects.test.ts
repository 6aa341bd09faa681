// Projects of all shapes: which tsconfig.json types a file, formulas of other packages, every TypeScript, and projects that need none.
import { execFile } from "node:child_process"
import { rmSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, expect, test } from "vitest"
import { lend, type Project, root } from "../transformer/project.ts"
import { createApp, expected } from "./app.ts"
import { bundlers, textOf } from "./bundlers.ts"

const projects: Project[] = []
const appOf = (others: Readonly<Record<string, string>> = {}) => {
  const project = createApp(others)
  projects.push(project)
  return project
}
afterAll(() => {
  for (const project of projects) project.remove()
})

async function build(project: Project, options?: object): Promise<string> {
  const built = await bundlers.esbuild!(project, options)
  expect(built.errors).toEqual([])
  return textOf(built)
}
const outputOf = async (project: Project) => JSON.parse(await project.run("built/esbuild.mjs")) as unknown
const rounded = (numbers: unknown) =>
  JSON.parse(JSON.stringify(numbers, (_, each) => (typeof each === "number" ? Number(each.toFixed(4)) : each)))

test("a tsconfig.json that only names others, as templates of Vite have it", async () => {
  const project = appOf()
  const app = project.read("tsconfig.json")
  project.write("tsconfig.app.json", `// With a comment.\n${app}`)
  project.write("tsconfig.node.json", JSON.stringify({ ...JSON.parse(app), include: ["vite.config.ts"] }))
  project.write("tsconfig.json", '{ "files": [], "references": [{ "path": "./tsconfig.node.json" }, { "path": "./tsconfig.app.json" },] }')
  await build(project)
  expect(rounded(await outputOf(project))).toEqual(rounded(expected))
})

test("formulas of a package of the workspace, and of one that was published", async () => {
  const text = (name: string) =>
    `import { keops, Vi, Vj } from "tskeops"\nexport const ${name} = keops(["SqDist(", ", ", ")"], Vi("x", 1), Vj("y", 1)`
  const project = appOf({
    "src/main.ts": `import { near } from "@workspace/formulas"
import { far } from "published"
const of = { x: [[1], [5]], y: [[2], [3]] }
console.log(JSON.stringify([[...(await near.min()(of)).data], [...(await far.max()(of)).data]]))
`,
    "packages/formulas/package.json":
      '{ "name": "@workspace/formulas", "type": "module", "exports": "./src/index.ts", "dependencies": { "tskeops": "*" } }',
    "packages/formulas/src/index.ts": `${text("near")})\n`,
    "node_modules/published/package.json":
      '{ "name": "published", "type": "module", "exports": { "types": "./index.d.ts", "default": "./index.js" }, "dependencies": { "tskeops": "*" } }',
    "node_modules/published/index.js": `${text("far")}, { tskeops: 2, dim: 1 })\n`,
    "node_modules/published/index.d.ts":
      'import type { Formula } from "tskeops"\nexport declare const far: Formula<"SqDist(x, y)", "x = Vi(1)" | "y = Vj(1)">\n',
    "package.json": '{ "name": "user", "type": "module", "dependencies": { "published": "*" } }',
  })
  project.write("node_modules/@workspace/.keep", "")
  symlinkSync(join(project.folder, "packages/formulas"), join(project.folder, "node_modules/@workspace/formulas"), "dir")
  await build(project)
  expect(await outputOf(project)).toEqual([
    [1, 4],
    [4, 9],
  ])
})

test.each(["typescript-6", "typescript-7"])("%s compiles the same as TypeScript 5.9", async (name) => {
  const project = appOf()
  const text = await build(project)
  const other = appOf()
  rmSync(join(other.folder, "node_modules/typescript"))
  symlinkSync(join(root, "node_modules", name), join(other.folder, "node_modules/typescript"), "dir")
  expect(await build(other)).toBe(text)
})

test("JavaScript without a tsconfig.json", async () => {
  const project = appOf({
    "src/main.ts": 'import { answer } from "./code.js"\nconsole.log(JSON.stringify(await answer()))\n',
    "src/code.js": `import { keops, Vi, Vj } from "tskeops"
const [x, y] = [Vi("x", 1), Vj("y", 1)]
const distance = keops\`SqDist($<x>, $<y>)\`.min()
export const answer = async () => [...(await distance({ x: [[1]], y: [[3]] })).data]
`,
  })
  rmSync(join(project.folder, "tsconfig.json"))
  await build(project)
  expect(await outputOf(project)).toEqual([4])
})

test("a build without formulas opens no project: it needs no TypeScript", async () => {
  const project = appOf({ "src/main.ts": 'import { five } from "./unrelated.ts"\nconsole.log(five)\n' })
  rmSync(join(project.folder, "node_modules/typescript"))
  project.write("src/unrelated.ts", "export const five: number = Math.max(4, 5)\n")
  await build(project)
  expect(await outputOf(project)).toBe(5)
})

test("`exclude` leaves formulas as they are, `include` all others", async () => {
  const project = appOf()
  const isCompiled = (text: string) => ["SqDist(x, y)", "(x | y)"].map((formula) => text.includes(`"formula": "${formula}"`))
  expect(isCompiled(await build(project, { exclude: "src/reduce.ts" }))).toEqual([false, true])
  expect(isCompiled(await build(project, { include: ["src/re*.ts"] }))).toEqual([true, false])
})

test("Vitest runs tests with formulas in them", async () => {
  const project = appOf({
    "vitest.config.mts": 'import tskeops from "tskeops/vite"\nexport default { plugins: [tskeops()] }\n',
    "src/main.test.ts": `import { expect, test } from "vitest"
import { keops } from "tskeops"
import { x, y } from "./variables.ts"
test("a tag", async () => {
  const { data } = await keops\`SqDist($<x>, $<y>)\`.max()({ x: [[0, 0]], y: [[1, 2], [0, 1]] })
  expect([...data]).toEqual([5])
})
`,
  })
  for (const name of ["vitest", "vite"]) lend(project, name)
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter=json"], {
    cwd: project.folder,
    env: { ...process.env, NODE_OPTIONS: "" },
  })
  expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 1, numFailedTests: 0 })
})
