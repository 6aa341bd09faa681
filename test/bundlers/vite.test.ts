// Vite's dev server with our plugin: modules are compiled again when the formulas, or what their types depend on, change.
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { createServer, type Plugin, type ViteDevServer } from "vite"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import type { Project } from "../transformer/project.ts"
import { createApp, load } from "./app.ts"

let project: Project
let server: ViteDevServer
const handled: string[] = []
beforeAll(async () => {
  project = createApp({
    // Types alone: no browser ever asks for this module.
    "src/dimension.ts": "export type Dimension = 2\n",
    "src/variables.ts": `import { Pm, Vi, Vj } from "tskeops"
import type { Dimension } from "./dimension.ts"
const dimension: number = 2
export const x = Vi("x", dimension as Dimension)
export const y = Vj("y", dimension as Dimension)
export const g = Pm("g", 1)
`,
  })
  const plugin = load<() => Plugin>(project, "vite")()
  const transform = plugin.transform as { handler(this: unknown, code: string, id: string): unknown }
  const { handler } = transform
  transform.handler = function (code, id) {
    handled.push(id.slice(project.folder.length + 1))
    return handler.call(this, code, id)
  }
  server = await createServer({
    root: project.folder,
    configFile: false,
    logLevel: "silent",
    plugins: [plugin],
    server: { middlewareMode: true, watch: { usePolling: true, interval: 20 }, ws: false },
    optimizeDeps: { noDiscovery: true },
  })
})
afterAll(async () => {
  await server.close()
  project.remove()
})

const main = "/src/main.ts"
const reduce = "/src/reduce.ts"
/** What a browser gets, without spaces: Vite prints it anew. */
const codeOf = async (url: string) => (await server.environments.client.transformRequest(url))?.code.replaceAll(/\s+/g, "") ?? ""
const write = (path: string, text: string) => writeFileSync(join(project.folder, path), text)

test("the plugin is not called for modules that cannot have a formula", async () => {
  await codeOf(main)
  await codeOf("/src/dimension.ts")
  expect(handled).toContain("src/main.ts")
  expect(handled).not.toContain("src/dimension.ts")
})

test("a module that reduces a formula of another file has its artifact", async () => {
  expect(await codeOf(reduce)).toContain('"formula":"SqDist(x,y)"')
})

test("a change of a formula compiles the modules that reduce it again", async () => {
  await codeOf(reduce)
  write("src/formulas.ts", project.read("src/formulas.ts").replace("SqDist($<x>, $<y>)", "Norm2($<x> - $<y>)"))
  await vi.waitFor(async () => expect(await codeOf(reduce)).toContain('"formula":"Norm2(x-y)"'), { timeout: 60_000, interval: 50 })
  expect(await codeOf(main)).toContain("Norm2")
})

test("a change of a type in a file without formulas compiles the modules again that depend on it", async () => {
  expect(await codeOf(main)).toContain('{"name":"x","category":"Vi","dim":2,"role":"row"}')
  write("src/dimension.ts", "export type Dimension = 3\n")
  await vi.waitFor(async () => expect(await codeOf(main)).toContain('{"name":"x","category":"Vi","dim":3,"role":"row"}'), {
    timeout: 60_000,
    interval: 50,
  })
})

test("a mistake is an error with all that the overlay shows; mended, the module is compiled", async () => {
  const before = project.read("src/reduce.ts")
  write("src/reduce.ts", `${before}export const wrong = distance.kMin(0)\n`)
  const failure = vi.waitFor(
    async () => {
      const error: unknown = await codeOf(reduce).then(
        () => undefined,
        (reason) => reason,
      )
      expect(error).toBeDefined()
      return error
    },
    { timeout: 60_000, interval: 50 },
  )
  expect(await failure).toMatchObject({
    message: expect.stringMatching(/^src\/reduce\.ts:3:\d+: /),
    loc: { line: 3, file: join(project.folder, "src/reduce.ts") },
    frame: expect.stringContaining("export const wrong = distance.kMin(0)"),
  })
  write("src/reduce.ts", before)
  await vi.waitFor(async () => expect(await codeOf(reduce)).toContain("__tskeops_"), { timeout: 60_000, interval: 50 })
})

test("a file written while the server runs is compiled", async () => {
  write("src/late.ts", 'import { keops } from "tskeops"\nimport { x } from "./variables.ts"\nexport const late = keops`Sqrt($<x>)`.sum()\n')
  expect(await codeOf("/src/late.ts")).toContain('"formula":"Sqrt(x)"')
})

test("what an earlier plugin has made of a module is compiled, and what has artifacts is left alone", async () => {
  const code = (await server.environments.client.transformRequest("/src/late.ts"))!.code
  const plugin = load<(options: object) => Plugin>(project, "vite")({ project: project.folder })
  const { handler } = plugin.transform as { handler(this: unknown, code: string, id: string): { readonly code: string } | undefined }
  const context = { addWatchFile() {}, error: (error: { readonly message: string }) => expect.unreachable(error.message) }
  const id = join(project.folder, "src/late.ts")
  expect(handler.call(context, code, id)).toBeUndefined()
  const changed = project.read("src/late.ts").replace("Sqrt", "Square")
  expect(handler.call(context, changed, id)?.code).toContain('"formula":"Square(x)"')
  // The text on disk counts again.
  expect(handler.call(context, project.read("src/late.ts"), id)?.code).toContain('"formula":"Sqrt(x)"')
})
