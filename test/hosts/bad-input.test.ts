// Odd programs through the in-process host: what stops a build, how many artifacts there are, and that what is written parses.
import { readFileSync } from "node:fs"
import ts from "typescript"
import { afterAll, describe, expect, test } from "vitest"
import { createInProcessHost } from "../../tools/hosts/in-process.ts"
import { compileModule } from "../../tools/module/compile-module.ts"
import { createProject } from "../transformer/project.ts"
import { odd } from "./bad-input.ts"

const folderOf = (n: number) => `src/odd${n}`
const files = odd.flatMap(({ file = "a.ts", text, others = {} }, n) =>
  Object.entries({ [file]: text, ...others }).map(([name, content]) => [`${folderOf(n)}/${name}`, content] as const),
)
const project = createProject(Object.fromEntries(files), { allowJs: true, jsx: "preserve" })
const host = createInProcessHost({ ts, project: project.folder })
afterAll(() => {
  host.dispose()
  project.remove()
})

describe("odd input", () => {
  test.each(odd.map((one, n) => ({ ...one, n })))("$name", ({ file = "a.ts", text, artifacts, stops, n }) => {
    const path = `${project.folder}/${folderOf(n)}/${file}`
    const plan = host.plan(path)!
    const said = plan.problems.map(({ line, column, message }) => `${line},${column}: ${message}`)
    expect(said.map((one, at) => one.slice(0, stops[at]?.length))).toEqual(stops)
    expect(plan.calls.filter(({ extra }) => extra && "artifact" in extra).length).toBe(artifacts)
    const { code = text } = compileModule(readFileSync(path, "utf8"), plan, { file }) ?? {}
    const wrong = (source: string) =>
      (ts.createSourceFile(file, source, ts.ScriptTarget.Latest) as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics.length
    expect(wrong(code)).toBe(wrong(text))
    expect(code.match(/__tskeops_[0-9a-f]{10} = /g)?.length ?? 0).toBe(artifacts)
  })
})
