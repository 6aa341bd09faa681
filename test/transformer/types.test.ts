// The types of the tag through tspc: what the call form infers, the tag infers.
import { afterAll, beforeAll, expect, test } from "vitest"
import { createProject, diagnostics, type Project } from "./project.ts"

const right = `import { keops, type Matrix, Pm, Vi, Vj } from "tskeops"

type Same<a, b> = (<t>() => t extends a ? 1 : 2) extends <t>() => t extends b ? 1 : 2 ? true : false
function same<a, b>(..._proof: Same<a, b> extends true ? [] : [expected: b]): void {}
type Result<r extends (...inputs: never) => unknown> = Awaited<ReturnType<r>>

const x = Vi("x", 3), y = Vj("y", 3), w = Vj("w", 10), g = Pm("g", 1)

const kernel = keops\`Exp(-$<g> * SqNorm2(\${x} - $<y>))\`
same<typeof kernel.dim, 1>()
same<typeof kernel.category, "ij">()
const rows = keops\`Concat($<x>, \${2} * $<x>)\`
same<typeof rows.dim, 6>()
same<typeof rows.category, "i">()
const product = keops\`\${kernel} * $<w>\`
same<typeof product.dim, 10>()
const inside = keops\`$<p:Vi(4)> | $<q:Vj(4)>\`
same<typeof inside.dim, 1>()
const call = keops(["Exp(-", " * SqNorm2(", " - ", "))"], g, x, y)
same<typeof kernel, typeof call>()

const density = kernel.sum()
same<Result<typeof density>, Matrix<"i", 1>>()
const over = product.sum({ over: "i" })
same<Result<typeof over>, Matrix<"j", 10>>()
const nearest = keops\`SqDist($<x>, $<y>)\`.argKMin(5)
same<Result<typeof nearest>, Matrix<"i", 5, Int32Array>>()
const pair = keops\`SqDist($<x>, $<y>)\`.minArgMin()
same<Result<typeof pair>["indices"], Matrix<"i", 1, Int32Array>>()

export async function run(points: Float32Array) {
  await density({ x: points, y: points, g: [1] })
  // @ts-expect-error g is missing
  await density({ x: points, y: points })
  // @ts-expect-error z is not a variable of the formula
  await density({ x: points, y: points, g: [1], z: points })
  // @ts-expect-error a matrix of the wrong dimension
  await density({ x: await over({ x: points, y: points, g: [1], w: points }), y: points, g: [1] })
}
`

let project: Project
beforeAll(() => {
  project = createProject({ "src/right.ts": right })
})
afterAll(() => project?.remove())

test("the tag has exact types: dimensions, categories, arguments and outputs", async () => {
  expect(diagnostics(await project.compile("-p", ".", "--noEmit"))).toEqual([])
})

test("the test of types fails for a wrong expectation", async () => {
  project.write("src/right.ts", right.replace(`same<typeof rows.dim, 6>()`, `same<typeof rows.dim, 5>()`))
  const found = diagnostics(await project.compile("-p", ".", "--noEmit"))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^src\/right\.ts\(13,1\): Expected 1 arguments/)
})
