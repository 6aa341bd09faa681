// Makes what is published: dist/src (JavaScript and declarations) and dist/transformer (one CommonJS file, as ts-patch loads it, and declarations).
import { execFileSync } from "node:child_process"
import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
// The tests build into a folder of their own.
const dist = resolve(process.argv[2] ?? join(root, "dist"))
const tsc = createRequire(import.meta.url).resolve("typescript/lib/tsc.js")

rmSync(dist, { recursive: true, force: true })
execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json"), "--outDir", dist], { stdio: "inherit" })

// What is JavaScript already.
cpSync(join(root, "src/runtime/webgpu/package.js"), join(dist, "src/runtime/webgpu/package.js"))

// Of the transformer only the declarations are kept: its modules go into the bundle.
const transformer = join(dist, "transformer")
for (const name of readdirSync(transformer)) if (name.endsWith(".js")) rmSync(join(transformer, name))
// Its declarations are those of a CommonJS file.
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
