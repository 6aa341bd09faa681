// What a build cannot compile: dimensions that are not literals; and shaders that are validated.
import { afterEach, expect, test } from "vitest"
import { createProject, diagnostics, lend, type Project, plugin } from "./project.ts"

const loose = `import { keops, Vi, Vj } from "tskeops"
export function nearest(d: number) {
  const x = Vi("x", d), y = Vj("y", 3)
  return keops\`SqDist($<x>, $<y>)\`.argMin()
}
export function made(text: string) {
  return keops(text).sum()
}
export function many(k: number) {
  return keops(["SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).kMin(k)
}
const one = keops\`SqDist(\${Vi("x", 3)}, \${Vj("y", 3)})\`, other = keops\`\${Vi("x", 3)} | \${Vj("y", 3)}\`
export function either(flag: boolean) {
  return (flag ? one : other).sum()
}
export function taken(flag: boolean) {
  const { sum } = flag ? one : other
  return sum()
}
`

let project: Project
afterEach(() => project?.remove())

test("the transformer reports arguments that are not literals, with the remedy", async () => {
  project = createProject({ "src/main.ts": loose })
  const found = diagnostics(await project.compile())
  expect(found).toHaveLength(5)
  expect(found[0]).toMatch(/^src\/main\.ts\(4,36\): the dimension of x is not known while building.*import "tskeops\/jit"/)
  expect(found[1]).toMatch(/^src\/main\.ts\(7,22\): the text of the formula is not known while building/)
  expect(found[2]).toMatch(/^src\/main\.ts\(10,64\): the number K of entries is not known while building/)
  expect(found[3]).toMatch(/^src\/main\.ts\(14,31\): one of several formulas is reduced here/)
  expect(found[4]).toMatch(/^src\/main\.ts\(18,10\): one of several formulas is reduced here/)
})

test("the transformer leaves such arguments to a program that imports the jit", async () => {
  project = createProject({ "src/main.ts": loose, "src/jit.ts": `import "tskeops/jit"\n` })
  expect(diagnostics(await project.compile())).toEqual([])
  expect(project.read("out/main.js")).not.toContain("__tskeops_")
})

test("the transformer compiles and checks formulas that are too long for the types, and reports those that exceed a kernel's limits at the call", async () => {
  const sum = (terms: number, last: string) => `${"x * y + ".repeat(terms)}${last}`
  const call = (formula: string) => `genericSum("${formula}", "a = Vi(1)", "x = Vi(1)", "y = Vj(1)")\n`
  const derivatives = `${"Grad(".repeat(40)}Exp(x * y) * Sin(x) * x${", x, 1)".repeat(40)}`
  project = createProject({
    "src/main.ts": `import { genericSum, genericArgKMin } from "tskeops"
export const right = ${call(sum(400, "y"))}export const wrong = ${call(sum(400, "z"))}export const huge = ${call(derivatives)}export const wide = genericSum("Sum(SumT(x, 4294967301))", "a = Vi(1)", "x = Vi(1)")
export const work = genericSum("SoftDTW_SqDist(x, y, 1)", "a = Vi(1)", "x = Vi(90000)", "y = Vj(90000)")
export const many = genericArgKMin("SumT(x * y, 300)", "a = Vi(65536)", "x = Vi(1)", "y = Vj(1)")
`,
  })
  const found = diagnostics(await project.compile())
  expect(found[0]).toMatch(/^src\/main\.ts\(3,\d+\): unknown variable `z`/)
  expect(found[1]).toMatch(/^src\/main\.ts\(4,\d+\): .*the formula grows beyond 20000 operations/)
  expect(found[2]).toMatch(/^src\/main\.ts\(5,\d+\): in `SumT\(x, 4294967301\)`: the result has more than 16777216 components/)
  expect(found[3]).toMatch(/^src\/main\.ts\(6,21\): .* cannot be compiled: the formula needs \d+ operations for one pair/)
  expect(found[4]).toMatch(/^src\/main\.ts\(7,21\): .* cannot be compiled: K = 65536 entries of 300 numbers/)
  expect(found).toHaveLength(5)
})

test("the transformer reports nothing in a file that says @ts-nocheck, and mistakes of formulas in all JavaScript", async () => {
  const wrong = `import { keops, Vi } from "tskeops"\nexport const bad = keops\`Exq(\${Vi("x", 3)})\`\n`
  project = createProject(
    { "src/main.ts": `// @ts-nocheck\n${wrong}`, "src/plain.js": wrong, "src/checked.js": `// @ts-check\n${wrong}` },
    { allowJs: true },
  )
  const found = diagnostics(await project.compile())
  expect([...found].sort()).toEqual([
    expect.stringMatching(/^src\/checked\.js\(3,26\): unknown operation `Exq`/),
    // Its call would throw when it runs.
    expect.stringMatching(/^src\/plain\.js\(2,26\): unknown operation `Exq`/),
  ])
})

test("the transformer rejects a plugin entry without transformProgram, and prints the right one", async () => {
  project = createProject({ "src/main.ts": "export {}" }, { plugins: [{ transform: plugin.transform }] })
  expect(await project.compile()).toContain('its line in tsconfig.json is { "transform": "tskeops/transformer", "transformProgram": true }')
})

const shader = `import { keops, Vi, Vj } from "tskeops"
const x = Vi("x", 3), y = Vj("y", 3)
export const density = keops\`Exp(-SqDist($<x>, $<y>))\`.sum()
`
const validating = { plugins: [{ ...plugin, validate: true }] }

test("validate: without the package the diagnostic explains once how to install it", async () => {
  project = createProject({ "src/main.ts": `${shader}export const log = keops\`SqDist($<x>, $<y>)\`.logSumExp()\n` }, validating)
  const found = diagnostics(await project.compile())
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^src\/main\.ts\(3,24\): shaders cannot be validated: .*npm install --save-dev webgpu/)
})

test("validate: a valid shader passes, an invalid one is reported at its call", async () => {
  project = createProject({ "src/main.ts": shader }, validating)
  lend(project, "webgpu")
  expect(diagnostics(await project.compile())).toEqual([])

  // A compiler that writes a wrong shader: the one way to see one here.
  const path = "node_modules/tskeops/dist/transformer/index.cjs"
  const broken = project.read(path).replace(/fn reduce\(/g, "fn reduce(oops ")
  expect(broken).not.toBe(project.read(path))
  project.write(path, broken)
  const found = diagnostics(await project.compile())
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^src\/main\.ts\(3,24\): the shader of `Exp\(-SqDist\(x, y\)\)` is refused by WebGPU's compiler: .*\(\d+:\d+\)/)
})
