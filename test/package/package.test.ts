// The package as users get it: packed from a clean copy, installed outside the repository, compiled by tspc, run, and bundled.
import { execFileSync, spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { afterAll, beforeAll, expect, test } from "vitest"
import budgets from "../../bench/budgets.json" with { type: "json" }
import { createProject, diagnostics, lend, type Project, root } from "../transformer/project.ts"

const main = `import { genericArgKMin, keops, type Matrix, Pm, Vi, Vj } from "tskeops"
const x = Vi("x", 3), y = Vj("y", 3), g = Pm("g", 1)
export const density = keops\`Exp(-$<g> * SqNorm2($<x> - $<y>))\`.sum()
export const nearest = genericArgKMin("SqDist(x, y)", "a = Vi(2)", "x = Vi(3)", "y = Vj(3)")
`
const run = `import type { Matrix } from "tskeops"
import { density, nearest } from "./main.js"
const points = Float32Array.from({ length: 15 }, (_, n) => Math.sin(n))
const samples = Float32Array.from({ length: 300 }, (_, n) => Math.cos(n * n))
const a: Matrix<"i", 1> = await density.with({ backend: "wasm" })({ x: points, y: samples, g: [0.5] })
const b: Matrix<"i", 2, Int32Array> = await nearest.with({ backend: "wasm" })(points, samples)
console.log(JSON.stringify({ density: [...a.data], rows: a.rows, nearest: [...b.data] }))
`
const plain = `import transformProgram from "tskeops/transformer"
import "tskeops/jit"
import { keops, type Matrix, type RunOptions, Vi, Vj } from "tskeops"
const sum = keops(["Exp(-SqDist(", ", ", "))"], Vi("x", 3), Vj("y", 3)).sum()
export const run = async (options: RunOptions): Promise<Matrix<"i", 1>> => sum.with(options)({ x: [1, 2, 3], y: [1, 2, 3] })
export const plugin = transformProgram
`
const plainConfig = {
  compilerOptions: { lib: ["es2022"], types: [], skipLibCheck: false, strict: true, target: "es2022", module: "nodenext", noEmit: true },
  files: ["src/plain.ts"],
}

let copy: string
let tarball: string
let project: Project
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "tskeops-clone-"))
  for (const name of [
    "src",
    "transformer",
    "tools",
    "scripts",
    "tsconfig.base.json",
    "tsconfig.build.json",
    "package.json",
    "README.md",
    "LICENSE",
    "llms.txt",
  ]) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  // What `npm ci` would have installed.
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "dir")
  execFileSync("npm", ["pack", "--silent"], { cwd: copy, stdio: "pipe" })
  tarball = join(copy, readdirSync(copy).find((name) => name.endsWith(".tgz"))!)
  project = createProject({ "src/main.ts": main, "src/run.ts": run })
  rmSync(join(project.folder, "node_modules"), { recursive: true })
  execFileSync("npm", ["install", "--silent", "--offline", "--no-audit", "--no-fund", tarball], {
    cwd: project.folder,
    stdio: "pipe",
  })
  lend(project, "typescript")
}, 120_000)
afterAll(() => {
  project?.remove()
  rmSync(copy, { recursive: true, force: true })
})

/** Runs a tool of node_modules/.bin on the tarball: its exit status, and what it printed. */
function check(tool: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(join(root, "node_modules/.bin", tool), [...args, tarball], { cwd: root, encoding: "utf8" })
  return { status, output: `${stdout}${stderr}` }
}

test("publint finds no problem in the tarball", () => {
  expect(check("publint", "--strict")).toMatchObject({ status: 0, output: expect.stringContaining("All good!") })
})

test("are-the-types-wrong finds no problem in any entry", () => {
  const { status, output } = check("attw")
  expect({ status, output }).toMatchObject({ status: 0, output: expect.stringContaining("tskeops/transformer") })
})

test("are-the-types-wrong finds no problem in the entries for tools, which CommonJS loads too", () => {
  const { status, output } = check("attw", "--config-path", "test/package/attw-tools.json")
  expect({ status, output }).toMatchObject({ status: 0 })
})

test("a program that has no types of the DOM or of Node compiles, declarations of the package included", async () => {
  const files = { "src/plain.ts": plain, "tsconfig.plain.json": JSON.stringify(plainConfig) }
  for (const [path, text] of Object.entries(files)) project.write(path, text)
  const { status, stdout } = spawnSync(process.execPath, [join(root, "node_modules/typescript/lib/tsc.js"), "-p", "tsconfig.plain.json"], {
    cwd: project.folder,
    encoding: "utf8",
  })
  rmSync(join(project.folder, "src/plain.ts"))
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" })
})

test("source maps refer to files of the package", () => {
  const folder = join(project.folder, "node_modules/tskeops")
  const maps = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".map"))
  for (const needed of ["dist/src/index.js.map", "dist/src/index.d.ts.map"]) expect(maps).toContain(needed)
  const lost = maps.flatMap((name) => {
    const { sources } = JSON.parse(readFileSync(join(folder, name), "utf8")) as { readonly sources: readonly string[] }
    return sources.filter((source) => !existsSync(join(folder, dirname(name), source))).map((source) => `${name}: ${source}`)
  })
  expect(lost).toEqual([])
})

test("the package contains the published files and no test", () => {
  const folder = join(project.folder, "node_modules/tskeops")
  const files = readdirSync(folder, { recursive: true }).map(String)
  expect(files).toContain("dist/src/index.js")
  expect(files).toContain("dist/src/index.d.ts")
  expect(files).toContain("dist/src/jit/index.js")
  expect(files).toContain("dist/transformer/index.cjs")
  expect(files).toContain("dist/transformer/index.d.cts")
  expect(files).toContain("llms.txt")
  expect(files.filter((name) => /^(test|bench|examples|scripts)|\.test\.ts$|^dist.*(?<!\.d)\.ts$/.test(name))).toEqual([])
  // A third is sources and their maps, a third what the tools are made of.
  expect(statSync(tarball).size).toBeLessThan(1_300_000)
  expect(Object.keys(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).dependencies ?? {})).toEqual([])
  // The compiler is the user's.
  expect(readFileSync(join(folder, "dist/transformer/index.cjs"), "utf8").length).toBeLessThan(500_000)
})

test("a program is compiled without a diagnostic and runs on the CPU", async () => {
  expect(diagnostics(await project.compile())).toEqual([])
  const printed = await project.run("out/run.js")
  expect(printed).toMatch(/^\{/)
  const result = JSON.parse(printed)
  const points = Float32Array.from({ length: 15 }, (_, n) => Math.sin(n))
  const samples = Float32Array.from({ length: 300 }, (_, n) => Math.cos(n * n))
  expect(result.rows).toBe(5)
  for (let i = 0; i < 5; i++) {
    const distances = Array.from({ length: 100 }, (_, j) =>
      [0, 1, 2].reduce((sum, k) => sum + (points[3 * i + k]! - samples[3 * j + k]!) ** 2, 0),
    )
    const sum = distances.reduce((total, d) => total + Math.exp(-0.5 * d), 0)
    expect(Math.abs(result.density[i] / sum - 1)).toBeLessThan(1e-6)
    const order = distances.map((_, j) => j).sort((a, b) => distances[a]! - distances[b]! || a - b)
    expect(result.nearest.slice(2 * i, 2 * i + 2)).toEqual(order.slice(0, 2))
  }
})

test("the compiler reports an invalid input at its position", async () => {
  project.write("src/run.ts", run.replace('Matrix<"i", 2, Int32Array>', 'Matrix<"i", 3, Int32Array>'))
  const found = diagnostics(await project.compile())
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^src\/run\.ts\(6,7\)/)
})

async function bundle(contents: string): Promise<{ text: string; inputs: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: project.folder },
    absWorkingDir: project.folder,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    external: ["webgpu", "node:*"],
  })
  const { inputs } = Object.values(metafile.outputs)[0]!
  const used = Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [path.replace(/^.*tskeops\/dist\//, "")] : [],
  )
  return { text: outputFiles[0]!.text, inputs: used }
}

test(`the entry bundles to at most ${budgets.runtime.gzipBytes} bytes, minified and gzipped`, async () => {
  const { text } = await bundle(`export * from "tskeops"`)
  const size = gzipSync(text, { level: 9 }).length
  console.log(`the whole entry, minified and gzipped: ${size} bytes`)
  expect(size).toBeGreaterThan(1000)
  expect(size).toBeLessThanOrEqual(budgets.runtime.gzipBytes)
})

test("a compiled program's bundle contains no parser of formulas, compiler or table of operations", async () => {
  writeFileSync(join(project.folder, "src/run.ts"), run)
  expect(diagnostics(await project.compile())).toEqual([])
  const { text, inputs } = await bundle(`export * from "./out/main.js"`)
  expect(inputs.some((path) => path.startsWith("src/runtime/"))).toBe(true)
  const declarations = ["src/formula/alias.js", "src/formula/inline.js", "src/formula/error.js"]
  const compiler = /^(src\/(operations|formula|calculus|ir|lower|wgsl|wasm|compiler|jit)|transformer)\//
  expect(inputs.filter((path) => compiler.test(path) && !declarations.includes(path))).toEqual([])
  expect(text.includes("unknown operation")).toBe(false)
  expect(text.includes("SqDist(x, y)")).toBe(true)
  // What an application does not use of a module of formulas is not in its bundle, kernels included.
  const part = await bundle(`export { nearest } from "./out/main.js"`)
  expect(part.text.includes("SqDist(x, y)")).toBe(true)
  expect(part.text.includes("SqNorm2(x - y)")).toBe(false)
})
