// Gradients compiled by tspc: the module contains the kernels, and runs without a compiler.
import { afterAll, beforeAll, expect, test } from "vitest"
import { createProject, diagnostics, type Project } from "./project.ts"

const main = `import { genericArgMin, genericSum, keops, Pm, Vi, Vj } from "tskeops"
const x = Vi("x", 1), y = Vj("y", 1), g = Pm("g", 1)
const sum = keops\`Exp(-$<g> * Square($<x> - $<y>))\`.sum()
const gx = sum.grad("x")
const gxy = gx.grad("y")
const gg = sum.grad("g")
const soft = keops\`-$<g> * Square($<x> - $<y>)\`.logSumExp()
const sx = soft.grad("x"), sy = soft.grad("y")
const hessian = sx.grad("x"), mixed = gg.grad("x").grad("cotangent")
const nearest = keops\`Square($<x> - $<y>)\`.kMin(2).grad("y")
const conv = genericSum("x * y", "a = Vi(1)", "x = Vi(1)", "y = Vj(1)").grad("y")
const all = soft.valueAndGrad(["y", "x", "g"]).with({ backend: "wasm" })
const inputs = { x: [0, 1], y: [1, 2, 4], g: [0.5] }
const rows = async (matrix: Promise<{ toArray(): number[][] }>) => (await matrix).toArray().flat()
const { value, gradients } = await all({ ...inputs, cotangent: [1, 2] })
console.log(JSON.stringify({
  gx: await rows(gx({ ...inputs, cotangent: [1, 2] })),
  gxy: await rows(gxy({ ...inputs, cotangent: [1, 2], cotangent2: [1, -1] })),
  gg: await rows(gg({ ...inputs, cotangent: [1, 2] })),
  sx: await rows(sx({ ...inputs, cotangent: [1, 2] })),
  sy: await rows(sy({ ...inputs, cotangent: [1, 2] })),
  hessian: await rows(hessian({ ...inputs, cotangent: [1, 2], cotangent2: [3, 5] })),
  mixed: await rows(mixed({ ...inputs, cotangent: [1, 2], cotangent2: [3], cotangent3: [1, -1] })),
  nearest: await rows(nearest({ x: inputs.x, y: inputs.y, cotangent: [1, 10, 100, 1000] })),
  conv: await rows(conv(inputs.x, inputs.y, [3, 5])),
  value: value.toArray().flat(),
  x: gradients.x.toArray().flat(), y: gradients.y.toArray().flat(), g: gradients.g.toArray().flat(),
}))
export { genericArgMin }
`
const wrong = `import { genericArgMin, keops, Vi, Vj } from "tskeops"
const f = keops(["SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).sum()
export const a = f.grad("X")
export const b = genericArgMin("SqDist(x, y)", "a = Vi(1)", "x = Vi(3)", "y = Vj(3)").grad("x")
export const c = (name: "x" | "y") => f.grad(name)
export const e = keops(["", " * ", ""], Vi("x", 1), Vj("y", 1)).product().grad("x").grad("x")
export const d = (name: string) => f.valueAndGrad([name])
`

let project: Project
beforeAll(() => {
  project = createProject({ "src/main.ts": main })
})
afterAll(() => project?.remove())

test("the transformer compiles gradients, which run without a compiler", async () => {
  expect(diagnostics(await project.compile())).toEqual([])
  const written = project.read("out/main.js")
  expect(written).toMatch(/gx = .*\.grad\("x", __tskeops_\w+\)/)
  expect(written).toMatch(/soft\.valueAndGrad\(\["y", "x", "g"\], __tskeops_\w+\)/)
  const found = JSON.parse(await project.run("out/main.js")) as Record<string, number[]>
  const [x, y, g, e] = [[0, 1], [1, 2, 4], 0.5, [1, 2]]
  const pairs = <T>(make: (a: number, b: number, i: number) => T) => x.map((a, i) => y.map((b) => make(a, b, i)))
  const overRows = (table: number[][]) => table.map((row) => row.reduce((s, v) => s + v, 0))
  const overColumns = (table: number[][]) => y.map((_, j) => table.reduce((s, row) => s + row[j]!, 0))
  const k = (a: number, b: number) => Math.exp(-g * (a - b) ** 2)
  const close = (name: string, expected: number[]) => {
    expect(found[name], name).toHaveLength(expected.length)
    for (const [n, value] of expected.entries()) expect(found[name]![n], name).toBeCloseTo(value, 5)
  }
  close("gx", overRows(pairs((a, b, i) => e[i]! * -2 * g * (a - b) * k(a, b))))
  close("gxy", overColumns(pairs((a, b, i) => [1, -1][i]! * e[i]! * (2 * g - 4 * g * g * (a - b) ** 2) * k(a, b))))
  close("gg", [overRows(pairs((a, b, i) => -e[i]! * (a - b) ** 2 * k(a, b))).reduce((s, v) => s + v, 0)])
  const sums = overRows(pairs(k))
  const sx = overRows(pairs((a, b, i) => (e[i]! * -2 * g * (a - b) * k(a, b)) / sums[i]!))
  const sy = overColumns(pairs((a, b, i) => (e[i]! * 2 * g * (a - b) * k(a, b)) / sums[i]!))
  close("sx", sx)
  close("sy", sy)
  close("x", sx)
  close("y", sy)
  close("g", [overRows(pairs((a, b, i) => (-e[i]! * (a - b) ** 2 * k(a, b)) / sums[i]!)).reduce((s, v) => s + v, 0)])
  close("value", sums.map(Math.log))
  // d/dx of 3 times the gradient in g, in the direction (1, -1), by cotangent
  close("mixed", overRows(pairs((a, b, i) => [3, -3][i]! * (-2 * (a - b) + 2 * g * (a - b) ** 3) * k(a, b))))
  // of -g (a - b)^2: the weighted mean of its second derivative, and the variance of its first
  const weights = pairs((a, b, i) => k(a, b) / sums[i]!)
  const mean = weights.map((row, i) => row.reduce((s, w, j) => s - 2 * g * (x[i]! - y[j]!) * w, 0))
  const square = weights.map((row, i) => row.reduce((s, w, j) => s + 4 * g * g * (x[i]! - y[j]!) ** 2 * w, 0))
  close(
    "hessian",
    x.map((_, i) => e[i]! * [3, 5][i]! * (-2 * g + square[i]! - mean[i]! ** 2)),
  )
  close("nearest", [2, 2040, 0])
  close("conv", [5, 5, 5])
})

test("the transformer reports invalid gradients at their position", async () => {
  project.write("src/main.ts", wrong)
  const found = diagnostics(await project.compile("-p", ".", "--noEmit"))
  expect(found.map((one) => one.replace(/\s+/g, " "))).toEqual([
    expect.stringMatching(/^src\/main\.ts\(3,25\): the formula has no variable `X`; did you mean `x`\?/),
    expect.stringMatching(/^src\/main\.ts\(4,92\): ArgMin has no gradient/),
    expect.stringMatching(/^src\/main\.ts\(5,41\): .* is not known while building, so that no kernel can be compiled/),
    expect.stringMatching(/^src\/main\.ts\(6,90\): second derivatives of Product are not supported/),
    expect.stringMatching(/^src\/main\.ts\(7,38\): the variable with respect to which the gradient is taken is not known while building/),
  ])
})
