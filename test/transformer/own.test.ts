// Operations of a user's own through the transformer: defined in one file, used in another, prebuilt, run without a compiler; mistakes at their place.
import { afterAll, beforeAll, expect, test } from "vitest"
import { createProject, diagnostics, type Project } from "./project.ts"

let project: Project
let output: string
beforeAll(async () => {
  project = createProject({
    "src/own.ts": `import { defineOperation } from "tskeops"
export const Gauss = defineOperation({ name: "Gauss", args: ["f", "g"], shape: "pair", means: "Exp(-SqDist(f, g))" })
export const Cube = defineOperation({ name: "Cube", args: ["f"], shape: "same", scalar: "f * f * f", gradient: { f: "3 * e * f ** 2" } })
`,
    "src/main.ts": `import { keops, Vi, Vj, type Matrix } from "tskeops"
import { Cube, Gauss } from "./own.js"
const x = Vi("x", 1), y = Vj("y", 1)
const f = keops\`$<Cube>($<x> - $<y>) + 0 * $<Gauss>($<x>, $<y>)\`
const one: 1 = f.dim
const cpu = { backend: "wasm" } as const
const inputs = { x: [1, 2], y: [0, 1] }
const show = async (matrix: Promise<Matrix<"i", 1>>) => console.log(JSON.stringify((await matrix).toArray()))
await show(f.sum().with(cpu)(inputs))
await show(f.sum().grad("x").with(cpu)({ ...inputs, cotangent: [1, 1] }))
await show(keops(["", "(", ", ", ") + ", ""], Gauss, x, y, f).max().with(cpu)({ x: [1], y: [1] }))
`,
    "src/wrong.ts": `import { keops, Vi, Vj } from "tskeops"
import { Gauss } from "./own.js"
const x = Vi("x", 3), y = Vj("y", 2)
export const f = keops\`1 + $<Gauss>($<x>, $<y>)\`
export const g = keops\`TraceOperator($<x> ** 2, $<x>) + $<y>\`
export const h = keops\`Laplacian(DiffGradSoftDTW_SqDist($<y>, $<y>, 1, $<y>, $<y>) | $<y>, $<y>)\`
`,
  })
  output = await project.compile()
})
afterAll(() => project?.remove())

test("mistakes of calls, and what the calculus finds, stand at their place in the text", () => {
  const said = diagnostics(output)
  expect(said.map((line) => /wrong\.ts\(\d+,\d+\)/.exec(line)?.[0])).toEqual(["wrong.ts(4,30)", "wrong.ts(5,24)", "wrong.ts(6,24)"])
  expect(output).toContain("in `Gauss(x, y)`: dimensions 3 and 2 differ; they must be equal, or one of them 1")
  expect(output).toContain("in `TraceOperator(x ** 2, x)`: the formula is not linear in `x`")
  expect(output).toContain("`DiffGradSoftDTW_SqDist` has no derivative here")
})

test("the kernels are in the module, and it runs without a compiler", async () => {
  const lines = (await project.run("out/main.js")).split("\n").filter((line) => line.startsWith("["))
  expect(lines).toEqual(["[[1],[9]]", "[[3],[15]]", "[[1]]"])
})
