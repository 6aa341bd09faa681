// Bundles the entries of scripts/tools.mjs: CommonJS in chunks that they share, what `import` finds, and the licences of what was bundled.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { build, transform } from "esbuild"

const target = "node20"

/** Writes the code of a table of entries into a folder. */
export async function bundleTools({ root, table, external, folder }) {
  // esbuild shares chunks between ES modules only: each is made CommonJS afterwards.
  const { outputFiles, metafile } = await build({
    entryPoints: Object.fromEntries(Object.entries(table).map(([name, { source }]) => [name, join(root, source)])),
    absWorkingDir: root,
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    target,
    // UMD files, which `main` often names, cannot be bundled.
    mainFields: ["module", "main"],
    external: external.flatMap((name) => [name, `${name}/*`]),
    legalComments: "none",
    logLevel: "warning",
  })
  for (const { path, text } of outputFiles) {
    const { exports, entryPoint } = metafile.outputs[relative(root, path)]
    const name = entryPoint && Object.keys(table).find((each) => join(folder, `${each}.cjs`) === path)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, (await commonJs(text)) + (name && exports.includes("default") ? onlyDefault(name, exports) : ""))
    if (name && table[name].bin) chmodSync(path, 0o755)
    else if (name) writeFileSync(join(folder, `${name}.js`), passedOn(name, exports))
  }
  writeFileSync(join(folder, "THIRD-PARTY.txt"), licences(root, Object.keys(metafile.inputs)))
  return metafile
}

const URL_NAME = "__tskeopsUrl"
/** What CommonJS has instead. */
const define = { "import.meta.url": URL_NAME, "import.meta.dirname": "__dirname" }

async function commonJs(text) {
  const { code } = await transform(text, { format: "cjs", platform: "node", target, define })
  if (!code.includes(URL_NAME)) return code
  const [head = ""] = /^#!.*\n/.exec(code) ?? []
  return `${head}const ${URL_NAME} = require("node:url").pathToFileURL(__filename).href;\n${code.slice(head.length)}`
}

/** `require` returns the default itself, as users of CommonJS expect; some loaders ask it for `default`. */
function onlyDefault(name, exports) {
  if (exports.length > 1) throw new Error(`tools: the entry ${name} exports a default, and so may not export ${exports.join(", ")}`)
  return 'module.exports = module.exports.default;\nObject.defineProperty(module.exports, "default", { value: module.exports, configurable: true });\n'
}

function passedOn(name, exports) {
  if (exports.includes("default")) return `import entry from "./${name}.cjs"\nexport default entry\n`
  return exports.length === 0 ? `import "./${name}.cjs"\n` : `export { ${exports.join(", ")} } from "./${name}.cjs"\n`
}

/** The licences of the packages among `inputs`, files of this repository. */
function licences(root, inputs) {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [])
  const parts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"))
    const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each))
    if (file === undefined && typeof license !== "string") throw new Error(`tools: ${name} is bundled and names no licence`)
    return `${name} ${version} (${license})\n\n${file === undefined ? "" : readFileSync(join(root, folder, file), "utf8").trim()}\n`
  })
  const head = "The files of this folder contain code of the following packages.\n"
  return [head, ...parts].join(`\n${"-".repeat(80)}\n\n`)
}

/** Writes the declarations of the entries beside their code. `typesOf` is where those of a source are, from the folder, without `.d.ts`. */
export function writeDeclarations({ table, folder, typesOf }) {
  for (const [name, { source, bin, formats = ["esm", "cjs"] }] of Object.entries(table)) {
    if (bin) continue
    const types = typesOf(source)
    if (!existsSync(join(folder, `${types}.d.ts`))) throw new Error(`tools: there are no declarations of ${source}`)
    const hasDefault = /^export default |\bas default\b|\bdefault }/m.test(readFileSync(join(folder, `${types}.d.ts`), "utf8"))
    if (formats.includes("esm"))
      writeFileSync(
        join(folder, `${name}.d.ts`),
        `export * from "./${types}.ts"\n${hasDefault ? `export { default } from "./${types}.ts"\n` : ""}`,
      )
    if (formats.includes("cjs"))
      writeFileSync(join(folder, `${name}.d.cts`), hasDefault ? callable(types) : `export * from "./${types}.cts"\n`)
  }
}

/** What `require` returns: see `onlyDefault`. */
const callable = (types) => `import type * as all from "./${types}.cts"
declare const entry: typeof all.default & { readonly default: typeof all.default }
export = entry
`
