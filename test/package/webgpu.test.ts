// The optional package `webgpu` in Node: found where it is installed, from modules as they are published and from an application's bundle, ESM or
// CommonJS, and done without where it is not. No bundle holds it.
import { join } from "node:path"
import { build } from "esbuild"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { use } from "../support/drivers.ts"
import { createProject, lend } from "../transformer/project.ts"

const app = `import { backendInfo } from "tskeops"
backendInfo().then(({ backend, reason }) => console.log(backend + ": " + reason))
`
const hasDriver = use("SwiftShader")
const project = createProject({ "src/app.mjs": app })
afterAll(() => project.remove())

async function bundle(format: "esm" | "cjs"): Promise<string> {
  const file = `out/app.${format === "esm" ? "mjs" : "cjs"}`
  const { warnings } = await build({
    absWorkingDir: project.folder,
    entryPoints: ["src/app.mjs"],
    outfile: join(project.folder, file),
    bundle: true,
    platform: "node",
    format,
  })
  expect(warnings).toEqual([])
  return file
}

describe.each(["without", "with"])("%s the package webgpu", (which) => {
  beforeAll(() => {
    if (which === "with") lend(project, "webgpu")
  })
  test.each([
    ["as published", async () => "src/app.mjs"],
    ["in an ESM bundle", () => bundle("esm")],
    ["in a CommonJS bundle", () => bundle("cjs")],
  ])("%s", async (_name, file) => {
    const printed = await project.run(await file())
    if (which === "without") expect(printed).toContain("no `navigator.gpu`, and `webgpu` does not load")
    else if (hasDriver) expect(printed).toMatch(/^wasm: the only adapter runs on the CPU \(.*SwiftShader/)
    else expect(printed).not.toContain("does not load")
  })
})
