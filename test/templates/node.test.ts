// The templates for Node: installed, built, run.
import { afterAll, expect, test, vi } from "vitest"
import { codeOf, read } from "../docs/pages.ts"
import { templates } from "./template.ts"

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })
const { open, remove } = templates(20)
afterAll(remove)

test("node-app finds the nearest colours, as its page shows", () => {
  const [printed] = codeOf(read("examples/node-app/README.md"), "text")
  expect(open("node-app").check("npm run --silent build\nnpm run --silent start")).toBe(printed)
})

test("typescript-7-app keeps the energy of its stars, and reports a mistake", () => {
  const app = open("typescript-7-app")
  const output = app.check("npm run --silent check\nnpm run --silent build\nnpm run --silent start")
  const [, before, after] = /^200 stars, 100 steps: mean speed [\d.]+, energy (-[\d.]+) before and (-[\d.]+) after\n$/.exec(output)!
  expect(Math.abs(Number(after) / Number(before) - 1)).toBeLessThan(0.02)
  app.write("src/bad.ts", 'import { keops, Vi } from "tskeops"\nconst x = Vi("x", 3)\nkeops`Exq($<x>)`\n')
  expect(app.run(20, "npm run --silent check")).toMatchObject({ ok: false, output: expect.stringContaining("unknown operation `Exq`") })
})
