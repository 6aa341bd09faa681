// How long Vite's dev server takes with our plugin: `node bench/vite.mjs`, after `npm run build`. The first module with a formula, from the start of the
// server; then modules of ten formulas, each anew; and modules without formulas, with and without the plugin. Times of this machine: compare within a run.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { createServer } from "vite"

const { default: tskeops } = await import("tskeops/vite")
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = mkdtempSync(join(tmpdir(), "tskeops-vite-"))
const write = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const plain = (n) => `export const f${n} = (a: readonly number[]): number => Math.max(...a, ${n})\n`
const formulas = (n) => `import { keops, Vi, Vj } from "tskeops"
const [x, y] = [Vi("x", 3), Vj("y", 3)]
${Array.from({ length: 10 }, (_, i) => `export const s${i} = keops\`Exp(-SqDist($<x>, $<y>) * ${n} - ${i})\`.sum()`).join("\n")}
`
const LATER = 10
const PLAIN = 200
mkdirSync(join(folder, "node_modules"))
mkdirSync(join(folder, "node_modules/tskeops"))
for (const name of ["dist", "package.json"]) cpSync(join(root, name), join(folder, "node_modules/tskeops", name), { recursive: true })
symlinkSync(join(root, "node_modules/typescript"), join(folder, "node_modules/typescript"), "dir")
write("package.json", '{ "type": "module" }')
write(
  "tsconfig.json",
  JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "esnext",
      moduleResolution: "bundler",
      strict: true,
      noEmit: true,
      types: [],
      skipLibCheck: true,
    },
    include: ["src"],
  }),
)
write("src/first.ts", 'import { keops, Vi } from "tskeops"\nconst x = Vi("x", 3)\nexport const first = keops`Exp($<x>)`.sum()\n')
for (let n = 0; n < LATER; n++) write(`src/later${n}.ts`, formulas(n))
for (let n = 0; n < PLAIN; n++) write(`src/plain${n}.ts`, plain(n))

const serve = (plugins) =>
  createServer({
    root: folder,
    configFile: false,
    logLevel: "silent",
    plugins,
    server: { middlewareMode: true, ws: false },
    optimizeDeps: { noDiscovery: true },
  })
const ask = (server, path) => server.environments.client.transformRequest(path)
/** Of the processor: what else runs on the machine does not count. */
async function timed(work) {
  const from = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}
const plains = async (server) => {
  for (let n = 0; n < PLAIN; n++) await ask(server, `/src/plain${n}.ts`)
}
try {
  const server = await serve([tskeops()])
  await ask(server, "/src/first.ts")
  const { user, system } = process.cpuUsage()
  console.log(`first module with a formula, from the start of Node: ${((user + system) / 1000).toFixed(0)} ms`)
  const times = []
  for (let n = 0; n < LATER; n++) times.push(await timed(() => ask(server, `/src/later${n}.ts`)))
  console.log(`later modules of ten formulas: ${times.map((time) => time.toFixed(0)).join(" ")} ms`)
  const withPlugin = await timed(() => plains(server))
  await server.close()
  const bare = await serve([])
  const without = await timed(() => plains(bare))
  await bare.close()
  console.log(`${PLAIN} modules without formulas: ${withPlugin.toFixed(0)} ms with the plugin, ${without.toFixed(0)} ms without`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
