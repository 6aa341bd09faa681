// What the runtime costs an application: its entry bundled, minified and compressed, and what the bundle contains.
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { describe, expect, test } from "vitest"
import budgets from "../../bench/budgets.json" with { type: "json" }
import { root } from "../layers/sources.ts"

const bundled = build({
  absWorkingDir: root,
  entryPoints: ["src/index.ts"],
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: "esm",
  platform: "browser",
  external: ["webgpu", "node:*"],
  legalComments: "none",
})

describe("the runtime entry", () => {
  test(`is at most ${budgets.runtime.gzipBytes} bytes, minified and gzipped`, async () => {
    const { outputFiles } = await bundled
    expect(gzipSync(outputFiles[0]!.contents, { level: 9 }).length).toBeLessThanOrEqual(budgets.runtime.gzipBytes)
  })
  test("contains no parser of formulas, compiler or table of operations", async () => {
    const { metafile } = await bundled
    const used = Object.values(metafile.outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path)
    expect(used.length).toBeGreaterThan(3)
    const declarations = ["src/formula/alias.ts", "src/formula/inline.ts", "src/formula/limits.ts", "src/formula/error.ts"]
    const compiler = /^(src\/(operations|formula|calculus|ir|lower|wgsl|wasm|compiler|jit)|transformer)\//
    expect(used.filter((path) => compiler.test(path) && !declarations.includes(path))).toEqual([])
  })
})
