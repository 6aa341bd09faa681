// TypeScript 7 against 5.9 with ts-patch: the same artifacts, and the same sentences at the same columns.
import { readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Host, Problem } from "../../tools/hosts/host.ts"
import { createTypeScript7Host } from "../../tools/hosts/typescript-7.ts"
import { nameOf, PREFIX } from "../../transformer/artifact-name.ts"
import { createProject, diagnostics, type Project, root } from "../transformer/project.ts"
import { right, wrong } from "./programs.ts"

const typescript = join(root, "node_modules/typescript-7/package.json")

interface Opened {
  readonly project: Project
  readonly host: Host
  /** What tspc printed, and what the host says, in one form. */
  readonly printed: readonly string[]
  said(file?: string): readonly string[]
}

async function open(files: Readonly<Record<string, string>>): Promise<Opened> {
  const project = createProject(files)
  const host = createTypeScript7Host({ project: project.folder, typescript })
  const asPrinted = ({ file, line, column, message }: Problem) =>
    `${relative(project.folder, file)}(${line},${column}): ${message.split("\n")[0]}`
  const said = (file?: string) =>
    host
      .problems(file && join(project.folder, file))
      .map(asPrinted)
      .sort()
  return { project, host, said, printed: [...diagnostics(await project.compile())].sort() }
}

function close(opened: Opened | undefined): void {
  opened?.host.dispose()
  opened?.project.remove()
}

describe("what can be opened", () => {
  const project = createProject({
    "src/own.ts": right["src/own.ts"],
    "src/vars.ts": right["src/vars.ts"],
    "src/tags.ts": right["src/tags.ts"],
  })
  afterAll(() => project.remove())

  test("a folder without a tsconfig.json, of JavaScript too", () => {
    project.write("plain/vars.js", 'import { Vi } from "tskeops"\nexport const x = Vi("x", 3)\n')
    project.write(
      "plain/main.js",
      'import { keops } from "tskeops"\nimport { x } from "./vars.js"\nexport const f = keops`Exp($<x>)`.sum({ over: "i" })\n',
    )
    const host = createTypeScript7Host({ project: join(project.folder, "plain"), typescript })
    const { calls, tags } = host.plan(join(project.folder, "plain/main.js"))!
    expect(calls.map(({ extra }) => extra && Object.keys(extra))).toEqual([["artifact"], ["formula"]])
    expect(tags.map(({ pieces }) => pieces)).toEqual([["Exp(", ")"]])
    expect(host.plan(join(project.folder, "plain/none.js"))).toBeUndefined()
    host.dispose()
  })

  test("a project that is not there gets one sentence", () => {
    const open = () => createTypeScript7Host({ project: join(project.folder, "none.json"), typescript }).files()
    expect(open).toThrow(/^TypeScript cannot open the project .*none\.json; give the path of a tsconfig\.json, or of its folder$/)
  })

  test("a TypeScript without an API gets one sentence", () => {
    const open = () => createTypeScript7Host({ project: project.folder, typescript: join(root, "node_modules/typescript/package.json") })
    expect(open).toThrow(/^TypeScript 5\.9\.3 has no API that tskeops can ask/)
  })
})

describe("a project without mistakes", () => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open(right)
  })
  afterAll(() => close(opened))

  test("has no problems", () => {
    expect(opened.printed).toEqual([])
    expect(opened.said()).toEqual([])
  })

  test.each(Object.keys(right))("%s has the artifacts that tspc writes", (path) => {
    const { host, project } = opened
    const written = project.read(path.replace("src/", "out/").replace(".ts", ".js"))
    const { calls, tags } = host.plan(join(project.folder, path))!
    const made = calls.flatMap(({ extra }) => (extra && "artifact" in extra ? [nameOf(extra.artifact)] : []))
    const expected = written.match(new RegExp(`^const ${PREFIX}\\w+`, "gm")) ?? []
    expect([...new Set(made)].sort()).toEqual(expected.map((one) => one.slice("const ".length)).sort())
    expect(made.length).toBe((written.match(new RegExp(`[(,] ?${PREFIX}\\w+`, "g")) ?? []).length)
    const formulas = calls.filter(({ extra }) => extra && "formula" in extra)
    expect(formulas.length).toBe((written.match(/\{ tskeops: \d+, dim: \d+ \}/g) ?? []).length)
    expect(calls.filter(({ isPure }) => isPure).length).toBe((written.match(/@__PURE__/g) ?? []).length)
    expect(tags.length).toBe(path === "src/tags.ts" ? 6 : /names|windows|letters/.test(path) ? 1 : 0)
  })

  test("lists its files, and what they import", () => {
    const { host, project } = opened
    const here = (files: readonly string[]) => files.map((file) => relative(project.folder, file)).sort()
    expect(here(host.files())).toEqual(Object.keys(right).sort())
    expect(here(host.imports(join(project.folder, "src/names.ts")))).toEqual(["src/again.ts", "src/vars.ts"])
  })
})

describe("a project with mistakes", () => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open(wrong)
  })
  afterAll(() => close(opened))

  test("has the sentences that tspc prints, at their columns", () => {
    expect(opened.printed.length).toBeGreaterThan(30)
    expect(opened.said()).toEqual(opened.printed)
  })

  test.each(Object.keys(wrong))("%s has its sentences when it is asked alone", (path) => {
    expect(opened.said(path)).toEqual(opened.printed.filter((one) => one.startsWith(`${path}(`)))
  })

  test("gets another text, and its own again", () => {
    const { host, project, said } = opened
    const path = "src/letters.ts"
    const file = join(project.folder, path)
    const before = said(path)
    host.changed(file, readFileSync(file, "utf8").replaceAll("Exq", "Exp"))
    expect(said(path)).toEqual(before.filter((one) => !one.includes("`Exq`")))
    host.changed(file)
    expect(said(path)).toEqual(before)
    // A variable that another file declares.
    host.changed(join(project.folder, "src/vars.ts"), wrong["src/vars.ts"].replace('Vj("b", 2)', 'Vj("b", 3)'))
    expect(said("src/call.ts").length).toBe(opened.printed.filter((one) => one.startsWith("src/call.ts")).length - 1)
    host.changed(join(project.folder, "src/vars.ts"))
    expect(said()).toEqual(opened.printed)
  })
})
