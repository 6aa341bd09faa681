// A project with mistakes in its formulas, in every form in which they can be written. Not a test itself.

export const wrong = {
  "src/vars.ts": `import { Vi, Vj } from "tskeops"
export const x = Vi("x", 3)
export const y = Vj("y", 3)
export const b = Vj("b", 2)
`,
  "src/tag.ts": `import { keops } from "tskeops"
import { b, x, y } from "./vars.js"
export const one = keops\`Exp(-SqNorm2($<x> - \${b}))\`.sum()
export const lines = keops\`
  Exp($<x>) +
    Expp($<y>)
\`.sum()
export const escaped = keops\`\\u0045xp(\\x24<x>) * Lgo($<y>)\`
export const unbalanced = keops\`Exp(Log($<x>\`
export const inner = keops\`SqDist(\${keops\`Exxp($<x>)\`}, $<y>)\`
export const names = keops\`$<z> + $<x>\`
export const declared = keops\`$<p:Vi(3)> - $<q:Vj(2)>\`
`,
  "src/call.ts": `import { genericSum, genred, keops } from "tskeops"
import { b, x } from "./vars.js"
export const alias = genericSum("Exp(x  -  z)", "a = Vi(3)", "x = Vi(3)", "y = Vj(3)")
export const general = genred("Square(x - y) * Exq(x)", ["x = Vi(3)", "y = Vj(3)"], { reduction: "Sum" })
export const pieces = keops(["Exp(", " - ", ")"], x, b)
export const text = keops("Exp($<u:Vi(3)> | $<v:Vj(2)>)")
`,
  "src/windows.ts":
    'import { keops } from "tskeops"\r\nimport { x } from "./vars.js"\r\nexport const f = keops`\r\n  Exp($<x>) *\r\n  Lgo($<x>)`\r\n',
  "src/user.ts": `import { escaped } from "./tag.js"
export const reduced = escaped.sum()
`,
  "src/arguments.ts": `import { genericSum, genred, keops, Vi } from "tskeops"
import { x } from "./vars.js"
export const output = genericSum("Exp(x - y)", "a = Vi(2)", "x = Vi(3)", "y = Vj(3)")
export const category = genericSum("Exp(x - y)", "a = Vi(3)", "x = Vx(3)", "y = Vj(3)")
export const twice = keops\`$<x> + \${Vi("x", 2)}\`
export const rank = keops\`$<x>\`.kMin(0)
export const missing = genred("x + y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "ArgKMin" })
keops\`$<x>\`.sum({ over: "k" })
`,
  "src/silent.ts": `import { genericSum } from "tskeops"
// @ts-expect-error the operation does not exist
export const bad = genericSum("Exq(x - y)", "a = Vi(3)", "x = Vi(3)", "y = Vj(3)")
`,
} as const
