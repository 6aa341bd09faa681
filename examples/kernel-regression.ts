// Kernel regression (Nadaraya-Watson): a mean of observed values, weighted by a Gaussian of the distance to each sample.
import { keops, Pm, Vi, Vj } from "tskeops"

const x = Vi("x", 1)
const y = Vj("y", 1)
const value = Vj("value", 1)
const width = Pm("width", 1)
// The weights Exp(f) / sum(Exp(f)) share their maximum, so that they never vanish all at once.
const predict = keops`-SqDist($<x>, $<y>) / (2 * $<width> ** 2)`.sumSoftMaxWeight(value)

const samples = Float32Array.from({ length: 20_000 }, (_, n) => (n / 20_000) * 2 * Math.PI)
const noisy = samples.map((at, n) => Math.sin(at) + 0.5 * Math.sin(n * n))
const places = Float32Array.from({ length: 7 }, (_, n) => 1 + 0.7 * n)

const { data } = await predict({ x: places, y: samples, value: noisy, width: 0.1 })
for (const [row, at] of places.entries()) {
  console.log(`x = ${at.toFixed(1)}: ${data[row]!.toFixed(1)}, sin(x) = ${Math.sin(at).toFixed(1)}`)
}
