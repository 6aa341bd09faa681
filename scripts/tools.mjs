// What the package has for other tools: one row for each entry. scripts/build.mjs bundles them from tools/ into dist/tools; package.json lists
// them under `exports` and `bin`, and test/tools/entries.test.ts compares.
//
// An entry exports a default, or only names. Its code is CommonJS, which every tool can load; what `import` finds passes that on, so that a
// process has one copy of it, and of its caches, however it was loaded.

/**
 * `source`: its file. `bin`: the command that it is, which nobody imports. `formats`: how it may be loaded, both if it is not given.
 *
 * @type {import("./tools.mjs").Table}
 */
export const tools = {
  cli: { source: "tools/cli/main.ts", bin: "tskeops" },
  "language-service": { source: "tools/editor/language-service.ts", formats: ["cjs"] },
  eslint: { source: "tools/editor/eslint.ts" },
  node: { source: "tools/node/main.ts" },
  vite: { source: "tools/bundlers/vite.ts" },
  rollup: { source: "tools/bundlers/rollup.ts" },
  rolldown: { source: "tools/bundlers/rolldown.ts" },
  webpack: { source: "tools/bundlers/webpack.ts" },
  rspack: { source: "tools/bundlers/rspack.ts" },
  esbuild: { source: "tools/bundlers/esbuild.ts" },
  farm: { source: "tools/bundlers/farm.ts" },
  bun: { source: "tools/bundlers/bun.ts" },
  next: { source: "tools/bundlers/next.ts" },
  loader: { source: "tools/bundlers/loader.ts" },
}

/** Packages of users that tools load if they are there: they are never bundled. */
export const external = [
  "@farmfe/core",
  "@rspack/core",
  "bun",
  "esbuild",
  "eslint",
  "next",
  "rolldown",
  "rollup",
  "ts-patch",
  "tskeops",
  "typescript",
  "vite",
  "webgpu",
  "webpack",
]

/** The rows of `exports` in package.json. */
export function exportsOf(table) {
  const entries = Object.entries(table).filter(([, { bin }]) => bin === undefined)
  return Object.fromEntries(entries.map(([name, { formats = ["esm", "cjs"] }]) => [`./${name}`, conditions(name, formats)]))
}

const conditions = (name, formats) => ({
  ...(formats.includes("esm") && { import: { types: `./dist/tools/${name}.d.ts`, default: `./dist/tools/${name}.js` } }),
  ...(formats.includes("cjs") && { require: { types: `./dist/tools/${name}.d.cts`, default: `./dist/tools/${name}.cjs` } }),
})

/** The rows of `bin`. */
export function binOf(table) {
  return Object.fromEntries(Object.entries(table).flatMap(([name, { bin }]) => (bin ? [[bin, `dist/tools/${name}.cjs`]] : [])))
}
