// The bench at a hundredth of its size: that it runs, and that what it times is right. Needs the built package; times are not judged.
import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { root } from "../layers/sources.ts"

const folder = mkdtempSync(join(tmpdir(), "tskeops-bench-test-"))

beforeAll(() => {
  if (!existsSync(join(root, "dist/src/index.js"))) throw new Error("the package is not built: run `npm run build` first")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Measured {
  readonly name: string
  readonly milliseconds: { readonly ours: number; readonly javascript: number }
  readonly error: { readonly unit: "relative" | "wrong"; readonly ours: number }
}

test("bench/run measures four workloads, and their results agree with float64", () => {
  const out = join(folder, "results.json")
  const text = execFileSync(process.execPath, ["bench/run.mjs", "--scale", "0.01", "--rounds", "1", "--out", out], {
    cwd: root,
    encoding: "utf8",
  })
  const { results } = JSON.parse(readFileSync(out, "utf8")) as { results: Measured[] }
  expect(results.map(({ name }) => name)).toEqual(["W1", "W2", "W3", "W4"])
  for (const { name, milliseconds, error } of results) {
    expect(text).toContain(name)
    expect(milliseconds.ours).toBeGreaterThan(0)
    expect(milliseconds.javascript).toBeGreaterThan(0)
    expect(error.ours, `${name}, ${error.unit}`).toBeLessThan(error.unit === "wrong" ? 1 : 1e-6)
  }
})

test("bench/against compares a build with another, here itself", () => {
  const text = execFileSync(process.execPath, ["bench/against.mjs", "dist", "--scale", "0.01", "--rounds", "3"], {
    cwd: root,
    encoding: "utf8",
  })
  for (const name of ["W1", "W2", "W3", "W4"]) expect(text).toMatch(new RegExp(`^${name} .*\\d\\.\\d{3}$`, "m"))
})
