// `tskeops init` and `tskeops doctor` on projects of each tool.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { toolTable } from "../../tools/cli/tools/table.ts"
import { root } from "../layers/sources.ts"
import { tskeops } from "./command.ts"

type Files = Readonly<Record<string, string>>

const work = mkdtempSync(join(tmpdir(), "tskeops-init-"))
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** A project that lists these packages, with a TypeScript of that name installed. */
function sample(packages: readonly string[], files: Files, scripts: Files = {}, compiler = "typescript"): string {
  const folder = mkdtempSync(join(work, "project-"))
  const devDependencies = Object.fromEntries(packages.map((name) => [name, "*"]))
  const all = { "package.json": `${JSON.stringify({ name: "user", scripts, devDependencies }, null, 2)}\n`, ...files }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  mkdirSync(join(folder, "node_modules"))
  symlinkSync(join(root, "node_modules", compiler), join(folder, "node_modules/typescript"), "dir")
  return folder
}
const read = (folder: string, path: string) => readFileSync(join(folder, path), "utf8")
const listed = (folder: string) => readdirSync(folder).filter((name) => name !== "node_modules")

interface Case {
  readonly tool: string
  readonly packages: readonly string[]
  readonly file: string
  readonly before?: string
  readonly after: string
}

const cases: readonly Case[] = [
  {
    tool: "Vite's template",
    packages: ["vite"],
    file: "vite.config.ts",
    before:
      "import { defineConfig } from 'vite'\nimport react from '@vitejs/plugin-react'\n\n// https://vite.dev/config/\nexport default defineConfig({\n  plugins: [react()],\n})\n",
    after:
      "import { defineConfig } from 'vite'\nimport react from '@vitejs/plugin-react'\nimport tskeops from 'tskeops/vite'\n\n// https://vite.dev/config/\nexport default defineConfig({\n  plugins: [tskeops(), react()],\n})\n",
  },
  {
    tool: "Vite without a configuration",
    packages: ["vite"],
    file: "vite.config.ts",
    after:
      'import tskeops from "tskeops/vite"\nimport { defineConfig } from "vite"\n\nexport default defineConfig({\n  plugins: [tskeops()],\n})\n',
  },
  {
    tool: "Vite with a function that returns a constant",
    packages: ["vite"],
    file: "vite.config.mjs",
    before: "export default ({ mode }) => {\r\n  const config = { base: mode };\r\n  return config;\r\n}\r\n",
    after:
      'import tskeops from "tskeops/vite";\r\nexport default ({ mode }) => {\r\n  const config = { plugins: [tskeops()], base: mode };\r\n  return config;\r\n}\r\n',
  },
  {
    tool: "Vitest",
    packages: ["vitest"],
    file: "vitest.config.ts",
    before: 'import { defineConfig } from "vitest/config"\nexport default defineConfig({})\n',
    after:
      'import { defineConfig } from "vitest/config"\nimport tskeops from "tskeops/vite"\nexport default defineConfig({\n  plugins: [tskeops()],\n})\n',
  },
  {
    tool: "webpack",
    packages: ["webpack"],
    file: "webpack.config.js",
    before: 'const path = require("path");\nmodule.exports = {\n  entry: "./a.ts",\n  plugins: [\n    // none yet\n  ],\n};\n',
    after:
      'const tskeops = require("tskeops/webpack");\nconst path = require("path");\nmodule.exports = {\n  entry: "./a.ts",\n  plugins: [tskeops()\n    // none yet\n  ],\n};\n',
  },
  {
    tool: "Rspack",
    packages: ["@rspack/core"],
    file: "rspack.config.ts",
    before: 'import { defineConfig } from "@rspack/cli"\nexport default defineConfig({ entry: "a" } satisfies object)\n',
    after:
      'import { defineConfig } from "@rspack/cli"\nimport tskeops from "tskeops/rspack"\nexport default defineConfig({ plugins: [tskeops()], entry: "a" } satisfies object)\n',
  },
  {
    tool: "Next",
    packages: ["next"],
    file: "next.config.ts",
    before: 'import type { NextConfig } from "next";\n\nconst nextConfig: NextConfig = {};\n\nexport default nextConfig;\n',
    after:
      'import type { NextConfig } from "next";\nimport { withTskeops } from "tskeops/next";\n\nconst nextConfig: NextConfig = {};\n\nexport default withTskeops(nextConfig);\n',
  },
  {
    tool: "Rollup with several outputs",
    packages: ["rollup"],
    file: "rollup.config.mjs",
    before: 'export default [\n  { input: "a", plugins: [\n      ts(),\n  ] },\n  { input: "b" },\n]\n',
    after:
      'import tskeops from "tskeops/rollup"\nexport default [\n  { input: "a", plugins: [\n      tskeops(),\n      ts(),\n  ] },\n  { plugins: [tskeops()], input: "b" },\n]\n',
  },
  {
    tool: "Rolldown",
    packages: ["rolldown"],
    file: "rolldown.config.ts",
    before: 'import { defineConfig } from "rolldown"\nexport default defineConfig({ input: "a" })\n',
    after:
      'import { defineConfig } from "rolldown"\nimport tskeops from "tskeops/rolldown"\nexport default defineConfig({ plugins: [tskeops()], input: "a" })\n',
  },
  {
    tool: "Farm",
    packages: ["@farmfe/core"],
    file: "farm.config.ts",
    before: 'import { defineConfig } from "@farmfe/core"\nexport default defineConfig({ plugins: ["@farmfe/plugin-react"] })\n',
    after:
      'import { defineConfig } from "@farmfe/core"\nimport tskeops from "tskeops/farm"\nexport default defineConfig({ plugins: [tskeops(), "@farmfe/plugin-react"] })\n',
  },
  {
    tool: "esbuild in a script, with options that two calls share",
    packages: ["esbuild"],
    file: "scripts/build.mjs",
    before:
      'import * as esbuild from "esbuild"\nconst shared = { bundle: true }\nawait esbuild.build({ ...shared, minify: true })\nawait esbuild.context(shared)\n',
    after:
      'import * as esbuild from "esbuild"\nimport tskeops from "tskeops/esbuild"\nconst shared = { plugins: [tskeops()], bundle: true }\nawait esbuild.build({ ...shared, minify: true })\nawait esbuild.context(shared)\n',
  },
  {
    tool: "Bun",
    packages: ["@types/bun"],
    file: "build.ts",
    before: 'await Bun.build({ entrypoints: ["a.ts"] })\nexport {}\n',
    after: 'import tskeops from "tskeops/bun"\nawait Bun.build({ plugins: [tskeops()], entrypoints: ["a.ts"] })\nexport {}\n',
  },
]

test.each(cases)("$tool: the plugin is written, once", async ({ packages, file, before, after }) => {
  const folder = sample(packages, before === undefined ? {} : { [file]: before })
  expect((await tskeops("init", folder, "--yes")).code).toBe(0)
  expect(read(folder, file)).toBe(after)
  expect((await tskeops("init", folder, "--yes")).out).toBe("everything is set up")
})
test("each tool of the table has a case", () => {
  const packages = cases.flatMap((each) => each.packages)
  expect(toolTable.filter((row) => !row.packages.some((name) => packages.includes(name))).map(({ name }) => name)).toEqual([])
})

test("a configuration whose shape is not recognised is left alone, and the lines are printed", async () => {
  const before = 'import make from "./make.js"\nexport default make()\n'
  const folder = sample(["vite"], { "vite.config.ts": before })
  const { code, out } = await tskeops("init", folder, "--yes")
  expect({ code, text: read(folder, "vite.config.ts") }).toEqual({ code: 0, text: before })
  expect(out).toContain(
    'vite.config.ts: its shape is not recognised; add these lines\n\n  import tskeops from "tskeops/vite"\n  \n  plugins: [tskeops()]',
  )
})
test("--dry-run prints the changes and writes nothing", async () => {
  const folder = sample(["vite"], { "tsconfig.json": "{}\n" }, { build: "tsc && vite build" })
  const { out } = await tskeops("init", folder, "--dry-run")
  expect(out).toContain("+++ vite.config.ts")
  expect(out).toContain('+    "build": "tskeops check && vite build"')
  expect(listed(folder)).toEqual(["package.json", "tsconfig.json"])
  expect(read(folder, "package.json")).toContain("tsc && vite build")
})
test("without --yes and a terminal nothing is written", async () => {
  const folder = sample(["vite"], {})
  const { code, err } = await tskeops("init", folder)
  expect({ code, err, files: listed(folder) }).toEqual({
    code: 2,
    err: "tskeops: the input is no terminal, so that nobody can be asked; add --yes to write, or --dry-run to see",
    files: ["package.json"],
  })
})
test("a folder without package.json is one sentence", async () => {
  const { code, err } = await tskeops("init", work)
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^tskeops: there is no package\.json in /) })
})

const config = '{\n  // kept\n  "compilerOptions": {\n    "strict": true, // always\n  },\n  "include": ["src"]\n}\n'
test("tsconfig.json gets the editor's plugin and keeps its comments", async () => {
  const folder = sample([], { "tsconfig.json": config })
  await tskeops("init", folder, "--yes")
  const text = read(folder, "tsconfig.json")
  expect(text).toContain("// kept")
  expect(text).toContain('"strict": true, // always')
  expect(text.replace(/\s/g, "")).toContain('"plugins":[{"name":"tskeops/language-service"}]')
  expect((await tskeops("init", folder, "--yes")).out).toBe("everything is set up")
})
test("users of tspc get its line too, and keep their scripts", async () => {
  const folder = sample(["ts-patch"], { "tsconfig.json": '{ "compilerOptions": { "plugins": [{ "name": "other" }] } }' }, { build: "tspc" })
  await tskeops("init", folder, "--yes")
  const { compilerOptions } = JSON.parse(read(folder, "tsconfig.json"))
  expect(compilerOptions.plugins).toEqual([
    { name: "other" },
    { name: "tskeops/language-service" },
    { transform: "tskeops/transformer", transformProgram: true },
  ])
  expect(JSON.parse(read(folder, "package.json")).scripts.build).toBe("tspc")
})
test("in Vite's template the file for the application is changed, not that for configurations", async () => {
  const folder = sample(["vite"], {
    "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.node.json" }] }',
    "tsconfig.app.json": config,
    "tsconfig.node.json": '{ "include": ["vite.config.ts"] }',
  })
  await tskeops("init", folder, "--yes")
  const has = (path: string) => read(folder, path).includes("language-service")
  expect([has("tsconfig.json"), has("tsconfig.app.json"), has("tsconfig.node.json")]).toEqual([false, true, false])
})
test("with TypeScript 7, which loads no plugins, tsconfig.json stays", async () => {
  const folder = sample([], { "tsconfig.json": config }, { build: "tsc" }, "typescript-7")
  await tskeops("init", folder, "--yes")
  expect(read(folder, "tsconfig.json")).toBe(config)
  expect(JSON.parse(read(folder, "package.json")).scripts.build).toBe("tskeops build")
})
test.each([
  ["tsc", "tskeops build", "tskeops check"],
  ["tsc -p .", "tskeops build", "tskeops check"],
  ["npx tsc --watch", "npx tskeops build --watch", "npx tskeops check --watch"],
  ["tsc --noEmit && eslint .", "tskeops check && eslint .", "tskeops check && eslint ."],
  ["tsc -b tsconfig.app.json", "tskeops build tsconfig.app.json", "tskeops check tsconfig.app.json"],
  ["tsc --outDir x", "tsc --outDir x", "tsc --outDir x"],
  ["tsconfig-check && node tsc.js", "tsconfig-check && node tsc.js", "tsconfig-check && node tsc.js"],
])("the script %j becomes %j, and %j beside a bundler", async (line, alone, beside) => {
  for (const [packages, wanted] of [
    [[], alone],
    [["vite"], beside],
  ] as const) {
    const folder = sample(packages, {}, { build: line })
    await tskeops("init", folder, "--yes")
    expect(JSON.parse(read(folder, "package.json")).scripts.build).toBe(wanted)
  }
})

interface Row {
  readonly name: string
  readonly state: string
  readonly found: string
  readonly remedy?: string
}
async function doctor(folder: string): Promise<{ readonly code: number | null; readonly rows: ReadonlyMap<string, Row> }> {
  const { code, out } = await tskeops("doctor", folder, "--json")
  return { code, rows: new Map((JSON.parse(out).rows as Row[]).map((row) => [row.name, row])) }
}
test("doctor: what is missing has the line that mends it", async () => {
  const { code, rows } = await doctor(sample(["vite"], { "vite.config.ts": "export default {}" }))
  expect(code).toBe(1)
  expect(rows.get("in the project")).toMatchObject({ state: "broken", remedy: "npm install tskeops" })
  expect(rows.get("Vite")).toMatchObject({ state: "broken", found: "vite.config.ts is without the plugin", remedy: "npx tskeops init" })
  expect(rows.get("webgpu package")).toMatchObject({ state: "note", remedy: "npm install --save-dev webgpu" })
  expect(rows.get("TypeScript")).toMatchObject({ state: "fine", found: expect.stringMatching(/^5\.9/) })
  expect(rows.get("WebAssembly SIMD")?.state).toBe("fine")
})
test("doctor: a project that is set up is fine", async () => {
  const folder = sample(["vite"], {})
  await tskeops("init", folder, "--yes")
  symlinkSync(root, join(folder, "node_modules/tskeops"), "dir")
  const { code, rows } = await doctor(folder)
  expect([...rows.values()].filter(({ state }) => state === "broken")).toEqual([])
  expect(code).toBe(0)
  expect(rows.get("Vite")?.found).toBe("set up in vite.config.ts")
})
test("doctor: a ts-patch that does not fit the compiler is broken where it is used", async () => {
  const folder = sample(["ts-patch"], {}, { build: "tspc" }, "typescript-6")
  symlinkSync(join(root, "node_modules/ts-patch"), join(folder, "node_modules/ts-patch"), "dir")
  expect((await doctor(folder)).rows.get("ts-patch")).toMatchObject({
    state: "broken",
    found: expect.stringMatching(/^3\..* does not fit TypeScript 6$/),
    remedy: "npm install --save-dev ts-patch@4",
  })
})
test("doctor: a driver that crashes is a note, and ends nothing", async () => {
  const folder = sample([], {})
  mkdirSync(join(folder, "node_modules/webgpu"))
  writeFileSync(join(folder, "node_modules/webgpu/package.json"), '{ "name": "webgpu", "type": "module", "exports": "./index.js" }')
  writeFileSync(join(folder, "node_modules/webgpu/index.js"), 'export const create = () => process.kill(process.pid, "SIGSEGV")')
  expect((await doctor(folder)).rows.get("adapter")).toMatchObject({
    state: "note",
    found: "the process ended with SIGSEGV: the driver crashes",
  })
})
