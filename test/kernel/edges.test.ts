// Edge values, large angles and quotients on the CPU; test/runtime/webgpu-edges.ts asks the same of the drivers.
import { expect, test } from "vitest"
import { turnBits } from "../../src/kernel/polynomials.ts"
import { accuracies, differences, edges, inexact, quotients, regions } from "../support/edges.ts"
import { build } from "../support/run.ts"

test.each(Object.entries(regions))("edge values in the region %s", async (_name, ask) => {
  const { pairs, values } = await ask("wasm")
  expect(values).toHaveLength(pairs.length * edges.length)
  const right = (n: number, place: number) => edges[place]![1]?.(...pairs[n]!)
  expect(differences(pairs, values, right)).toEqual([])
})

test.each(accuracies)("%s", async (_name, worst) => {
  expect(await worst("wasm")).toBeLessThanOrEqual(1)
})

test.each(quotients)("quotients and roots of %s", async (_name, x, y) => {
  expect(await inexact(x, y, "wasm")).toBe(0)
})

test("the bits of 1 / (2 pi)", () => {
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

test("a kernel without sines holds nothing of them", () => {
  const sizes = (formula: string) => {
    const { wgsl, wasm } = build(formula, ["x = Vi(1)", "y = Vj(1)"], "Sum")
    return {
      turns: wgsl.code.includes("turn_"),
      functions: WebAssembly.Module.exports(new WebAssembly.Module(decode(wasm.module))).length,
      bytes: wasm.module.length,
    }
  }
  expect(sizes("Log(x * y)").turns).toBe(false)
  expect(sizes("Sin(x * y)").turns).toBe(true)
})
const decode = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
