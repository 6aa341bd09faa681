// Runs the `main` of a TypeScript file of this repository in plain Node: `node scripts/run-ts.mjs bench/compile/measure.ts [arguments]`.
import { rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build } from "esbuild"

const root = fileURLToPath(new URL("..", import.meta.url))
const [entry, ...rest] = process.argv.slice(2)
// Two folders deep, as the files are that it may hold: what they name from import.meta is found from there.
const made = join(root, `out/run/${process.pid}.mjs`)
try {
  await build({
    entryPoints: [join(root, entry)],
    outfile: made,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  })
  const { main } = await import(pathToFileURL(made).href)
  await main(rest)
} finally {
  rmSync(made, { force: true })
}
