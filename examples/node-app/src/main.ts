// The names of colours: for each colour on the command line, the three named colours that are nearest to it.
import { keops, Vi, Vj } from "tskeops"
import { colours } from "./colours.js"

const x = Vi("x", 3)
const y = Vj("y", 3)
const nearest = keops`SqDist($<x>, $<y>)`.argKMin(3)

const asked = process.argv.length > 2 ? process.argv.slice(2) : ["#3a86c8", "#ffd000", "#7a1040"]
const rgb = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
const names = Object.keys(colours)

const found = await nearest({ x: asked.map(rgb), y: Object.values(colours).flat() })
for (const [row, indices] of found.toArray().entries()) console.log(asked[row], indices.map((index) => names[index]).join(", "))
