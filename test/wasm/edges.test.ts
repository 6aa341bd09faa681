// Edge values, large angles and quotients on the CPU; test/runtime/webgpu-edges.ts tests the same on the drivers.
import { expect, test } from "vitest"
import { turnBits } from "../../src/operations/polynomials.ts"
import { accuracies, differences, edges, inexact, quotients, regions } from "../support/edges.ts"
import { build } from "../support/run.ts"

test.each(Object.entries(regions))("edge values are as defined in the region %s", async (_name, ask) => {
  const { pairs, values } = await ask("wasm")
  expect(values).toHaveLength(pairs.length * edges.length)
  const right = (n: number, place: number) => edges[place]![1]?.(...pairs[n]!)
  expect(differences(pairs, values, right)).toEqual([])
})

test.each(accuracies)("%s is accurate", async (_name, worst) => {
  expect(await worst("wasm")).toBeLessThanOrEqual(1)
})

test.each(quotients)("quotients and roots of %s are rounded correctly", async (_name, x, y) => {
  expect(await inexact(x, y, "wasm")).toBe(0)
})

test("turnBits are the bits of 1 / (2 pi)", () => {
  // Machin's formula, in integers
  const one = 1n << 300n
  const arcCotangent = (n: bigint) => {
    let [power, sum] = [one / n, one / n]
    for (let k = 3n, sign = -1n; power > 0n; k += 2n, sign = -sign) {
      power /= n * n
      sum += (sign * power) / k
    }
    return sum
  }
  const pi = 4n * (4n * arcCotangent(5n) - arcCotangent(239n))
  const bits = (one << 182n) / (2n * pi)
  expect(turnBits.reduce((all, word) => (all << 32n) | BigInt(word), 0n)).toBe(bits)
})

test("only kernels with sines contain the reduction of large angles", () => {
  const holds = (formula: string) => {
    const { wgsl, wasm } = build(formula, ["x = Vi(1)", "y = Vj(1)"], "Sum")
    // The type of the module's function: three vectors in, two out.
    const hasFunction = Buffer.from(wasm.module, "hex").includes(Buffer.from("60037b7b7b027b7b", "hex"))
    // The first word of 1 / (2 pi).
    return [hasFunction, wgsl.code.includes(`0x${turnBits[0]!.toString(16).padStart(8, "0")}`)]
  }
  expect(holds("Log(x * y)")).toEqual([false, false])
  expect(holds("Sin(x * y)")).toEqual([true, true])
  expect(holds("Cos(x)")).toEqual([true, true])
})
