// The templates for browsers: installed, built, and opened in Chromium, with WebGPU on SwiftShader and without WebGPU.
import { join } from "node:path"
import type { BrowserContext } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { installed, launch } from "../support/chromium.ts"
import { expected, fieldInTheMiddle, type Picture, side } from "./pictures.ts"
import { type Served, serveBy, serveFiles, type Template, templates } from "./template.ts"

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })

const NODE = 24
const { open, remove } = templates(NODE)
type Browser = { readonly context: BrowserContext; close(): Promise<void> }
const browsers = new Map<"on" | "off", Browser>()
beforeAll(async () => {
  if (installed) for (const webgpu of ["on", "off"] as const) browsers.set(webgpu, await launch(webgpu))
})
afterAll(async () => {
  for (const browser of browsers.values()) await browser.close()
  remove()
})

const served = {
  "vite-app": (folder) => serveFiles(join(folder, "dist")),
  "esbuild-app": (folder) => serveFiles(join(folder, "public")),
  "webpack-app": (folder) => serveFiles(join(folder, "public")),
  "next-app": (folder) => serveBy(NODE, folder, "node_modules/next/dist/bin/next", "start", "--port", "0"),
} as const satisfies Record<keyof typeof expected, (folder: string) => Promise<Served>>

interface Shown {
  readonly text: string
  readonly hasWebGpu: boolean
  readonly body: string
  readonly picture: Picture
}

/** Opens a page, and reads its picture when it says that it is done. */
async function show(webgpu: "on" | "off", url: string): Promise<Shown> {
  const page = await browsers.get(webgpu)!.context.newPage()
  const faults: string[] = []
  page.on("pageerror", (error) => faults.push(String(error)))
  page.on("response", (response) => response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`))
  try {
    await page.goto(url)
    await page
      .waitForFunction("document.querySelector('output').textContent", undefined, { timeout: 120_000 })
      .catch((error) => faults.push(String(error)))
    expect(faults).toEqual([])
    const found = (await page.evaluate(`({
      text: document.querySelector("output").textContent,
      body: document.body.textContent,
      hasWebGpu: navigator.gpu !== undefined,
      bytes: Array.from(document.querySelector("canvas").getContext("2d").getImageData(0, 0, ${side}, ${side}).data),
    })`)) as Omit<Shown, "picture"> & { readonly bytes: readonly number[] }
    return { ...found, picture: (pixel) => found.bytes.slice(4 * pixel, 4 * pixel + 3) as unknown as [number, number, number] }
  } finally {
    await page.close()
  }
}

describe.each(Object.keys(expected) as (keyof typeof expected)[])("%s", (name) => {
  let template: Template
  let server: Served
  beforeAll(async () => {
    template = open(name)
    template.check("npm run build")
    server = await served[name](template.check("pwd").trim())
  })
  afterAll(() => server?.close())

  test.runIf(installed).each([
    ["on", "?backend=webgpu", "webgpu"],
    ["off", "", "wasm"],
  ] as const)("shows the right picture with WebGPU %s", async (webgpu, query, backend) => {
    const { text, hasWebGpu, body, picture } = await show(webgpu, server.url + query)
    expect([hasWebGpu, text.endsWith(` on ${backend}`)]).toEqual([webgpu === "on", true])
    const wantedOf = expected[name](picture)
    // Pixels all over the picture.
    for (let pixel = 77; pixel < side * side; pixel += 1009) {
      const wanted = wantedOf(pixel)
      const off = picture(pixel).map((value, k) => Math.abs(value - wanted[k]!))
      expect([pixel, Math.max(...off) <= 1]).toEqual([pixel, true])
    }
    if (name === "next-app") expect(body).toContain(`The server says: ${fieldInTheMiddle.toFixed(4)} in the middle`)
  })
})
