// The public API in a browser: Debian's Chromium, headless, with SwiftShader as its WebGPU adapter, without anything of Node.
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { build } from "esbuild"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { installed, launch } from "../support/chromium.ts"
import { random } from "../support/run.ts"
import type { Found } from "./page.ts"

/** Pages of one script, each under the Content-Security-Policy that its name stands for. */
const policies = {
  free: undefined,
  strict: "default-src 'self'; img-src data:",
  wasm: "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval'",
}
let server: Server
let browser: Awaited<ReturnType<typeof launch>>
let page: Page
const errors: string[] = []

beforeAll(async () => {
  if (!installed) return
  const bundled = await build({
    entryPoints: [join(import.meta.dirname, "page.ts")],
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
  })
  const script = bundled.outputFiles[0]!.text
  server = createServer(({ url = "" }, response) => {
    const isScript = url === "/page.js"
    const policy = policies[url.slice(1) as keyof typeof policies]
    response.writeHead(200, {
      "Content-Type": isScript ? "text/javascript" : "text/html",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
      ...(policy && { "Content-Security-Policy": policy }),
    })
    response.end(isScript ? script : '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  browser = await launch()
  page = await open("free")
})

afterAll(async () => {
  await browser?.close()
  server?.close()
})

async function open(policy: keyof typeof policies): Promise<Page> {
  const opened = await browser.context.newPage()
  opened.on("pageerror", (error) => errors.push(String(error)))
  await opened.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${policy}`)
  await opened.waitForFunction("typeof find === 'function'")
  return opened
}

const [rows, columns] = [70, 130]
const [x, y] = [Array.from(random(1, rows * 3)), Array.from(random(2, columns * 3))]
const distances = Array.from({ length: rows }, (_, i) =>
  Array.from({ length: columns }, (_, j) => [0, 1, 2].reduce((sum, k) => sum + (x[i * 3 + k]! - y[j * 3 + k]!) ** 2, 0)),
)
const sums = distances.map((row) => row.reduce((sum, d) => sum + Math.exp(-d), 0))

const find = (page: Page, backend: "wasm" | "webgpu") =>
  page.evaluate(`find(${JSON.stringify(x)}, ${JSON.stringify(y)}, "${backend}")`) as Promise<Found>

async function check(page: Page, backend: "wasm" | "webgpu"): Promise<void> {
  const found = await find(page, backend)
  for (const [i, value] of found.sums.entries()) expect(Math.abs(value - sums[i]!) / sums[i]!).toBeLessThan(1e-5)
  expect(found.sums.length).toBe(rows)
  for (const [i, row] of distances.entries()) {
    const order = row.map((d, j) => [d, j] as const).sort((a, b) => a[0] - b[0])
    expect(found.indices.slice(2 * i, 2 * i + 2)).toEqual(order.slice(0, 2).map(([, j]) => j))
  }
  const squares = sums.reduce((sum, value) => sum + value * value, 0)
  expect(Math.abs(found.chained[0]! - squares) / squares).toBeLessThan(1e-5)
  expect(errors).toEqual([])
}

test.runIf(installed).each(["wasm", "webgpu"] as const)("a page computes sums, indices and a matrix of a matrix on %s", (backend) =>
  check(page, backend),
)

test.runIf(installed)("a page with backend auto does not use a software adapter, and reports why", async () => {
  const info = (await page.evaluate("backendInfo()")) as { readonly backend: string; readonly reason: string }
  expect(info.backend).toBe("wasm")
  expect(info.reason).toContain("adapter")
})

test.runIf(installed)("a page whose policy forbids WebAssembly gets an error with the remedy, and can use WebGPU", async () => {
  const strict = await open("strict")
  const error = find(strict, "wasm")
  await expect(error).rejects.toThrow("'wasm-unsafe-eval' in the Content-Security-Policy")
  await expect(error).rejects.toThrow('`backend: "webgpu"`')
  await check(strict, "webgpu")
})

test.runIf(installed)("a page needs no more than 'wasm-unsafe-eval' in its policy", async () => {
  const wasm = await open("wasm")
  await check(wasm, "wasm")
  await check(wasm, "webgpu")
})
