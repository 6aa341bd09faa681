// A small application that has a formula in each way, and each bundler that builds it with our plugin. Not a test itself.
import { mkdirSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, join } from "node:path"
import { pathToFileURL } from "node:url"
import { createProject, lend, type Project } from "../transformer/project.ts"

/** Formulas of other files, reduced in one that does not name tskeops; a tag, the call form, a gradient, `.with`; a line that throws. */
export const files = {
  "src/variables.ts": `import { Pm, Vi, Vj } from "tskeops"
export const x = Vi("x", 2)
export const y = Vj("y", 2)
export const g = Pm("g", 1)
`,
  "src/formulas.ts": `import { keops } from "tskeops"
import { x, y } from "./variables.ts"
export const distance = keops\`SqDist($<x>, $<y>)\`
`,
  "src/reduce.ts": `import { distance } from "./formulas.ts"
export const nearest = distance.argMin()
`,
  "src/unrelated.ts": `export const total = { sum: (...of: readonly number[]): number => of.reduce((a, b) => Math.max(a, b), 0) }
export const five: number = total.sum(4, 5)
`,
  "src/main.ts": `import { keops } from "tskeops"
import { distance } from "./formulas.ts"
import { nearest } from "./reduce.ts"
import { five } from "./unrelated.ts"
import { g, x, y } from "./variables.ts"

const density = keops\`Exp(-$<g> * \${distance})\`.sum().with({ backend: "wasm" })
const scores = keops(["(", " | ", ")"], x, y).max()
const slope = density.grad("x")
const points = [[0, 0], [1, 2]], samples = [[0, 1], [2, 2]]
async function answer(): Promise<readonly number[][]> {
  const options = { x: points, y: samples }
  const all = [density({ ...options, g: 0.5 }), scores(options), slope({ ...options, g: 0.5, cotangent: [1, 1] }), nearest(options)]
  return (await Promise.all(all)).map(({ data }) => Array.from(data))
}
/* ä */ function fail(): never { const tag = keops\`Exp($<x>)\`.sum(); throw new Error(\`the line\${tag.name}\`) }
if (process.argv.includes("fail")) fail()
void answer().then((numbers) => console.log(JSON.stringify([...numbers, five])))
`,
} as const

const e = Math.exp
/** What the application prints, but for rounding. */
export const expected: readonly (number | readonly number[])[] = [
  [e(-0.5) + e(-4), e(-1) + e(-0.5)],
  [0, 6],
  // The gradient of exp(-g d) is -2 g (x - y) exp(-g d).
  [2 * e(-4), e(-0.5) + 2 * e(-4), -e(-1) + e(-0.5), -e(-1)],
  [0, 1],
  5,
]

/** A project of the application's files, with `others` in their place or beside them. */
export function createApp(others: Readonly<Record<string, string>> = {}): Project {
  const project = createProject({ ...files, ...others }, { rewriteRelativeImportExtensions: true, types: ["node"], lib: ["es2022", "dom"] })
  for (const name of ["typescript", "esbuild", "@types"]) lend(project, name)
  writeFileSync(join(project.folder, "esbuild-loader.cjs"), loader)
  mkdirSync(join(project.folder, "built"))
  return project
}

/** A loader of webpack for TypeScript, as the usual ones are: it composes no maps, the bundler does. */
export const loader = `const { transformSync } = require("esbuild")
module.exports = function (code, map) {
  const inline = map ? "\\n//# sourceMappingURL=data:application/json;base64," + Buffer.from(JSON.stringify(map)).toString("base64") : ""
  const made = transformSync(code + inline, { loader: "ts", sourcemap: "external", sourcefile: this.resourcePath, target: "es2022" })
  this.callback(null, made.code, JSON.parse(made.map))
}
`

export interface Bundled {
  /** The file that was written; its map is beside it. */
  readonly file: string
  /** What the bundler reports as errors, as its users read them. */
  readonly errors: readonly string[]
}

/** An entry of the package, as a project's configuration in CommonJS loads it. */
export function load<Entry>({ folder }: Project, name: string): Entry {
  return createRequire(pathToFileURL(join(folder, "package.json")))(`tskeops/${name}`) as Entry
}

export const outputOf = ({ folder }: Project, bundler: string): string => join(folder, "built", `${basename(bundler)}.mjs`)
export const entryOf = ({ folder }: Project): string => join(folder, "src/main.ts")

/** What an entry exports. */
export type Make<Plugin> = (options?: object) => Plugin
export type Build = (project: Project, options?: object) => Promise<Bundled>
