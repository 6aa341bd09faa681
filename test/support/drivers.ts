// The software Vulkan drivers that tests of the webgpu executor run on. A process has one driver: a file of tests takes one with `use`
// before anything opens a device; a child process gets `env`.
import { existsSync } from "node:fs"
import rows from "../../scripts/drivers.json" with { type: "json" }

export interface Driver {
  readonly name: "SwiftShader" | "lavapipe"
  readonly installed: boolean
  /** The environment that makes it the only driver. */
  readonly env: { readonly VK_ICD_FILENAMES: string; readonly XDG_RUNTIME_DIR: string }
}

const driver = (name: Driver["name"], file: string): Driver => ({
  name,
  installed: existsSync(file),
  env: { VK_ICD_FILENAMES: file, XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? "/tmp" },
})

export const drivers: readonly Driver[] = rows
  .filter(({ kind }) => kind === "vulkan")
  .map(({ name, file }) => driver(name as Driver["name"], file))

/**
 * Makes a driver the only one of this process. If it is not installed: throws with CI=true, otherwise returns false, so that the caller
 * can report that its tests did not run.
 */
export function use(name: Driver["name"]): boolean {
  const found = drivers.find((candidate) => candidate.name === name)
  if (found?.installed) {
    Object.assign(process.env, found.env)
    return true
  }
  if (process.env.CI === "true") throw new Error(`${name} is not installed; run \`npm run drivers\``)
  return false
}
