// What Node's load hook makes of modules, without Node's part: formats, texts, source maps, errors.
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, expect, test } from "vitest"
import { createLoad } from "../../tools/node/load.ts"
import { createProject, lend } from "../transformer/project.ts"

const text = `import { keops, Vi } from "tskeops"
const x = Vi("x", 3)
export const f = keops\`Norm2($<x>)\`
`
const project = createProject(
  { "src/a.ts": text, "src/b.cts": text, "src/c.js": text, "src/page.tsx": text },
  { allowJs: true, outDir: "o" },
)
lend(project, "typescript")
afterAll(() => project.remove())

const hook = createLoad(project.folder, (source) => `stripped\n${source}`)

/** Loads a file of the project; what comes next in the chain gives it a format. */
function load(path: string, format?: string) {
  return hook(pathToFileURL(join(project.folder, path)).href, {}, () => ({ format, source: "as it was" }))
}

test.each([
  ["src/a.ts", "module-typescript", "module-typescript"],
  ["src/b.cts", "commonjs-typescript", "commonjs-typescript"],
  // tsx has taken the types out of what it hands over.
  ["src/a.ts", "module", "module-typescript"],
  ["src/c.js", "module", "module"],
  // Deno.
  ["src/a.ts", undefined, undefined],
])("%s of format %s is compiled, with its source map", (path, format, expected) => {
  const { format: found, source } = load(path, format)
  expect(found).toBe(expected)
  expect(`${source}`.startsWith("stripped")).toBe(expected === undefined)
  expect(source).toMatch(/export const f = .*keops\(\["Norm2\(", "\)"\], x, \{.*"dim":1.*\}\)\n/)
  const [, map] = /\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,(\S+)\n$/.exec(`${source}`)!
  expect(JSON.parse(Buffer.from(map!, "base64").toString())).toMatchObject({ version: 3, sourcesContent: [text] })
})

test.each([
  ["plain.ts", "export const a = Math.max(1, 2)"],
  ["node_modules/some/index.js", text],
  ["data.json", '"keops"'],
  ["jit.ts", `import "tskeops/jit"\n${text}`],
  ["component.jsx", "export const a = <p>keops</p>"],
])("%s is passed on as it is", (path, content) => {
  project.write(path, content)
  expect(load(path, "module")).toEqual({ format: "module", source: "as it was" })
})

test.each([
  [
    "outside.ts",
    /outside\.ts makes formulas, but is not in the project of .*tsconfig\.json, .*: add it to `include` there, or import "tskeops\/jit" in it/,
  ],
  ["outside.mjs", /outside\.mjs .*: add it to `include` there, with `allowJs`, or import/],
  ["src/page.tsx", /page\.tsx makes formulas, and tskeops\/node compiles none in files with JSX: move them into a \.ts file/],
])("%s has formulas that cannot be compiled: an error", (path, sentence) => {
  if (path.startsWith("outside")) project.write(path, text)
  expect(() => load(path, "module")).toThrow(sentence)
})

test("mistakes are a SyntaxError that shows their lines", () => {
  project.write("src/bad.ts", `${text}\tkeops\`Exq($<x>)\`\n\tkeops\`Exp($<z>)\`\n`)
  const mistake = () => load("src/bad.ts", "module-typescript")
  expect(mistake).toThrow(SyntaxError)
  expect(mistake).toThrow(
    /^src\/bad\.ts:4:8: unknown operation `Exq` \(did you mean `Exp`\?\)\n {2}see .*\n4 \| \tkeops`Exq\(\$<x>\)`\n {2}\| \t {6}\^{3}\n\nsrc\/bad\.ts:5:14: Cannot find name 'z'/,
  )
})
