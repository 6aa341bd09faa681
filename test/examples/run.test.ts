// The examples as a user runs them, compiled by tspc with the transformer's line, at a tiny size. Needs the built package.
import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { blocks, read } from "../docs/pages.ts"
import { root } from "../layers/sources.ts"

const folder = mkdtempSync(join(tmpdir(), "tskeops-examples-"))
const node = (...args: readonly string[]) => execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" })

beforeAll(() => {
  if (!existsSync(join(root, "dist/transformer/index.cjs"))) throw new Error("the package is not built: run `npm run build` first")
  node("node_modules/ts-patch/bin/tspc.js", "-p", "examples")
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("world-cities", () => {
  const map = join(folder, "density.svg")
  test("prints both tables and draws the map", () => {
    const text = node("examples/out/world-cities/main.js", "--backend", "wasm", "--cities", "600", "--columns", "80", "--out", map)
    expect(text).toContain("600 cities against all 600")
    expect(text).toMatch(/Densest places +people\/km²/)
    expect(text).toMatch(/Loneliest towns +people/)
    expect(text).toMatch(/nearest cities +3\.60e\+5 pairs/)
    expect(readFileSync(map, "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
  })
  test("agrees with double precision", async () => {
    const { analyse } = await import(join(root, "examples/out/world-cities/analyse.js"))
    const { cities, distance, unitVectors } = await import(join(root, "examples/out/world-cities/cities.js"))
    const all: { population: number }[] = cities(300)
    const rows = [0, 7, 150, 299]
    const bandwidth = 200
    const found = await analyse(all, { backend: "wasm", bandwidth, rows, columns: 40 })
    const vectors: Float32Array = unitVectors(all)
    const people = all.reduce((sum, { population }) => sum + population, 0)
    for (const [at, row] of rows.entries()) {
      const near = all
        .map((other) => distance(all[row], other))
        .filter((_, other) => other !== row)
        .sort((a, b) => a - b)
      expect(found.neighbours[at].map((each: { distance: number }) => each.distance)).toEqual(near.slice(0, 5))
      const weight = (other: number) =>
        Math.exp(
          (-(6371.0088 ** 2) / (2 * bandwidth ** 2)) *
            [0, 1, 2].reduce((sum, k) => sum + (vectors[3 * row + k]! - vectors[3 * other + k]!) ** 2, 0),
        )
      const sum = all.reduce((total, { population }, other) => total + population * weight(other), 0) / (2 * Math.PI * bandwidth ** 2)
      expect(Math.abs(found.density[at] / sum - 1)).toBeLessThan(1e-4)
      expect(Math.abs(found.logLikelihood[at] - Math.log(sum / people))).toBeLessThan(1e-3)
    }
  })
})

describe("mnist-knn", () => {
  test("reads most digits right and shows mistakes", () => {
    const text = node("examples/out/mnist-knn/main.js", "--backend", "wasm", "--test", "150", "--train", "3000")
    const accuracy = Number(/Accuracy: ([\d.]+) %/.exec(text)?.[1])
    expect(accuracy).toBeGreaterThan(85)
    expect(accuracy).toBeLessThan(100)
    expect(text).toMatch(/a \d, taken for a \d +near: a \d/)
    expect(text).toMatch(/[▀▄█]{3}/)
  })
})

test.each(blocks(read("examples/README.md")).filter(({ language }) => language === "text"))("$note prints what its page shows", (block) => {
  expect(node(`examples/out/${block.note}.js`)).toBe(block.code)
})
