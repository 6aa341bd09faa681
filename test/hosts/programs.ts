// Projects that several hosts must see alike. Not a test itself.
import { wrong as formulas } from "../transformer/wrong-programs.ts"

const own = `import { defineOperation } from "tskeops"
export const Gauss = defineOperation({ name: "Gauss", args: ["f", "g"], shape: "pair", means: "Exp(-SqDist(f, g))" })
export const Cube = defineOperation({ name: "Cube", args: ["f"], shape: "same", scalar: "f * f * f", gradient: { f: "3 * e * f ** 2" } })
`

/** Without mistakes. */
export const right = {
  "src/own.ts": own,
  "src/vars.ts": `import { Pm, Vi, Vj } from "tskeops"
export const x = Vi("x", 3), y = Vj("y", 3), w = Vj("w", 10), g = Pm("g", 1)
`,
  "src/calls.ts": `import { genericArgKMin, genericLogSumExp, genericSum, genred, keops, Vi, Vj } from "tskeops"
import { Cube, Gauss } from "./own.js"
import { g, w, x, y } from "./vars.js"
const kernel = keops(["Exp(-", " * SqNorm2(", " - ", "))"], g, x, y)
export const density = kernel.sum()
export const both = keops(["", " * ", ""], kernel, w).sum({ over: "i" })
export const nearest = keops(["SqDist(", ", ", ")"], x, y).argKMin(5)
export const text = keops("Exp($<u:Vi(3)> | $<v:Vj(3)>)").max()
export const alias = genericSum("Exp(x - y)", "a = Vi(3)", "x = Vi(3)", "y = Vj(3)")
export const own = genericSum("Gauss(x, y) + Gauss(x, x)", "a = Vi(1)", "x = Vi(1)", Gauss, "y = Vj(1)")
export const general = genred("Cube(x - y)", ["x = Vi(0, 1)", Cube, "y = Vj(1, 1)"], { reduction: "Max" })
export const ranks = genericArgKMin("SqDist(x, y)", "a = Vi(2)", "x = Vi(3)", "y = Vj(3)")
export const log = genericLogSumExp("-SqDist(x, y)", "a = Vi(1)", "x = Vi(3)", "y = Vj(3)")
const soft = keops(["-", " * Square(", " - ", ")"], g, Vi("s", 1), Vj("t", 1)).logSumExp()
export const first = soft.grad("s"), hessian = soft.grad("s").grad("t").with({ backend: "wasm" })
export const all = soft.valueAndGrad(["t", "s", "g"])
export const weighted = keops(["-SqDist(", ", ", ")"], x, y).sumSoftMaxWeight(keops(["", ""], w))
export const optional = (flag: boolean) => (flag ? kernel : undefined)?.sum()
export async function run(points: Float32Array) { return (await density({ x: points, y: points, g: [1] })).toArray() }
`,
  "src/tags.ts": `import { keops } from "tskeops"
import { Cube, Gauss } from "./own.js"
import { g, w, x, y } from "./vars.js"
const kernel = keops\`Exp(-$<g> * SqNorm2(\${x} - $<y>))\`
export const product = keops\`\${kernel} * $<w>\`.sum()
export const inside = keops\`$<p:Vi(4)> | $<q:Vj(4)>\`.sum()
export const own = keops\`$<Cube>($<x> - $<y>) + 0 * $<Gauss>($<x>, $<y>)\`.sum().grad("x")
export const nested = keops\`SqDist(\${keops\`2 * $<x>\`}, $<y>)\`.argMin()
`,
  "src/names.ts": `import { keops as k } from "tskeops"
import * as t from "tskeops"
import * as through from "./again.js"
import { formula } from "./again.js"
import { x, y } from "./vars.js"
const mine = k, table = { distance: t.keops, other: [k] }
export const alias = k\`SqDist($<x>, $<y>)\`.sum()
export const namespace = t.keops(["SqDist(", ", ", ")"], x, y).sum()
export const again = formula(["SqDist(", ", ", ")"], x, y).sum()
export const member = through.direct(["Norm2(", " - ", ")"], x, y).max()
export const constant = mine(["Norm2(", " + ", ")"], x, y).max()
export const property = table.distance(["Exp(-SqDist(", ", ", "))"], x, y).sum()
export const element = table.other[0]!(["Exp(-SqDist(", ", 2 * ", "))"], x, y).sum()
export const parameter = (make: typeof k) => make(["Exp(-Norm2(", " - ", "))"], x, y)["sum"]()
const { product: reduced } = t.keops(["Exp(", " | ", ")"], x, y)
export { reduced }
export function shadowed(k: (text: TemplateStringsArray, ...terms: readonly unknown[]) => number) { return k\`\${x}\` }
`,
  "src/again.ts": `import { keops } from "tskeops"\nexport { keops as formula }\nexport { keops as direct } from "tskeops"\n`,
  "src/windows.ts":
    'import { keops } from "tskeops"\r\nimport { x, y } from "./vars.js"\r\nexport const f = keops`\r\n  Exp($<x>) *\r\n  Log(1 + $<y> ** 2)`.sum()\r\n',
  "src/letters.ts": `import { keops } from "tskeops"
import { x, y } from "./vars.js"
export const text = "\u00e4\u20ac\u{1f600}", f = keops(["SqDist(", ", ", ")"], x, y).sum() // \u{1f600}
export const tag = text + "\u{1f600}", h = keops\`Norm2($<x> - $<y>)\`.sum()
`,
  "src/nothing.ts": `import { x } from "./vars.js"\nexport const names = [x.name].map((name) => name.length)\n`,
} as const

/** With mistakes: of formulas, of reductions, of what cannot be compiled, and of what is not about us. */
export const wrong = {
  ...formulas,
  "src/own.ts": own,
  "src/more.ts": `import { genericArgMin, keops, Vi, Vj, type Variable } from "tskeops"
const f = keops(["SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).sum()
export const a = f.grad("X")
export const b = genericArgMin("SqDist(x, y)", "a = Vi(1)", "x = Vi(3)", "y = Vj(3)").grad("x")
export const c = (name: "x" | "y") => f.grad(name)
export const d = (name: string) => f.valueAndGrad([name])
export const e = (n: number) => keops(["Exp(", " - ", ")"], Vi("p", n), Vj("q", n)).sum()
export const g = (v: any) => keops(["Exp(", ")"], v).sum()
export const h = keops(["Exp(", ")"], "text").sum()
export const i = keops(["Exp(", " - ", ")"], Vi("x", 3)).sum()
export const j = (flag: boolean) => (flag ? keops(["Exp(", ")"], Vj("q", 1)) : keops(["Log(", ")"], Vj("q", 1))).sum()
export const k = <const N extends string>(v: Variable<N, "Vj", 3>): void => { keops(["Exp(", ")"], v).sum() }
export const plain: number = "text"
export const hidden = class { private readonly field = 1 }
`,
  "src/letters.ts": `import { keops } from "tskeops"
import { x } from "./vars.js"
export const a = "\u00e4\u20ac\u{1f600}", b = keops(["Exq(", ")"], x), c = "\u{1f600}", d = keops(["Lgo(", ")"], x)
export const e = "\u{1f600}", f = keops\`Norm($<x>) + Exq($<x>)\`
`,
  "src/misspelt.ts": `import { defineOperation, genericSum, keops, Vi, Vj } from "tskeops"
import { Gauss } from "./own.js"
export const A = defineOperation({ name: "A", args: ["f"], shape: "scalar", uses: [Gauss], means: "Gaus(f, f)" })
export const B = defineOperation({
  name: "B",
  args: ["f"],
  shape: "same",
  scalar: "f",
  gradient: { f: "e * F" },
})
const x = Vi("x", 3), y = Vj("y", 2)
export const f = keops\`1 + $<Gauss>($<x>, $<y>)\`
export const i = genericSum("Gauss(x, y)", "a = Vi(1)", Gauss, "x = Vi(3)", "y = Vj(2)")
`,
  "src/silenced.ts": `import { genericSum, keops } from "tskeops"
import { x } from "./vars.js"
// @ts-ignore the operation does not exist
export const a = genericSum("Exq(x - y)", "a = Vi(3)", "x = Vi(3)", "y = Vj(3)")
/* @ts-expect-error nor does this */
export const b = keops(["Lgo(", ")"], x)
export const text = \`
// @ts-expect-error \${keops(["Exq(", ")"], x).dim}
\`
// @ts-expect-error without a reason
export const c = keops(["Exp(", ")"], x)
`,
  "src/nocheck.ts": `// @ts-nocheck
import { keops } from "tskeops"
import { x } from "./vars.js"
export const a = keops(["Exq(", ")"], x)
`,
} as const
