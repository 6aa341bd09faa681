// Weighted reductions through the transformer: prebuilt, run without a compiler, and rejected with a sentence.
import { afterAll, beforeAll, expect, test } from "vitest"
import { createProject, diagnostics, type Project } from "./project.ts"

let project: Project
let output: string
beforeAll(async () => {
  project = createProject({
    "src/main.ts": `import { genred, keops, Vi, Vj } from "tskeops"
const x = Vi("x", 1), y = Vj("y", 1), b = Vj("b", 2)
const f = keops\`$<x> * $<y>\`
const cpu = { backend: "wasm" } as const
const inputs = { x: [0], y: [1, 2], b: [[1, 2], [3, 6]] }
const show = async (matrix: Promise<{ toArray(): unknown }>) => console.log(JSON.stringify((await matrix).toArray()))
await show(f.sumSoftMaxWeight(b).with(cpu)(inputs))
await show(f.maxSumShiftExp({ weight: keops\`$<b> + 1\` }).with(cpu)(inputs))
await show(f.logSumExp({ weight: b }).with(cpu)({ ...inputs, b: [[1, 0.5], [0, 0.5]] }))
await show(f.product({ over: "i" }).with(cpu)({ x: [2, 3], y: [1, 2] }))
await show(genred("x * y", ["x = Vi(1)", "y = Vj(1)"], { reduction: "SumSoftMaxWeight", weight: "y" }).with(cpu)([0], [1, 2]))
`,
    "src/wrong.ts": `import { keops, Vi, Vj } from "tskeops"
const x = Vi("x", 3), y = Vj("y", 3)
export const mean = keops\`$<x> - $<y>\`.sumSoftMaxWeight(y)
`,
  })
  output = await project.compile()
})
afterAll(() => project?.remove())

test("the transformer reports a vector formula with a weight, at the line of the call only", () => {
  const said = diagnostics(output)
  expect(said.length).toBeGreaterThan(0)
  expect(said.every((line) => line.includes("wrong.ts(3,"))).toBe(true)
  expect(output).toContain("SumSoftMaxWeight shares one maximum among its sums: the formula must have dimension 1, got 3")
})

test("weighted reductions are compiled, and run without a compiler", async () => {
  expect(project.read("out/main.js")).toContain('weight: "b + 1"')
  const lines = (await project.run("out/main.js")).split("\n").filter((line) => line.startsWith("["))
  expect(lines).toEqual(["[[2,4]]", "[[0,6,10]]", "[[0,0]]", "[[6],[24]]", "[[1.5]]"])
})
