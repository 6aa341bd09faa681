// Bytes that one formula adds to an application: its artifact as a bundler writes it, compressed, against those of artifacts of version 2
// (bench/budgets.json), which held two WASM modules in base64.
import { gzipSync } from "node:zlib"
import { transformSync } from "esbuild"
import { expect, test } from "vitest"
import { formulas } from "../../bench/artifacts/formulas.ts"
import budgets from "../../bench/budgets.json" with { type: "json" }
import type { Built } from "../../src/artifact/artifact.ts"
import { onlyTargets } from "../../src/artifact/targets.ts"

const before: Readonly<Record<string, number>> = budgets.artifactsOfVersion2
const bytes = (built: Built) =>
  gzipSync(transformSync(`export const artifact = ${JSON.stringify(built)}`, { minify: true }).code, { level: 9 }).length

test("artifacts have at most 60 % of the bytes that they had", () => {
  const shares = Object.entries(formulas).map(([name, make]) => ({ name, share: bytes(make()) / before[name]! }))
  expect(shares.reduce((sum, { share }) => sum + share, 0) / shares.length).toBeLessThan(0.58)
  // The worst is 0.61: a short kernel, of which what every module has is a large part.
  expect(shares.filter(({ share }) => !(share <= 0.6)).length).toBeLessThanOrEqual(1)
  expect(shares.filter(({ share }) => !(share <= 0.615))).toEqual([])
})

test("a kernel for one target has about half the bytes", () => {
  for (const [name, make] of Object.entries(formulas)) {
    const built = make()
    const [webgpu, wasm] = [bytes(onlyTargets(built, ["webgpu"])), bytes(onlyTargets(built, ["wasm"]))]
    expect(webgpu + wasm, name).toBeLessThan(1.25 * bytes(built))
    expect(Math.max(webgpu, wasm), name).toBeLessThan(0.75 * bytes(built))
  }
})
