// `node --import tskeops/node`, as users run it: the built package, a newer Node, TypeScript files as they are written.
import { spawnSync } from "node:child_process"
import { delimiter, dirname } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { nodeFolder } from "../install/folder.ts"
import { createProject, lend } from "../transformer/project.ts"

const formulas = `import { keops, Vi, Vj } from "tskeops"
interface Reason { readonly text: string }
const x = Vi("x", 3), y = Vj("y", 3)
export const distance = keops\`
  SqDist(
    $<x>,
    $<y>
  )\`
export const density = keops\`Exp(-\${distance})\`.sum()
export const fail = (reason: Reason): never => {
  throw new Error(reason.text)
}
`
// It mentions neither the package nor the tag.
const main = `import { density, distance, fail } from "./formulas.ts"
const nearest = distance.argKMin(1)
const inputs = { x: [[0, 0, 0], [1, 2, 3]], y: [[0, 0, 1], [1, 1, 1]] }
const [a, b] = [await density(inputs), await nearest(inputs)]
console.log([...a.data].map((value: number) => value.toFixed(4)).join(" "), b.toArray().flat().join(" "))
if (process.argv[2] === "fail") fail({ text: "on purpose" })
`
const bad = `import { keops, Vi, Vj } from "tskeops"
const x = Vi("x", 3), y = Vj("y", 2)
export const distance = keops\`SqDist($<x>, $<y>)\`.sum()
`
const commonjs = `const { keops, Vi, Vj } = require("tskeops") as typeof import("tskeops")
import type { AnyFormula } from "tskeops"
const x = Vi("x", 3), y = Vj("y", 3)
const distance: AnyFormula = keops(["SqDist(", ", ", ")"], x, y)
console.log(distance.dim)
`
const project = createProject(
  {
    "src/formulas.ts": formulas,
    "src/main.ts": main,
    "src/bad.ts": bad,
    "src/old.cts": commonjs,
  },
  { allowImportingTsExtensions: true, noEmit: true, declaration: false, types: ["node"], allowJs: true },
)
lend(project, "typescript")
lend(project, "@types")
afterAll(() => project.remove())

function run(node: string, ...args: readonly string[]) {
  const env = { ...process.env, PATH: `${node}${delimiter}${process.env.PATH}`, NODE_OPTIONS: "" }
  const { status, stdout, stderr } = spawnSync(args[0]!, args.slice(1), { cwd: project.folder, encoding: "utf8", env })
  return { status, stdout, stderr }
}
const printed = "0.4177 0.0069 0 1\n"

// A chain of requires through hooks ends in an error of Node 22 itself where one of them is an ES module, as tskeops is.
describe.each([
  [24, ["src/main.ts", "src/old.cts"]],
  [22, ["src/main.ts"]],
] as const)("Node %i", (major, paths) => {
  const node = (...args: readonly string[]) => run(nodeFolder(major), "node", "--import", "tskeops/node", ...args)
  test.each(paths)("compiles %s", (path) => {
    expect(node(path)).toMatchObject({ status: 0, stdout: path === "src/main.ts" ? printed : "1\n", stderr: "" })
  })
  test("shows the lines of errors that were written, below a tag of several lines", () => {
    const { status, stdout, stderr } = node("src/main.ts", "fail")
    expect([status, stdout]).toEqual([1, printed])
    expect(stderr).toMatch(/formulas\.ts:11\n {2}throw new Error\(reason\.text\)\n/)
    expect(stderr).toMatch(/at fail \(.*\/src\/formulas\.ts:11:9\)\n/)
    expect(stderr).toMatch(/at .*\/src\/main\.ts:6:/)
  })
  test("stops at a mistake, with its line", () => {
    const { status, stderr } = node("src/bad.ts")
    expect(status).toBe(1)
    expect(stderr).toContain(
      "SyntaxError: src/bad.ts:3:31: in `SqDist(x, y)`: dimensions 3 and 2 differ; they must be equal, or one of them 1\n" +
        "  see https://github.com/tskeops/tskeops/blob/main/docs/troubleshooting.md#differ\n" +
        "3 | export const distance = keops`SqDist($<x>, $<y>)`.sum()\n" +
        "  |                               ^^^^^^^^^^^^^^^^^^\n",
    )
    expect(stderr).toMatch(/^ {4}at .*src\/bad\.ts:3:31$/m)
  })
})

test("an older Node is told what to do", () => {
  const { status, stderr } = run(dirname(process.execPath), "node", "--import", "tskeops/node", "src/main.ts")
  expect(status).toBe(1)
  expect(stderr).toMatch(/needs Node 22\.15 or later .*, and this is v20\..*: use a newer Node; .*"tskeops build".*"tskeops\/jit"/)
})

test("tsx compiles formulas with it", () => {
  const tsx = ["npx", "-y", "-p", "tsx@4", "--", "tsx", "--import", "tskeops/node"]
  expect(run(nodeFolder(24), ...tsx, "src/main.ts")).toMatchObject({ status: 0, stdout: printed })
})
