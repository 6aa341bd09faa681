// The README's TypeScript, compiled as a user would, in one file in the order of the page. Needs the built package.
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { root } from "../layers/sources.ts"

// Within the package, so that it is found by its own name.
const folder = join(root, "out/readme")

/** What the page takes for granted. */
const prelude = `import { genericArgKMin, genericSum, genred } from "tskeops"
declare const places: Float32Array, cities: Float32Array, counts: Float32Array, points: Float32Array, samples: Float32Array
declare const controller: AbortController, bar: { update(done: number): void }
`

test("every snippet of README.md compiles, and infers what its comments say", { timeout: 120_000 }, () => {
  if (!existsSync(join(root, "dist/transformer/index.cjs"))) throw new Error("the package is not built: run `npm run build` first")
  const blocks = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!)
  expect(blocks.length).toBeGreaterThanOrEqual(5)
  mkdirSync(folder, { recursive: true })
  const types = `import type { Matrix } from "tskeops"
type Equal<a, b> = (<t>() => t extends a ? 1 : 2) extends <t>() => t extends b ? 1 : 2 ? true : false
export const proofs: [
  Equal<typeof answer, Matrix<"i", 1>>,
  Equal<Awaited<ReturnType<typeof nearest>>, Matrix<"i", 5, Int32Array>>,
  Equal<typeof distance.dim, 1>,
  Equal<typeof a, Matrix<"i", 1>>,
] = [true, true, true, true]
`
  writeFileSync(join(folder, "readme.ts"), [prelude, ...blocks, types].join("\n"))
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        target: "es2022",
        module: "nodenext",
        strict: true,
        skipLibCheck: true,
        rootDir: ".",
        outDir: "js",
        types: ["node"],
        plugins: [{ transform: "../../dist/transformer/index.cjs", transformProgram: true }],
      },
    }),
  )
  let report = ""
  try {
    execFileSync(process.execPath, ["node_modules/ts-patch/bin/tspc.js", "-p", folder], { cwd: root, encoding: "utf8" })
  } catch (error) {
    report = (error as { stdout: string }).stdout
  }
  expect(report).toBe("")
  expect(readFileSync(join(folder, "js/readme.js"), "utf8")).not.toContain("keops`")
})
