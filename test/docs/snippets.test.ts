// The TypeScript of all pages, compiled as users compile it, and run. Needs the built package.
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { root } from "../layers/sources.ts"
import { pages, read } from "./pages.ts"
import { type Snippet, snippets } from "./snippets.ts"

// Within the package, so that it is found by its own name.
const folder = join(root, "out/pages")
// llms.txt repeats parts of the pages; its whole programs stand there alone.
const programs = snippets("llms.txt", read("llms.txt")).filter(({ name }) => /-\d+$/.test(name))
const all = [...pages.flatMap((page) => snippets(page, read(page))), ...programs]
// Where one file brings the compiler along, the transformer leaves to the run time what is not literal in all: these are compiled apart.
const isJit = ({ code }: Snippet) => code.includes('"tskeops/jit"')
const groups = { built: all.filter((each) => !isJit(each)), jit: all.filter(isJit) }

function tsconfig(): string {
  const plugins = [{ transform: "../../../dist/transformer/index.cjs", transformProgram: true }]
  const paths = { target: "es2022", lib: ["es2022", "dom", "esnext.disposable"], module: "nodenext", rootDir: ".", outDir: "js" }
  return JSON.stringify({ compilerOptions: { ...paths, strict: true, skipLibCheck: true, types: ["node"], plugins } })
}

function compile(name: string): string {
  try {
    execFileSync(process.execPath, ["node_modules/ts-patch/bin/tspc.js", "-p", join(folder, name)], { cwd: root, encoding: "utf8" })
    return ""
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

const reports: Record<string, string> = {}
beforeAll(() => {
  if (!existsSync(join(root, "dist/transformer/index.cjs"))) throw new Error("the package is not built: run `npm run build` first")
  rmSync(folder, { recursive: true, force: true })
  for (const [name, files] of Object.entries(groups)) {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, "tsconfig.json"), tsconfig())
    for (const { name: file, code } of files) writeFileSync(join(folder, name, `${file}.ts`), code)
    reports[name] = compile(name)
  }
}, 240_000)

/** The lines of the compiler about one file, without their numbers. */
const about = (report: string, file: string) =>
  report
    .split("\n")
    .filter((line) => line.replace(/^.*\//, "").startsWith(`${file}.ts(`))
    .map((line) => line.replace(/^.*?: error TS\d+: /, ""))

describe.each(Object.entries(groups))("snippets of pages (%s)", (group, files) => {
  test.each(files.map((each) => [each.name, each] as const))("%s compiles, and prints what the page shows", (_, snippet) => {
    const found = about(reports[group]!, snippet.name)
    if (snippet.errors.length > 0) {
      expect(found).toHaveLength(snippet.errors.length)
      for (const [at, text] of snippet.errors.entries()) expect(found[at]).toContain(text)
      return
    }
    expect(found).toEqual([])
    const file = join(folder, group, "js", `${snippet.name}.js`)
    expect(readFileSync(file, "utf8")).not.toContain("keops`")
    expect(execFileSync(process.execPath, [file], { encoding: "utf8" })).toBe(snippet.prints)
  })
})

test("all pages with code are compiled", () => {
  expect(all.map(({ name }) => name.replace(/-\d+$/, ""))).toEqual(
    expect.arrayContaining(["README", "docs-getting-started", "docs-guide", "docs-from-pykeops"]),
  )
  expect(programs).toHaveLength(3)
})
