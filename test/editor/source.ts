// The file that both editors' tests look at, and places in it. Not a test itself.
export const source = `import { keops, keops as k, Pm, Vi, Vj } from "tskeops"
const [x, y, g] = [Vi("x", 3), Vj("y", 3), Pm("g", 1)]
const z = Vj("z", 5)
export const density = keops\`Exp(-$<g> * SqDist($<x>, $<y>))\`.sum()
export const wrong = keops\`Exq($<x>)\`.sum()
export const open = keops\`SqDist($<x>, $<\`
export const other = k\`SqDist($<x>, \${y})\`
export const called = keops(["Sqrt(", ")"], x)
function inner(w: typeof x) {
  return keops\`SqDist($<w>, $<z>)\`
}
export const result = density({ g: [[1]], x: [[0, 0, 0]], y: [[0, 0, 0]] })
export const both = [inner, z]
`

/** Where the n-th `text` begins, and `by` characters further; from 0. */
export function positionOf(text: string, by = 0, n = 0, of = source): { readonly line: number; readonly character: number } {
  let at = -1
  for (let i = 0; i <= n; i++) at = of.indexOf(text, at + 1)
  if (at < 0) throw new Error(`there is no ${text}`)
  const before = of.slice(0, at + by).split("\n")
  return { line: before.length - 1, character: before.at(-1)!.length }
}
