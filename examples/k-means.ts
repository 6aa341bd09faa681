// K-means: assign each point to its nearest centre (an arg-min over j), then move each centre to the mean of its points.
import { keops, Vi, Vj } from "tskeops"

const x = Vi("x", 2)
const y = Vj("y", 2)
const assign = keops`SqDist($<x>, $<y>)`.argMin()

const hubs = [1, 1, 5, 1, 1, 5]
const points = Float32Array.from({ length: 20_000 }, (_, n) => hubs[n % 6]! + Math.sin(n * n))
let centres = points.slice(0, 6)

for (let step = 0; step < 10; step++) {
  const { data: nearest } = await assign({ x: points, y: centres })
  const sums = new Float32Array(6)
  const counts = new Float32Array(3)
  nearest.forEach((centre, row) => {
    counts[centre]!++
    for (const k of [0, 1]) sums[2 * centre + k]! += points[2 * row + k]!
  })
  centres = sums.map((sum, k) => sum / counts[k >> 1]!)
}
for (const k of [0, 1, 2]) console.log(`centre ${k}: ${centres[2 * k]!.toFixed(1)} ${centres[2 * k + 1]!.toFixed(1)}`)
