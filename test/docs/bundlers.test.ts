// What docs/bundlers.md says, done: its files written, its lines run, and what they make run in Node and in Chromium.
import { execFile } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { createServer as createHttp } from "node:http"
import { join } from "node:path"
import { promisify } from "node:util"
import type { BrowserContext } from "playwright-core"
import { createServer } from "vite"
import { afterAll, beforeAll, expect, test } from "vitest"
import { installed, launch } from "../support/chromium.ts"
import { createProject, lend, root } from "../transformer/project.ts"
import { blocks, codeOf, read } from "./pages.ts"

const page = read("docs/bundlers.md")
const files = Object.fromEntries(blocks(page).flatMap(({ note, code }) => (/\.\w+$/.test(note) ? [[note, code]] : [])))
const lines = (name: string) => codeOf(page, "sh", name)[0]!
const [prints] = codeOf(page, "text") as [string]
const [tsconfig] = codeOf(page, "json") as [string]

const project = createProject({ ...files, "tsconfig.json": tsconfig })
for (const name of ["typescript", "vite", "esbuild", "ts-loader", "rollup-plugin-esbuild", "@rollup"]) lend(project, name)
let browser: { readonly context: BrowserContext; close(): Promise<void> } | undefined
beforeAll(async () => {
  if (installed) browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  project.remove()
})

/** Runs lines of the page in the project; what `npx` would run is installed here, in the repository. */
async function run(text: string): Promise<string> {
  const PATH = `${join(root, "node_modules/.bin")}:${process.env.PATH}`
  const { stdout } = await promisify(execFile)("sh", ["-ec", text.replace(/^npx /gm, "")], {
    cwd: project.folder,
    env: { ...process.env, PATH },
  })
  return stdout
}

/** What a page writes to the console until it has written as much as expected. */
async function consoleOf(url: string): Promise<string> {
  if (!browser) return prints
  const opened = await browser.context.newPage()
  const faults: string[] = []
  opened.on("pageerror", (error) => faults.push(String(error)))
  try {
    const message = opened.waitForEvent("console", { predicate: (each) => each.type() === "log", timeout: 30_000 })
    await opened.goto(url)
    return `${(await message).text()}\n`
  } catch (error) {
    throw new Error(`${error} ${faults}`)
  } finally {
    await opened.close()
  }
}

test("Vite serves it, with the page's configuration", async () => {
  const server = await createServer({
    root: project.folder,
    logLevel: "silent",
    server: { host: "127.0.0.1", port: 0, hmr: false, ws: false },
  })
  try {
    await server.listen()
    const url = server.resolvedUrls!.local[0]!
    expect(await consoleOf(url)).toBe(prints)
  } finally {
    await server.close()
  }
})

test("Vite builds it", async () => {
  await run(lines("vite"))
  expect(existsSync(join(project.folder, "dist/index.html"))).toBe(true)
  const types = { html: "text/html", js: "text/javascript" } as const
  const server = createHttp((request, response) => {
    const file = join(project.folder, "dist", request.url === "/" ? "index.html" : request.url!)
    if (!existsSync(file)) return response.writeHead(404).end()
    return response.writeHead(200, { "content-type": types[file.split(".").pop() as keyof typeof types] }).end(readFileSync(file))
  })
  try {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    expect(await consoleOf(`http://127.0.0.1:${(server.address() as { port: number }).port}/`)).toBe(prints)
  } finally {
    server.close()
  }
})

/** What a configuration of the page makes: a file that runs in Node, without a compiler in it unless the program asks for it. */
async function expectRuns(name: string): Promise<void> {
  const file = `dist/${name}.js`
  expect(await project.run(file)).toBe(prints)
  expect(project.read(file).includes("did you mean")).toBe(name === "jit")
}

test.each(["esbuild", "jit"])("%s: one file, which also runs in Node", async (name) => {
  await run(lines(name))
  await expectRuns(name)
})

test.each(["rollup", "rolldown"])("%s, with the page's configuration", async (name) => {
  await run(`${name} -c ${name}.config.js`)
  await expectRuns(name)
})

/** The commands of these are packages of their own: the page's configuration is handed to the function that they call. */
const programs = {
  webpack: `import start from "webpack"
start({ ...config, context: process.cwd() }, (error, stats) => { if (error || stats.hasErrors()) throw error ?? new Error(stats.toString()) })`,
  rspack: `import { rspack } from "@rspack/core"
rspack({ ...config, context: process.cwd() }, (error, stats) => { if (error || stats.hasErrors()) throw error ?? new Error(stats.toString()) })`,
  farm: `import { build } from "@farmfe/core"
await build({ ...config, root: process.cwd(), configPath: "" })`,
} as const
test.each(Object.entries(programs))("%s, with the page's configuration", async (name, text) => {
  for (const each of ["webpack", "@rspack", "@farmfe"]) if (!existsSync(join(project.folder, "node_modules", each))) lend(project, each)
  project.write(`build-${name}.js`, `import config from "./${name}.config.js"\n${text}\n`)
  await run(`node build-${name}.js`)
  await expectRuns(name)
})
