// An application under Vite, as users have it: the published package in a temporary folder, its pages served in development and built, and run
// in Chromium. The package `webgpu` is optional: neither that it is missing nor that it is there may hinder a browser.
import { rmSync } from "node:fs"
import { join } from "node:path"
import type { BrowserContext } from "playwright-core"
import { build, createLogger, createServer, type InlineConfig, type Plugin, preview, type Rolldown } from "vite"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { installed, launch } from "../support/chromium.ts"
import { createProject, diagnostics, lend } from "../transformer/project.ts"

const page = (script: string) => `<!doctype html><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`
const main = (formula: string, first = "") => `${first}import { keops, Vi, Vj } from "tskeops"
const x = Vi("x", 3), y = Vj("y", 3)
const density = ${formula}.sum()
const { data } = await density.with({ backend: "auto" })({ x: [[0, 0, 0], [1, 2, 3]], y: [[0, 0, 1], [1, 1, 1]] })
Object.assign(globalThis, { answer: Array.from(data) })
export {}
`
const files = {
  "jit.html": page("/src/jit.ts"),
  "src/jit.ts": main(`keops\`Exp(-SqDist(\${x}, \${y}))\``, 'import "tskeops/jit"\n'),
  "compiled.html": page("/out/main.js"),
  "src/main.ts": main("keops`Exp(-SqDist($<x>, $<y>))`"),
  "tag.html": page("/src/tag.ts"),
  "src/tag.ts": main("keops`Exp(-SqDist($<x>, $<y>))`"),
}
const pages = ["jit.html", "compiled.html", "tag.html"]
// Squared distances 1 and 3, and 9 and 5.
const expected = [Math.exp(-1) + Math.exp(-3), Math.exp(-9) + Math.exp(-5)]

const project = createProject(files, { lib: ["es2022", "dom"] })
lend(project, "typescript")
const { default: tskeops } = (await import(`${project.folder}/node_modules/tskeops/dist/tools/vite.js`)) as { default: () => Plugin }
let browser: { readonly context: BrowserContext; close(): Promise<void> } | undefined

beforeAll(async () => {
  expect(diagnostics(await project.compile())).toEqual([])
  if (installed) browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  project.remove()
})

/** Collects the warnings of Vite and its plugins. */
function configure(complaints: string[]): InlineConfig {
  const keep = (text: string) => void complaints.push(text)
  return {
    root: project.folder,
    configFile: false,
    logLevel: "silent",
    // For the page with the tag; what tspc has compiled it leaves alone.
    plugins: [tskeops()],
    customLogger: { ...createLogger("silent"), warn: keep, warnOnce: keep, error: keep },
    server: { host: "127.0.0.1", port: 0, hmr: false, ws: false },
    preview: { host: "127.0.0.1", port: 0 },
    build: { rolldownOptions: { input: pages.map((name) => join(project.folder, name)) }, target: "es2022" },
  }
}

/** Fetches a page and all that it imports, as a browser would; returns the number of modules. */
async function crawl(url: string): Promise<number> {
  const seen = new Set([url])
  for (const one of seen) {
    const response = await fetch(one, { headers: { Accept: "*/*", "Sec-Fetch-Dest": one === url ? "document" : "script" } })
    const text = await response.text()
    expect(`${response.status} ${one}${response.ok ? "" : `: ${text}`}`).toBe(`200 ${one}`)
    for (const [, path] of text.matchAll(/(?:\bfrom|\bimport|\bsrc=)\s*\(?["'](\/[^"']+|\.[^"']+)["']/g)) seen.add(new URL(path!, one).href)
  }
  return seen.size
}

/** Opens a page in Chromium and waits for its answer. */
async function open(url: string): Promise<readonly number[]> {
  const faults: string[] = []
  const opened = await browser!.context.newPage()
  opened.on("pageerror", (error) => faults.push(String(error)))
  opened.on("response", (response) => response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`))
  try {
    await opened.goto(url)
    await opened.waitForFunction("'answer' in globalThis", undefined, { timeout: 20_000 }).catch((error) => faults.push(String(error)))
    expect(faults).toEqual([])
    return (await opened.evaluate("answer")) as readonly number[]
  } finally {
    await opened.close()
  }
}

async function check(base: string, complaints: readonly string[]): Promise<void> {
  for (const name of pages) {
    const url = new URL(name, base).href
    expect(await crawl(url)).toBeGreaterThan(1)
    if (!browser) continue
    const answer = await open(url)
    expect(answer).toHaveLength(2)
    for (const [i, value] of answer.entries()) expect(Math.abs(value / expected[i]! - 1)).toBeLessThan(1e-6)
  }
  expect(complaints).toEqual([])
}

describe.each(["without", "with"])("an application %s the package webgpu", (which) => {
  beforeAll(() => {
    if (which === "with") lend(project, "webgpu")
    rmSync(join(project.folder, "node_modules/.vite"), { recursive: true, force: true })
  })
  test("runs in Vite's dev server", async () => {
    const complaints: string[] = []
    const server = await createServer(configure(complaints))
    try {
      await server.listen()
      await check(server.resolvedUrls!.local[0]!, complaints)
    } finally {
      await server.close()
    }
  })
  test("runs when built by Vite", async () => {
    const complaints: string[] = []
    const { output } = (await build(configure(complaints))) as Rolldown.RolldownOutput
    const modules = output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []))
    expect(modules.some((id) => id.endsWith("tskeops/dist/src/runtime/webgpu/package.js"))).toBe(true)
    expect(modules.filter((id) => id.includes("node_modules/webgpu/"))).toEqual([])
    const server = await preview(configure(complaints))
    try {
      await check(server.resolvedUrls!.local[0]!, complaints)
    } finally {
      await server.close()
    }
  })
})
