import { join } from "node:path"
import { afterAll, test } from "vitest"
import { createProject, root } from "../transformer/project.ts"
import { placeOf, TsServer } from "./tsserver.ts"

const text = `import { keops, Vi, Vj, Pm } from "tskeops"
const [x, y, g] = [Vi("x", 3), Vj("y", 3), Pm("g", 1)]
export const density = keops\`Exp(-$<g> * SqDist($<x>, $<y>))\`.sum()
export const wrong = keops\`Exq($<x>)\`.sum()
export const open = keops\`SqDist($<x>, $<\`
`
const project = createProject({ "src/a.ts": text }, { noUnusedLocals: true, plugins: [{ name: "tskeops/language-service" }] })
afterAll(() => project.remove())
test("x", async () => {
  const server = new TsServer(
    join(root, "node_modules/typescript"),
    project.folder,
    "--allowLocalPluginLoads",
    "--logVerbosity",
    "normal",
    "--logFile",
    "/tmp/tss.log",
  )
  const file = join(project.folder, "src/a.ts")
  server.send("open", { file })
  const q = async (c: string, at: object = {}) =>
    console.log(c, JSON.stringify(await server.ask(c, { file, ...at }).catch((e) => String(e)), null, 0)?.slice(0, 3000))
  await q("semanticDiagnosticsSync")
  await q("syntacticDiagnosticsSync")
  await q("suggestionDiagnosticsSync")
  await q("quickinfo", placeOf(text, "keops`", 1))
  await q("quickinfo", placeOf(text, "$<x>", 2))
  await q("quickinfo", placeOf(text, "SqDist", 2))
  await q("quickinfo", placeOf(text, "density", 2))
  await q("definition", placeOf(text, "$<x>", 2))
  await q("definition", placeOf(text, "keops`", 2))
  await q("references", placeOf(text, "$<x>", 2))
  await q("rename", placeOf(text, "$<x>", 2))
  await q("rename", placeOf(text, "keops", 2))
  await q("rename", placeOf(text, "keops`", 2))
  await q("signatureHelp", placeOf(text, "$<x>", 2))
  await q("completionInfo", placeOf(text, "SqDist", 2))
  await q("completionInfo", placeOf(text, "$<`", 2))
  await q("completionInfo", placeOf(text, "$<y>", 2))
  await q("navtree")
  server.close()
})
