// How dense points are, at each pixel: a sum over all of them, which is never stored.
import { backendInfo, keops, Pm, Vi, Vj } from "tskeops"
import { backend, draw, pixels } from "./picture.ts"
import { points } from "./points.ts"

const x = Vi("x", 2)
const y = Vj("y", 2)
const g = Pm("g", 1)
const density = keops`Exp(-$<g> * SqDist($<x>, $<y>))`.sum()

const options = { backend: backend() }
const start = performance.now()
const { data } = await density.with(options)({ x: pixels, y: points, g: 1000 })
const time = performance.now() - start

const most = Math.max(...data)
draw(document.querySelector("canvas")!, (pixel) => {
  const share = data[pixel]! / most
  return [255 * Math.sqrt(share), 255 * share, 255 * share ** 4]
})
const used = await backendInfo(options)
document.querySelector("output")!.textContent = `${data.length * (points.length / 2)} pairs in ${time.toFixed(0)} ms on ${used.backend}`
