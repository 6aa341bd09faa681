// The table of entries for tools: package.json lists them, and the bundler makes of each what `import` and `require` expect.
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { bundleTools } from "../../scripts/bundle-tools.mjs"
import { binOf, exportsOf, tools } from "../../scripts/tools.mjs"
import { root } from "../layers/sources.ts"

const { exports, bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly exports: Readonly<Record<string, unknown>>
  readonly bin: unknown
}

const sources = {
  "shared.ts": "export const state = { count: 0, url: import.meta.url }\n",
  "one.ts":
    'import { state } from "./shared.ts"\nimport { parse } from "jsonc-parser"\nexport default () => parse(String(++state.count))\n',
  "two.ts": 'import { state } from "./shared.ts"\nexport const two = () => state\nexport const late = () => import("./late.ts")\n',
  "late.ts": "export const answer = 42\n",
}
const table = { one: { source: "one.ts" }, two: { source: "two.ts" } }

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tskeops-entries-"))
  mkdirSync(join(folder, "out"))
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir")
  for (const [path, text] of Object.entries(sources)) writeFileSync(join(folder, path), text)
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }')
  await bundleTools({ root: folder, table, external: [], folder: join(folder, "out") })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const node = (type: "module" | "commonjs", text: string) =>
  execFileSync(process.execPath, [`--input-type=${type}`, "-e", text], { cwd: folder, encoding: "utf8" }).trim()

test("package.json: exports and bin are those of the table", () => {
  expect(exports).toMatchObject(exportsOf(tools))
  expect(Object.keys(exports).filter((name) => !["." as string, "./jit", "./transformer", "./package.json"].includes(name))).toEqual(
    Object.keys(exportsOf(tools)),
  )
  expect(bin).toEqual(binOf(tools))
})

test("the sources of all entries exist", () => {
  expect(Object.values(tools).filter(({ source }) => !existsSync(join(root, source)))).toEqual([])
})

test("an entry with a default is that default for require, and has it for loaders that ask", () => {
  expect(node("commonjs", 'const one = require("./out/one.cjs"); console.log(one(), one.default === one)')).toBe("1 true")
})

test("import and require load the same code, and entries share their state", () => {
  const text = `import one from "./out/one.js"; import { two } from "./out/two.js"; import { createRequire } from "node:module"
    const require = createRequire(process.cwd() + "/x.js")
    one(); require("./out/one.cjs")(); console.log(two().count, require("./out/two.cjs").two === two, two().url.startsWith("file:"))`
  expect(node("module", text)).toBe("2 true true")
})

test("what is imported late is a chunk of its own", () => {
  expect(node("module", 'import { late } from "./out/two.js"; console.log((await late()).answer)')).toBe("42")
  expect(readFileSync(join(folder, "out/two.cjs"), "utf8")).not.toContain("42")
})

test("the licences of bundled packages are listed", () => {
  expect(readFileSync(join(folder, "out/THIRD-PARTY.txt"), "utf8")).toMatch(/^jsonc-parser 3\.3\.1 \(MIT\)\n\n.*MIT License/ms)
})
