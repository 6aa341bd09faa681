// An application that uses one formula of a module which exports several ships one kernel, whichever bundler drops the others.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type BuildOptions, build as esbuild } from "esbuild"
import { type Rolldown, build as vite } from "vite"
import { afterAll, beforeAll, expect, test } from "vitest"
import webpack from "webpack"
import { createProject, diagnostics } from "../transformer/project.ts"

const files = {
  "src/formulas.ts": `import { keops, Vi, Vj } from "tskeops"
const x = Vi("x", 3), y = Vj("y", 3)
const distance = keops\`SqDist($<x>, $<y>)\`
export const density = keops\`Exp(-$<distance>)\`.sum()
export const nearest = distance.argKMin(7)
export const slope = density.grad("x")
`,
  "src/main.ts": `import { nearest } from "./formulas.js"
Object.assign(globalThis, { nearest })
`,
}
const project = createProject(files)
const entry = join(project.folder, "out/main.js")

beforeAll(async () => expect(diagnostics(await project.compile())).toEqual([]))
afterAll(() => project.remove())

/** The reductions of the artifacts in a bundle. */
const kernels = (code: string) =>
  [...code.matchAll(/tskeops: ?3,\s*formula: ?(["'`])[\s\S]*?\1[\s\S]*?reduction: ?(["'`])(\w+)\2/g)].map(([, , , name]) => name)

test("the module has several kernels", () => {
  expect(kernels(project.read("out/formulas.js")).length).toBeGreaterThan(2)
})

test("esbuild drops the others", async () => {
  const options = {
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["webgpu", "node:*"],
  } satisfies BuildOptions
  const { outputFiles } = await esbuild({ ...options, entryPoints: [entry] })
  expect(kernels(outputFiles![0]!.text)).toEqual(["ArgKMin"])
})

test("Vite drops the others", async () => {
  const built = await vite({
    root: project.folder,
    configFile: false,
    logLevel: "silent",
    build: { write: false, target: "es2022", lib: { entry, formats: ["es"], fileName: "main" } },
  })
  const { output } = (built as Rolldown.RolldownOutput[])[0]!
  expect(output.flatMap((chunk) => (chunk.type === "chunk" ? kernels(chunk.code) : []))).toEqual(["ArgKMin"])
})

test("webpack drops the others", async () => {
  const path = join(project.folder, "webpack")
  const stats = await new Promise<webpack.Stats>((resolve, reject) => {
    webpack(
      { mode: "production", entry, output: { path }, target: ["web", "es2022"], externals: { webpack: "webgpu" }, performance: false },
      (error, result) => (error || !result ? reject(error) : resolve(result)),
    )
  })
  expect(stats.toJson({ errors: true }).errors).toEqual([])
  const code = readdirSync(path).map((name) => readFileSync(join(path, name), "utf8"))
  expect(code.flatMap(kernels)).toEqual(["ArgKMin"])
})
