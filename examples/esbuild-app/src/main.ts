// A Voronoi diagram: each pixel has the colour of the site that is nearest to it.
import { backendInfo, keops, Vi, Vj } from "tskeops"
import { backend, draw, pixels } from "./picture.ts"
import { colours, sites } from "./sites.ts"

const x = Vi("x", 2)
const y = Vj("y", 2)
const nearest = keops`SqDist($<x>, $<y>)`.argMin()

const options = { backend: backend() }
const { data } = await nearest.with(options)({ x: pixels, y: sites })
draw(document.querySelector("canvas")!, (pixel) => colours[data[pixel]!] as [number, number, number])

const used = await backendInfo(options)
document.querySelector("output")!.textContent = `${data.length} pixels, ${colours.length} sites, on ${used.backend}`
