// Runs the `main` of a TypeScript file of this repository in plain Node: `node scripts/run-ts.mjs bench/compile/measure.ts [arguments]`.
import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build } from "esbuild"

const root = fileURLToPath(new URL("..", import.meta.url))
const [entry, ...rest] = process.argv.slice(2)
// Beside the entry, so that files named from import.meta are found; gone afterwards.
const made = join(root, entry).replace(/\.ts$/, `.${process.pid}.mjs`)
mkdirSync(join(made, ".."), { recursive: true })
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
