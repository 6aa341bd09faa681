// The host for TypeScript 5.9 and 6, with the virtual texts of tags, beside tspc on the same project.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"
import typescript6 from "typescript-6"
import { afterAll, describe, expect, test } from "vitest"
import type { Host } from "../../tools/hosts/host.ts"
import { createInProcessHost } from "../../tools/hosts/in-process.ts"
import { compileModule } from "../../tools/module/compile-module.ts"
import { createProject } from "../transformer/project.ts"

const points = `import { keops as k, Vi } from "tskeops"
import * as all from "tskeops"
export const x = Vi("x", 3)
export const y = all.Vj("y", 3)
/** A formula for other files. */
export const distance = k\`SqDist($<x>, $<y>)\`
export const tag = k
`
const right = `import { Pm } from "tskeops"
import * as ns from "tskeops"
import { distance, x, y } from "./points.js"
const g = Pm("g", 1), self = { x }
export const density = ns.keops\`Exp(-$<g> * \${distance})\`.sum()
export const nearest = distance.argKMin(3,)
export const gradient = density.grad("x")
export const nested = ns.keops\`2 * \${ns.keops\`Exp(-SqDist($<self.x>, $< y >))\`} + \\$<g>\`.logSumExp({ over: "i" })
export const declared = ns.keops\`Exp(-SqNorm2($<a:Vi(3)> - $<b:Vj(3)>))\`.sum()
`
const wrong = `import { keops, Pm, Vi, Vj } from "tskeops"
import { distance } from "./points.js"
const x = Vi("x", 3), y = Vj("y", 2), sigma = 2 as number
export const unknown = keops\`Exq($<x>)\`.sum()
export const dims = keops\`
  SqDist($<x>, $<y>)\`.sum()
export const term = keops\`Exp(\${sigma} * $<x>)\`.sum()
export const k = distance.argKMin(0)
export const weight = keops\`Norm2($<x>)\`.sumSoftMaxWeight(keops\`$<nobody>\`)
`
const files = { "src/points.ts": points, "src/right.ts": right, "src/wrong.ts": wrong }
const names = (text: string) => [...new Set(text.match(/__tskeops_[0-9a-f]{10}/g))].sort()
const lineOf = (folder: string, host: Host) =>
  host
    .problems()
    .map(
      ({ file, line, column, code, message }) =>
        `${file.slice(folder.length + 1)}(${line},${column}): error TS${code}: ${message.split("\n")[0]}`,
    )

describe.each([
  ["5.9", ts],
  ["6", typescript6 as unknown as typeof ts],
])("the host for TypeScript %s", (_version, compiler) => {
  const project = createProject(files, { noUnusedLocals: true })
  afterAll(() => project.remove())

  test("gives the same sentences at the same columns, and the same artifacts, as tspc", async () => {
    const host = createInProcessHost({ ts: compiler, project: project.folder })
    const printed = (await project.compile()).trim().split("\n")
    expect(lineOf(project.folder, host).sort()).toEqual(printed.filter((line) => /error TS/.test(line)).sort())
    for (const file of host.files()) {
      const name = file.slice(file.lastIndexOf("/") + 1)
      const { code = "" } = compileModule(readFileSync(file, "utf8"), host.plan(file)!, { file }) ?? {}
      expect([name, names(code)]).toEqual([name, names(project.read(`out/${name.replace(/\.ts$/, ".js")}`))])
    }
    host.dispose()
  })

  test("follows what changes", () => {
    const host = createInProcessHost({ ts: compiler, project: project.folder })
    const [file, dependent] = ["points", "right"].map((name) => join(project.folder, `src/${name}.ts`)) as [string, string]
    const before = host.plan(dependent)!
    expect(host.imports(dependent)).toEqual([file])
    host.changed(file, points.replaceAll("3)", "2)"))
    const after = host.plan(dependent)!
    const dims = (plan: typeof before) => JSON.stringify(plan.calls.map(({ extra }) => extra)).match(/"name":"x","category":"Vi","dim":\d/g)
    expect(new Set(dims(before))).toEqual(new Set(['"name":"x","category":"Vi","dim":3']))
    expect(new Set(dims(after))).toEqual(new Set(['"name":"x","category":"Vi","dim":2']))
    host.changed(file)
    expect(host.plan(dependent)).toEqual(before)
    project.write("src/late.ts", 'import { distance } from "./points.js"\nexport const late = distance.min()\n')
    const late = join(project.folder, "src/late.ts")
    host.changed(late)
    expect(host.plan(late)!.calls.filter(({ extra }) => extra).length).toBe(1)
    // A name that another file passes on becomes the tag.
    const user = join(project.folder, "src/user.ts")
    project.write("src/user.ts", 'import { tag, x } from "./points.js"\nexport const sum = tag`Exp($<x>)`.sum()\n')
    host.changed(user)
    expect(host.plan(user)!.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the tag `tag` is another name for keops/),
    ])
    host.changed(file, points.replace("export const tag = k", 'export { keops as tag } from "tskeops"'))
    expect(host.plan(user)!).toMatchObject({ problems: [], tags: [{ pieces: ["Exp(", ")"] }] })
    host.dispose()
  })
})
