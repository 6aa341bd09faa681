// The ESLint rule, in ESLint: on a host that is made up, to see what it asks of it, and on the real one.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { ESLint, type Linter } from "eslint"
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { inNoProject, noSuchFile, notOpened } from "../../tools/editor/eslint/messages.ts"
import { REFRESH_MS } from "../../tools/editor/eslint/open-projects.ts"
import { projectsAround } from "../../tools/editor/eslint/projects.ts"
import { formulasRule } from "../../tools/editor/eslint/rule.ts"
import plugin from "../../tools/editor/eslint.ts"
import type { Host, Problem } from "../../tools/hosts/host.ts"
import { createProject } from "../transformer/project.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tskeops-eslint-"))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})
function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A host that finds a mistake wherever a text has `wrong`, and logs what it is told. */
function fakeHosts(filesOf: Readonly<Record<string, readonly string[]>>) {
  const opened: string[] = []
  const told: string[] = []
  const open = (project: string): Host => {
    const name = project.slice(folder.length + 1)
    if (!(name in filesOf)) throw new Error(`${name} is broken`)
    opened.push(name)
    const texts = new Map<string, string | undefined>()
    return {
      version: "5.9.3",
      files: () => filesOf[name]!.map((file) => join(folder, file)),
      changed(file, text) {
        told.push(`${file.slice(folder.length + 1)}${text === undefined ? " on disk" : ""}`)
        texts.set(file, text)
      },
      plan: () => undefined,
      look: () => undefined,
      problems: (file) =>
        [...(texts.get(file!) ?? "").matchAll(/wrong|foreign/g)].map(
          ({ 0: found, index }): Problem => ({
            ...{ file: file!, start: index, end: index + found.length, line: 1, column: 1, code: 2345, category: "error" },
            message: `unknown operation \`${found}\``,
            isOurs: found === "wrong",
          }),
        ),
      imports: () => [],
      dispose() {},
    }
  }
  return { open, opened, told }
}

/** Lints a text as a file with the rule: `line:column-line:column sentence`. */
async function lint(open: (project: string) => Host, file: string, text: string, options: object = {}): Promise<readonly string[]> {
  return lintWith(
    { files: ["**/*"], plugins: { own: { rules: { formulas: rule(open) } } }, rules: { "own/formulas": ["error", options] } },
    file,
    text,
  )
}
const made = new Map<unknown, ReturnType<typeof formulasRule>>()
/** One rule for one way to open, as ESLint has one for all files. */
function rule(open: (project: string) => Host) {
  const known = made.get(open) ?? formulasRule(open)
  made.set(open, known)
  return known
}
async function lintWith(config: Linter.Config, file: string, text: string): Promise<readonly string[]> {
  const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: config })
  const [result] = await eslint.lintText(text, { filePath: join(folder, file) })
  return result!.messages.map(({ line, column, endLine, endColumn, message }) => `${line}:${column}-${endLine}:${endColumn} ${message}`)
}

describe("tskeops/formulas", () => {
  test("repeats the host's sentences about formulas at their place, and no others", async () => {
    write({ "tsconfig.json": "{}" })
    const { open } = fakeHosts({ "tsconfig.json": ["a.js"] })
    expect(await lint(open, "a.js", "foreign()\nconst a = wrong(1)\nwrong")).toEqual([
      "2:11-2:16 unknown operation `wrong`",
      "3:1-3:6 unknown operation `wrong`",
    ])
    expect(await lint(open, "a.js", "")).toEqual([])
  })
  test("gives the host the text that ESLint has, and opens each project once", async () => {
    write({ "tsconfig.json": "{}", "a.js": "wrong" })
    const { open, opened, told } = fakeHosts({ "tsconfig.json": ["a.js", "b.js"] })
    expect(await lint(open, "a.js", "right")).toEqual([])
    expect(await lint(open, "b.js", "wrong")).toHaveLength(1)
    expect(opened).toEqual(["tsconfig.json"])
    expect(told).toEqual(["a.js", "b.js"])
  })
  test("finds the file among the projects that the nearest one refers to, and above", async () => {
    write({
      "app/tsconfig.json":
        '// a comment\n{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./node", }, { "path": 1 }, { "path": "./gone.json" }] }',
      "app/tsconfig.app.json": '{ "references": [{ "path": "." }] }',
      "app/node/tsconfig.json": "{}",
      "tsconfig.json": "{}",
    })
    const found = ["app/tsconfig.json", "app/tsconfig.app.json", "app/node/tsconfig.json", "app/gone.json", "tsconfig.json"]
    expect([...projectsAround(join(folder, "app/src/a.js"))].slice(0, 5)).toEqual(found.map((path) => join(folder, path)))
    const { open, opened } = fakeHosts({ [found[0]!]: [], [found[1]!]: [], [found[2]!]: ["app/src/a.js"], [found[4]!]: ["app/src/b.js"] })
    expect(await lint(open, "app/src/a.js", "wrong")).toHaveLength(1)
    expect(opened).toEqual(found.slice(0, 3))
    // What cannot be opened does not matter where another project has the file.
    expect(await lint(open, "app/src/b.js", '"tskeops"; wrong')).toHaveLength(1)
  })
  test("asks only the projects that its option names", async () => {
    write({ "tsconfig.json": "{}", "other.json": "{}" })
    const { open, opened } = fakeHosts({ "other.json": ["a.js"] })
    expect(await lint(open, "a.js", "wrong", { project: "other.json" })).toHaveLength(1)
    expect(await lint(open, "a.js", "wrong", { project: ["./other.json"] })).toHaveLength(1)
    expect(opened).toEqual(["other.json"])
  })
  test("takes the folder of package.json where there is no tsconfig.json", () => {
    write({ "package.json": "{}" })
    expect([...projectsAround(join(folder, "src/a.js"))]).toEqual([folder])
  })
  test("is silent about files that are in no project, or says so in one sentence where it is asked to", async () => {
    write({ "tsconfig.json": "{}" })
    const { open } = fakeHosts({ "tsconfig.json": [] })
    const text = '// uses "tskeops"\nwrong'
    const outside = { project: "tsconfig.json", outside: "report" }
    expect(await lint(open, "a.js", text, { project: "tsconfig.json" })).toEqual([])
    expect(await lint(open, "a.js", text, outside)).toEqual([`1:1-undefined:undefined ${inNoProject([join(folder, "tsconfig.json")])}`])
    // It says nothing of files without formulas.
    expect(await lint(open, "a.js", "wrong", outside)).toEqual([])
    expect(inNoProject([])).toContain("no tsconfig.json above it")
  })
  test("says why a project cannot be opened, in files that use tskeops", async () => {
    write({ "tsconfig.json": "{}" })
    const { open } = fakeHosts({})
    const project = join(folder, "tsconfig.json")
    expect(await lint(open, "a.js", '"tskeops"')).toEqual([`1:1-undefined:undefined ${notOpened(project, "tsconfig.json is broken")}`])
    expect(await lint(open, "a.js", "other")).toEqual([])
    const gone = notOpened(join(folder, "gone.json"), noSuchFile)
    expect(await lint(open, "a.js", '"tskeops"', { project: "gone.json" })).toEqual([`1:1-undefined:undefined ${gone}`])
  })
  test("sees files and projects that changed on the disk, after a while", async () => {
    write({ "tsconfig.json": "{}", "a.js": "", "b.js": "" })
    const { open, told } = fakeHosts({ "tsconfig.json": ["a.js", "b.js"] })
    vi.useFakeTimers({ toFake: ["Date"] })
    await lint(open, "a.js", "1")
    for (const path of ["b.js", "tsconfig.json"]) utimesSync(join(folder, path), 1, 1)
    await lint(open, "a.js", "2")
    expect(told).toEqual(["a.js", "a.js"])
    vi.setSystemTime(Date.now() + REFRESH_MS)
    await lint(open, "a.js", "3")
    expect(told.slice(2)).toEqual(["tsconfig.json on disk", "b.js on disk", "a.js"])
  })
  test("asks again for a file that the project did not have, once it is written", async () => {
    write({ "tsconfig.json": "{}" })
    const files: string[] = []
    const { open, told } = fakeHosts({ "tsconfig.json": files })
    expect(await lint(open, "new.js", "wrong", { project: "tsconfig.json" })).toEqual([])
    expect(await lint(open, "new.js", "wrong", { project: "tsconfig.json" })).toEqual([])
    expect(told).toEqual(["new.js on disk"])
    write({ "new.js": "" })
    files.push("new.js")
    expect(await lint(open, "new.js", "wrong", { project: "tsconfig.json" })).toHaveLength(1)
  })
  test("has options that ESLint checks", async () => {
    const { open } = fakeHosts({})
    expect(await lint(open, "a.js", "1", { outside: "ignore", project: ["a.json"] })).toEqual([])
    for (const options of [{ outside: "never" }, { project: [] }, { projects: "a" }])
      await expect(lint(open, "a.js", "1", options)).rejects.toThrow(/"own\/formulas"/)
  })
})

describe("the plugin", () => {
  const text = `import { keops, Vi } from "tskeops"
const x = Vi("x", 3)
export const right = keops\`Exp($<x>)\`.sum()
export const wrong = keops\`Exq($<x>)\`.sum()
`
  const project = createProject({ "src/a.js": "", "src/b.ts": "" }, { allowJs: true, checkJs: true })
  afterAll(() => project.remove())

  test("reports a formula's mistake in a real project by its recommended configuration alone", async () => {
    const eslint = new ESLint({ cwd: project.folder, overrideConfigFile: true, overrideConfig: plugin.configs.recommended })
    const [result] = await eslint.lintText(text, { filePath: join(project.folder, "src/a.js") })
    expect(result!.messages).toEqual([
      expect.objectContaining({
        ruleId: "tskeops/formulas",
        line: 4,
        column: 28,
        message: expect.stringContaining("unknown operation `Exq` (did you mean `Exp`?)"),
      }),
    ])
    const [mended] = await eslint.lintText(text.replace("Exq", "Exp"), { filePath: join(project.folder, "src/a.js") })
    expect(mended!.messages).toEqual([])
  })
})
