// How long diagnostics take after a key stroke, in a file of 20 formulas: a real tsserver with the plugin, and without it.
// `node scripts/run-ts.mjs bench/editor/measure.ts [typescript-6]`; the package must be built.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { positionOf } from "../../test/editor/source.ts"
import { TsServer } from "../../test/editor/tsserver.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const FORMULAS = 20
const STROKES = 20

function source(): string {
  const lines = Array.from(
    { length: FORMULAS },
    (_, n) => `export const f${n} = keops\`Exp(-$<g> * SqDist($<x>, $<y>)) * ${n + 1} * (Sum($<x>) | 2)\`.sum()`,
  )
  return `import { keops, Pm, Vi, Vj } from "tskeops"\nconst [x, y, g] = [Vi("x", 3), Vj("y", 3), Pm("g", 1)]\n${lines.join("\n")}\n`
}

async function measure(typescript: string, plugins: readonly object[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "tskeops-editor-"))
  const file = join(folder, "a.ts")
  const text = source()
  const options = { strict: true, target: "es2022", module: "nodenext", skipLibCheck: true, types: [], plugins }
  mkdirSync(join(folder, "node_modules"))
  symlinkSync(root, join(folder, "node_modules/tskeops"), "dir")
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }')
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options }))
  writeFileSync(file, text)
  const server = new TsServer(typescript, folder, "--allowLocalPluginLoads")
  try {
    server.send("open", { file })
    const first = performance.now()
    await server.ask("semanticDiagnosticsSync", { file })
    const opened = performance.now() - first
    const times: number[] = []
    const busy = processorTime(server.pid)
    const { line, character } = positionOf("* 10 *", 2, 0, text)
    const at = { line: line + 1, offset: character + 1 }
    for (let n = 0; n < STROKES; n++) {
      // One letter more, then one less.
      const endOffset = at.offset + (n % 2)
      const start = performance.now()
      server.send("change", { file, ...at, endLine: at.line, endOffset, insertString: n % 2 === 0 ? "7" : "" })
      await server.ask("syntacticDiagnosticsSync", { file })
      await server.ask("semanticDiagnosticsSync", { file })
      times.push(performance.now() - start)
    }
    times.sort((a, b) => a - b)
    const each = (processorTime(server.pid) - busy) / STROKES
    const shown = (time: number) => `${time.toFixed(0)} ms`
    return `opened ${shown(opened)}, after a key stroke: median ${shown(times[STROKES / 2]!)}, slowest ${shown(times.at(-1)!)}, processor ${shown(each)}`
  } finally {
    server.close()
    rmSync(folder, { recursive: true })
  }
}

/** What a process has used of the processor, in milliseconds: on a busy machine it says more than the clock. 0 where Linux does not tell. */
function processorTime(pid: number): number {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ").slice(11, 13).map(Number)
    return (user! + system!) * 10
  } catch {
    return 0
  }
}

export async function main([name = "typescript"]: readonly string[]): Promise<void> {
  const typescript = join(root, "node_modules", name)
  console.log(`${name}, with the plugin: ${await measure(typescript, [{ name: "tskeops/language-service" }])}`)
  console.log(`${name}, without it:      ${await measure(typescript, [])}`)
}
