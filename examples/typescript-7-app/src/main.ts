// Gravity: 200 stars, each attracted by all others. The acceleration is the gradient of the potential, which the build derives from the formula.
import { keops, Pm, Vi, Vj } from "tskeops"

const x = Vi("x", 3)
const y = Vj("y", 3)
const mass = Vj("mass", 1)
const soft = Pm("soft", 1)
const potential = keops`$<mass> / Sqrt(SqDist($<x>, $<y>) + $<soft>)`.sum()
const acceleration = potential.grad("x")

const count = 200
const position = Float32Array.from({ length: 3 * count }, (_, n) => Math.sin(n * n + 1))
const velocity = new Float32Array(3 * count)
const masses = new Float32Array(count).fill(1 / count)
const cotangent = new Float32Array(count).fill(1)
const softening = 0.05

async function energy(): Promise<number> {
  const { data } = await potential({ x: position, y: position, mass: masses, soft: softening })
  const kinetic = velocity.reduce((sum, v) => sum + v * v, 0) / 2
  // Each star is at distance 0 of itself.
  const bound = data.reduce((sum, value) => sum + value - 1 / count / Math.sqrt(softening), 0) / 2
  return (kinetic - bound) / count
}

const before = await energy()
const step = 0.01
for (let n = 0; n < 100; n++) {
  const { data } = await acceleration({ x: position, y: position, mass: masses, soft: softening, cotangent })
  for (const k of velocity.keys()) {
    velocity[k]! += step * data[k]!
    position[k]! += step * velocity[k]!
  }
}
const after = await energy()
const speed = Math.sqrt(velocity.reduce((sum, v) => sum + v * v, 0) / count)
console.log(`${count} stars, 100 steps: mean speed ${speed.toFixed(2)}, energy ${before.toFixed(3)} before and ${after.toFixed(3)} after`)
