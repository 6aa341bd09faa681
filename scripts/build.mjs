// Makes what is published: dist/src (JavaScript and declarations) and dist/transformer (one CommonJS file, as ts-patch loads it, and declarations).
// Source maps lead to the sources, which are published too.
import { execFileSync } from "node:child_process"
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import ts from "typescript"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
// The tests build into a folder of their own.
const dist = resolve(process.argv[2] ?? join(root, "dist"))
const tsc = fileURLToPath(import.meta.resolve("typescript/lib/tsc.js"))

rmSync(dist, { recursive: true, force: true })
execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json"), "--outDir", dist], { stdio: "inherit" })

// What is JavaScript already.
cpSync(join(root, "src/runtime/webgpu/package.js"), join(dist, "src/runtime/webgpu/package.js"))

// Of the transformer only the declarations that its entry needs are kept: its modules go into the bundle.
const transformer = join(dist, "transformer")
const needed = declarationsOf("index", new Set())
for (const name of readdirSync(transformer))
  if (!needed.has(/^(.*)\.d\.ts(\.map)?$/.exec(name)?.[1])) rmSync(join(transformer, name), { recursive: true })
// They are those of a CommonJS file.
renameSync(join(transformer, "index.d.ts"), join(transformer, "index.d.cts"))
writeFileSync(join(transformer, "package.json"), '{ "type": "commonjs" }\n')

/** The declaration files of the transformer that `name` and what it imports make up, without `.d.ts`. */
function declarationsOf(name, found) {
  if (found.has(name)) return found
  found.add(name)
  const { importedFiles } = ts.preProcessFile(readFileSync(join(transformer, `${name}.d.ts`), "utf8"))
  for (const { fileName } of importedFiles) if (fileName.startsWith("./")) declarationsOf(fileName.slice(2, -".ts".length), found)
  return found
}

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
