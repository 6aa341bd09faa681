// Makes what is published: dist/src (JavaScript and declarations), dist/transformer (one CommonJS file, as ts-patch loads it, and declarations) and
// dist/tools (bundles of the entries of scripts/tools.mjs, and declarations).
// Source maps lead to the sources, which are published too.
import { execFileSync } from "node:child_process"
import { cpSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, resolve, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { bundleTools, writeDeclarations } from "./bundle-tools.mjs"
import { alsoCommonJs, declarationsOf, keepOnly, withoutMap } from "./declarations.mjs"
import { external, tools } from "./tools.mjs"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
// The tests build into a folder of their own.
const dist = resolve(process.argv[2] ?? join(root, "dist"))
const tsc = fileURLToPath(import.meta.resolve("typescript/lib/tsc.js"))

rmSync(dist, { recursive: true, force: true })
execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json"), "--outDir", dist], { stdio: "inherit" })

// What is JavaScript already.
cpSync(join(root, "src/runtime/webgpu/package.js"), join(dist, "src/runtime/webgpu/package.js"))

// Of the transformer and of tools/ only declarations are kept, and of these what entries need: their modules go into bundles.
const transformer = join(dist, "transformer")
const toolsFolder = join(dist, "tools")
const typesOf = (source) => source.replace(/^tools\//, "").replace(/\.ts$/, "")
const entries = Object.values(tools).flatMap(({ source, bin }) => (bin ? [] : [join(toolsFolder, typesOf(source))]))
const needed = new Set()
for (const entry of [join(transformer, "index"), ...entries]) declarationsOf(entry, needed)
for (const folder of [transformer, toolsFolder]) keepOnly(folder, needed)
for (const path of [...needed].filter((path) => path.startsWith(toolsFolder + sep))) {
  withoutMap(path)
  alsoCommonJs(path, toolsFolder)
}
// Those of the transformer are those of CommonJS files.
renameSync(join(transformer, "index.d.ts"), join(transformer, "index.d.cts"))
writeFileSync(join(transformer, "package.json"), '{ "type": "commonjs" }\n')

await build({
  entryPoints: [join(root, "transformer/index.ts")],
  outfile: join(transformer, "index.cjs"),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // The compiler is the user's: ts-patch hands it over.
  external: ["typescript", "ts-patch", "webgpu"],
  logLevel: "warning",
})

await bundleTools({ root, table: tools, external, folder: toolsFolder })
writeDeclarations({ table: tools, folder: toolsFolder, typesOf })
