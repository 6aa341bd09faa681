import ts from "typescript"
import { afterAll, expect, test } from "vitest"
import { createInProcessHost } from "../../tools/hosts/in-process.ts"
import { compileModule } from "../../tools/module/compile-module.ts"
import { createProject } from "../transformer/project.ts"

const text = `import { keops, Vi, Vj, Pm } from "tskeops"
const [x, y, g] = [Vi("x", 3), Vj("y", 3), Pm("g", 1)]
export const density = keops\`Exp(-$<g> * SqDist($<x>, \${y}))\`.sum()
export const wrong = keops\`Exq($<x>)\`.sum()
`
const project = createProject({ "src/a.ts": text }, { noUnusedLocals: true })
afterAll(() => project.remove())

test("a tag gets its exact type, its artifact and its sentence at the user's column", () => {
  const host = createInProcessHost({ ts, project: project.folder })
  const [file] = host.files()
  const plan = host.plan(file!)!
  console.log(
    JSON.stringify(host.problems(), null, 1),
    plan.calls.map(({ extra, ...r }) => ({ ...r, extra: JSON.stringify(extra)?.slice(0, 60) })),
    plan.tags,
  )
  console.log(
    compileModule(text, plan, { file: "a.ts" })
      ?.code.replace(/"[A-Za-z0-9+/=]{100,}"/g, '"…"')
      .slice(0, 3000),
  )
})
