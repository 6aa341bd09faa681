// User-defined operations through the transformer: defined in one file, used in another, prebuilt, run without a compiler; mistakes at their position.
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
    "src/bell.ts": `import { defineOperation } from "tskeops"
import { Cube, Gauss } from "./own.js"
const Half = defineOperation({ name: "Half", args: ["f"], shape: "same", means: "f / 2" })
export const Bell = defineOperation({ name: "Bell", args: ["f", "g"], shape: "pair", uses: [Gauss, Half, Cube], means: "Cube(Half(Gauss(f, g)))" })
`,
    "src/main.ts": `import { genericSum, genred, keops, Vi, Vj, type Matrix } from "tskeops"
import { Bell } from "./bell.js"
import { Cube, Gauss } from "./own.js"
const x = Vi("x", 1), y = Vj("y", 1)
const f = keops\`$<Cube>($<x> - $<y>) + 0 * $<Gauss>($<x>, $<y>)\`
const one: 1 = f.dim
const cpu = { backend: "wasm" } as const
const inputs = { x: [1, 2], y: [0, 1] }
const show = async (matrix: Promise<Matrix<"i" | "j", 1>>) => {
  console.log(JSON.stringify((await matrix).toArray().map((row) => row.map((value) => Number(value.toFixed(4)) + 0))))
}
await show(f.sum().with(cpu)(inputs))
await show(f.sum().grad("x").with(cpu)({ ...inputs, cotangent: [1, 1] }))
await show(keops(["", "(", ", ", ") + ", ""], Gauss, x, y, f).max().with(cpu)({ x: [1], y: [1] }))
const bell = keops\`$<Bell>($<x>, $<y>) + $<Bell>($<x>, $<x>)\`
await show(bell.sum().with(cpu)({ x: [1], y: [1] }))
const sums = genericSum("Bell(x, y) + Bell(x, x)", "a = Vi(1)", "x = Vi(1)", Bell, "y = Vj(1)")
await show(sums.with(cpu)([1], [1]))
await show(sums.grad("x").with(cpu)([1], [2], [1]))
await show(genred("Cube(x - y)", ["x = Vi(0, 1)", Cube, "y = Vj(1, 1)"], { reduction: "Max" }).with(cpu)([1, 2], [0]))
await show(bell.sum().grad("y").with(cpu)({ x: [1], y: [1], cotangent: [1] }))
`,
    "src/misspelt.ts": `import { defineOperation } from "tskeops"
import { Gauss } from "./own.js"
export const A = defineOperation({ name: "A", args: ["f"], shape: "scalar", uses: [Gauss], means: "Gaus(f, f)" })
export const B = defineOperation({
  name: "B",
  args: ["f"],
  shape: "same",
  scalar: "f",
  gradient: { f: "e * F" },
})
`,
    "src/wrong.ts": `import { genericSum, genred, keops, Vi, Vj } from "tskeops"
import { Gauss } from "./own.js"
const x = Vi("x", 3), y = Vj("y", 2)
export const f = keops\`1 + $<Gauss>($<x>, $<y>)\`
export const g = keops\`TraceOperator($<x> ** 2, $<x>) + $<y>\`
export const i = genericSum("Gauss(x, y)", "a = Vi(1)", Gauss, "x = Vi(3)", "y = Vj(2)")
export const j = genred("Gauss(x, y, x)", ["x = Vi(3)", "y = Vj(3)", Gauss], { reduction: "Sum" })
export const h = keops\`Laplacian(DiffGradSoftDTW_SqDist($<y>, $<y>, 1, $<y>, $<y>) | $<y>, $<y>)\`
`,
  })
  output = await project.compile()
})
afterAll(() => project?.remove())

test("the transformer reports mistakes in calls of user-defined operations at their position", () => {
  const said = diagnostics(output)
  const places = said.map((line) => /\w+\.ts\(\d+,\d+\)/.exec(line)?.[0])
  expect(places.filter((place) => place?.startsWith("misspelt"))).toEqual(["misspelt.ts(3,92)", "misspelt.ts(9,15)"])
  expect(output).toContain("(3,92): error TS2322: in the definition of `A`: unknown operation `Gaus` (did you mean `Gauss`?)")
  expect(output).toContain("(9,15): error TS2322: in the definition of `B`: unknown variable `F`; did you mean `f`?")
  expect(places.filter((place) => !place?.startsWith("misspelt"))).toEqual([
    "wrong.ts(4,30)",
    "wrong.ts(5,24)",
    "wrong.ts(6,30)",
    "wrong.ts(7,26)",
    "wrong.ts(8,24)",
  ])
  expect(output).toContain("in `Gauss(x, y)`: dimensions 3 and 2 differ; they must be equal, or one of them 1")
  expect(output).toContain("in `TraceOperator(x ** 2, x)`: the formula is not linear in `x`")
  expect(output).toContain("Gauss takes (f, g), got 3 arguments")
  expect(output).toContain("`DiffGradSoftDTW_SqDist` has no derivative here")
})

test("a declaration file contains the definitions of operations", () => {
  expect(project.read("out/bell.d.ts")).toContain(
    'Bell: import("tskeops").OwnOperation<"Bell", "operation Gauss(f, g): pair; means Exp(-SqDist(f, g))"',
  )
})

test("user-defined operations are compiled, and run without a compiler", async () => {
  const lines = (await project.run("out/main.js")).split("\n").filter((line) => line.startsWith("["))
  expect(lines).toEqual(["[[1],[9]]", "[[3],[15]]", "[[1]]", "[[0.25]]", "[[0.25]]", "[[0.0373]]", "[[1],[8]]", "[[0]]"])
})
