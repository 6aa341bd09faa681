// Which projects may have a file, and what Node's load hook makes of modules: without Node's part.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, expect, test } from "vitest"
import type { ModulePlan } from "../../tools/hosts/host.ts"
import { createLoad } from "../../tools/node/load.ts"
import { type Projects, projectsOf } from "../../tools/node/projects.ts"

const folder = mkdtempSync(join(tmpdir(), "tskeops-node-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const write = (path: string, text: string): string => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
  return join(folder, path)
}

test("projectsOf: the nearest tsconfig.json comes first, then those beside it", () => {
  const near = write("web/tsconfig.json", "{}")
  const app = write("web/tsconfig.app.json", "{}")
  const other = write("web/tsconfig.node.json", "{}")
  write("tsconfig.json", "{}")
  expect(projectsOf(write("web/src/deep/a.ts", ""))).toEqual([near, app, other])
  expect(projectsOf(join(folder, "b.ts"))).toEqual([join(folder, "tsconfig.json")])
})

test("projectsOf: a file without tsconfig.json belongs to the folder of its package", () => {
  const alone = mkdtempSync(join(tmpdir(), "tskeops-node-"))
  mkdirSync(join(alone, "src"))
  writeFileSync(join(alone, "package.json"), "{}")
  expect(projectsOf(join(alone, "src/a.js"))).toEqual([alone])
  rmSync(alone, { recursive: true })
})

/** Loads a file; its plan is `plan`, or no project has it. */
function load(path: string, text: string, format: string | undefined, plan?: ModulePlan) {
  const asked: string[] = []
  const warnings: string[] = []
  const projects: Projects = {
    plan(file) {
      asked.push(file)
      return plan ?? { missing: join(folder, "tsconfig.json") }
    },
  }
  const hook = createLoad(projects, { warn: (sentence) => warnings.push(sentence), strip: (source) => `stripped ${source}` })
  const loaded = hook(pathToFileURL(write(path, text)).href, {}, () => ({ format, source: "as it was" }))
  return { ...loaded, asked: asked.length, warnings }
}

const text = 'import { keops } from "tskeops"\nexport const f = keops`1`\n'
const start = text.indexOf("keops`")
const tag = { start, tagEnd: start + 5, end: start + 8, pieces: ["1"], terms: [] }
const plan: ModulePlan = { tags: [tag], calls: [], head: text.indexOf("\n"), problems: [] }

test.each([
  ["a.ts", "module-typescript", "module-typescript", ""],
  ["a.cts", "commonjs-typescript", "commonjs-typescript", ""],
  // tsx has taken the types out of what it hands over.
  ["b.ts", "module", "module-typescript", ""],
  ["a.js", "module", "module", ""],
  // Deno.
  ["c.ts", undefined, undefined, "stripped "],
])("%s of format %s is compiled, with its source map", (path, format, expected, before) => {
  const { format: found, source } = load(path, text, format, plan)
  expect(found).toBe(expected)
  expect(source).toMatch(/^(stripped )?import \{ keops \} from "tskeops"\nexport const f = keops\(\["1"\]\)\n/)
  expect(`${source}`.startsWith(before)).toBe(true)
  const [, map] = /\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,(\S+)\n$/.exec(`${source}`)!
  expect(JSON.parse(Buffer.from(map!, "base64").toString())).toMatchObject({ version: 3, sourcesContent: [text] })
})

test.each([
  ["plain.ts", "export const a = 1"],
  ["node_modules/some/index.js", text],
  ["page.tsx", text],
  ["data.json", '"keops"'],
])("%s is passed on before any work", (path, content) => {
  expect(load(path, content, "module", plan)).toEqual({ format: "module", source: "as it was", asked: 0, warnings: [] })
})

test.each([
  ["out.ts", text, true],
  ["out.ts", `import "tskeops/jit"\n${text}`, false],
  ["out.js", text, true],
  ["built.js", text.replace("keops`1`", 'keops(["1"])'), false],
  ["other.ts", "export const most = range.max()", false],
])("%s, which no project has, is passed on; a warning says so if it should be compiled (%#)", (path, content, warns) => {
  const { source, warnings } = load(path, content, "module")
  expect(source).toBe("as it was")
  expect(warnings.length).toBe(warns ? 1 : 0)
  if (warns) expect(warnings[0]).toMatch(new RegExp(`${path} has formulas that stay uncompiled, because .*tsconfig.json does not include`))
})

test("a mistake is a SyntaxError that shows the line", () => {
  const place = { file: join(folder, "bad.ts"), start: start + 6, end: start + 7, line: 2, column: start + 6 - text.indexOf("\n") }
  const problem = { ...place, code: 0, category: "error", message: "unknown", isOurs: true } as const
  const mistake = () => load("bad.ts", text, "module-typescript", { ...plan, problems: [problem] })
  expect(mistake).toThrow(SyntaxError)
  expect(mistake).toThrow(/bad\.ts:2:24 - error: unknown\n\n2 \| export const f = keops`1`\n {2}\| {24}\^$/)
})
