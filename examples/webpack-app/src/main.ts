// Colours that flow into each other: at each pixel the mean of the spots' colours, those of near spots with more weight.
import { backendInfo, keops, Vi, Vj } from "tskeops"
import { backend, draw, pixels } from "./picture.ts"
import { colours, spots } from "./spots.ts"

const x = Vi("x", 2)
const y = Vj("y", 2)
const colour = Vj("colour", 3)
const blend = keops`-20 * SqDist($<x>, $<y>)`.sumSoftMaxWeight(colour)

const options = { backend: backend() }
const { data } = await blend.with(options)({ x: pixels, y: spots, colour: colours })
draw(document.querySelector("canvas")!, (pixel) => [data[3 * pixel]!, data[3 * pixel + 1]!, data[3 * pixel + 2]!])

const used = await backendInfo(options)
document.querySelector("output")!.textContent = `${data.length / 3} pixels on ${used.backend}`
