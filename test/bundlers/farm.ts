// Farm with our plugin. Where a build fails, it writes why and ends the process. Not a test itself.
import { basename } from "node:path"
import type { JsPlugin } from "@farmfe/core"
import { vi } from "vitest"
import { type Build, load, type Make, outputOf } from "./app.ts"

export const farm: Build = async (project, options) => {
  const { build } = await import("@farmfe/core")
  const file = outputOf(project, "farm")
  const exit = vi.spyOn(process, "exit").mockImplementation(() => {
    throw new Error("the build failed")
  })
  const log = vi.spyOn(console, "log").mockImplementation(() => {})
  const error = vi.spyOn(console, "error").mockImplementation(() => {})
  try {
    await build({
      root: project.folder,
      configPath: "",
      compilation: {
        input: { main: "./src/main.ts" },
        output: { path: "built", targetEnv: "node", format: "esm", entryFilename: basename(file), clean: false },
        external: ["^webgpu$", "^node:"],
        presetEnv: false,
        minify: false,
        persistentCache: false,
        sourcemap: true,
        partialBundling: { enforceResources: [{ name: "main", test: [".*"] }] },
      },
      plugins: [load<Make<JsPlugin>>(project, "farm")({ project: project.folder, ...options })],
    })
    return { file, errors: [] }
  } catch {
    return { file, errors: error.mock.calls.map((texts) => texts.join(" ")) }
  } finally {
    for (const spy of [exit, log, error]) spy.mockRestore()
  }
}
