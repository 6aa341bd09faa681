// Debian's Chromium, headless, with SwiftShader as its WebGPU adapter: for tests of what a browser does.
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type BrowserContext, chromium } from "playwright-core"
import drivers from "../../scripts/drivers.json" with { type: "json" }

const executablePath = drivers.find(({ kind }) => kind === "browser")!.file
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

/** Whether it is installed; with CI=true it must be, so that no test is skipped silently. */
export const installed = existsSync(executablePath)
if (!installed && process.env.CI === "true") {
  throw new Error("Chromium is not installed; run `npm run drivers`")
}

/** Starts it with an empty profile; with WebGPU `off`, pages have no `navigator.gpu`. */
export async function launch(webgpu: "on" | "off" = "on"): Promise<{ readonly context: BrowserContext; close(): Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), "tskeops-browser-"))
  const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args })
  // As in a browser that does not know it: no flag of Chromium takes it away.
  if (webgpu === "off") await context.addInitScript("delete Navigator.prototype.gpu")
  return {
    context,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
