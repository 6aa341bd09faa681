// The public face in a browser: Debian's Chromium, headless, with SwiftShader as its WebGPU adapter. No file of Node's is there.
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "esbuild"
import { type BrowserContext, chromium, type Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { random } from "../support/run.ts"
import type { Found } from "./page.ts"

const executablePath = "/usr/bin/chromium"
const installed = existsSync(executablePath)
if (!installed && process.env.CI === "true") {
  throw new Error("Chromium is not installed; run `node scripts/install-drivers.mjs` as root on Debian")
}
const args = [
  "--no-sandbox",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
]

let server: Server
let context: BrowserContext
let page: Page
const profile = mkdtempSync(join(tmpdir(), "tskeops-browser-"))
const errors: string[] = []

beforeAll(async () => {
  if (!installed) return
  const bundled = await build({
    entryPoints: [join(import.meta.dirname, "page.ts")],
    bundle: true,
    format: "esm",
    platform: "browser",
    external: ["webgpu"],
    write: false,
  })
  const script = bundled.outputFiles[0]!.text
  server = createServer((request, response) => {
    const isScript = request.url === "/page.js"
    response.writeHead(200, {
      "Content-Type": isScript ? "text/javascript" : "text/html",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
    })
    response.end(isScript ? script : '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args })
  page = await context.newPage()
  page.on("pageerror", (error) => errors.push(String(error)))
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction("typeof find === 'function'")
})

afterAll(async () => {
  await context?.close()
  server?.close()
  rmSync(profile, { recursive: true, force: true })
})

const [rows, columns] = [70, 130]
const [x, y] = [Array.from(random(1, rows * 3)), Array.from(random(2, columns * 3))]
const distances = Array.from({ length: rows }, (_, i) =>
  Array.from({ length: columns }, (_, j) => [0, 1, 2].reduce((sum, k) => sum + (x[i * 3 + k]! - y[j * 3 + k]!) ** 2, 0)),
)
const sums = distances.map((row) => row.reduce((sum, d) => sum + Math.exp(-d), 0))

test.runIf(installed).each(["wasm", "webgpu"] as const)("sums, indices and a matrix that is passed on, on %s", async (backend) => {
  const found = (await page.evaluate(`find(${JSON.stringify(x)}, ${JSON.stringify(y)}, "${backend}")`)) as Found
  for (const [i, value] of found.sums.entries()) expect(Math.abs(value - sums[i]!) / sums[i]!).toBeLessThan(1e-5)
  expect(found.sums.length).toBe(rows)
  for (const [i, row] of distances.entries()) {
    const order = row.map((d, j) => [d, j] as const).sort((a, b) => a[0] - b[0])
    expect(found.indices.slice(2 * i, 2 * i + 2)).toEqual(order.slice(0, 2).map(([, j]) => j))
  }
  const squares = sums.reduce((sum, value) => sum + value * value, 0)
  expect(Math.abs(found.chained[0]! - squares) / squares).toBeLessThan(1e-5)
  expect(errors).toEqual([])
})

test.runIf(installed)("auto leaves a software adapter alone, and says so", async () => {
  const info = (await page.evaluate("backendInfo()")) as { readonly backend: string; readonly reason: string }
  expect(info.backend).toBe("wasm")
  expect(info.reason).toContain("adapter")
})
