// Makes what is published: dist/src (JavaScript and declarations) and dist/transformer (one CommonJS file, as ts-patch loads it, and declarations).
import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
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

// TypeScript has an import whose name it does not see go through a helper that would rename relative ones. Ours is a package.
const device = join(dist, "src/runtime/webgpu-device.js")
const text = readFileSync(device, "utf8")
writeFileSync(device, text.replace(/^var __rewrite.*?^};\n/ms, "").replace(/import\(__rewrite\w+\(([^()]*)\)\)/, "import($1)"))

// Of the transformer only the declarations are kept: its modules go into the bundle.
const transformer = join(dist, "transformer")
for (const name of readdirSync(transformer)) if (name.endsWith(".js")) rmSync(join(transformer, name))

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
