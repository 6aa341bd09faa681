// The WebGPU adapter that Node finds through the `webgpu` package: in a process of its own with a time limit, because a driver may crash or hang.
import { spawnSync } from "node:child_process"
import { createRequire } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { remedies } from "../messages.ts"
import type { Row } from "./row.ts"

const LIMIT_MS = 20_000

/** What the other process runs; its argument is the package's file. */
const probe = `
const { create } = await import(process.argv[1])
const gpu = create([])
const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" })
const { vendor, architecture, device, description, isFallbackAdapter } = adapter?.info ?? {}
const limits = Object.fromEntries(["maxBufferSize", "maxStorageBufferBindingSize", "maxComputeWorkgroupsPerDimension", "maxComputeInvocationsPerWorkgroup"].map((name) => [name, adapter?.limits[name]]))
console.log(JSON.stringify(adapter ? { name: [description || device, vendor, architecture].filter(Boolean).join(", "), isFallback: isFallbackAdapter === true, limits } : {}))
process.exit(0)
`

interface Found {
  readonly name?: string
  readonly isFallback?: boolean
  readonly limits?: Readonly<Record<string, number>>
}

export function adapterRows(folder: string): readonly Row[] {
  const path = packagePath(folder)
  if (path === undefined)
    return [
      {
        name: "webgpu package",
        state: "note",
        found: "not installed: in Node runs use the CPU; browsers need no package",
        remedy: remedies.installDev("webgpu"),
      },
    ]
  const { status, signal, stdout, stderr, error } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", probe, pathToFileURL(path).href],
    {
      encoding: "utf8",
      timeout: LIMIT_MS,
    },
  )
  const here: Row = { name: "webgpu package", state: "fine", found: path }
  const fails = (found: string): readonly Row[] => [here, { name: "adapter", state: "note", found, remedy: remedies.adapter() }]
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ETIMEDOUT")
    return fails(`no answer within ${LIMIT_MS / 1000} s: the driver hangs`)
  if (signal !== null) return fails(`the process ended with ${signal}: the driver crashes`)
  if (status !== 0)
    return fails(
      `the package does not load: ${
        stderr
          .trim()
          .split("\n")
          .find((line) => /Error/.test(line)) ?? stderr.trim()
      }`,
    )
  const { name, isFallback, limits } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as Found
  if (name === undefined) return fails("none: runs use the CPU")
  return [
    here,
    { name: "adapter", state: isFallback ? "note" : "fine", found: isFallback ? `${name}, which runs on the CPU` : name },
    ...Object.entries(limits ?? {}).map(([limit, value]): Row => ({ name: limit, state: "fine", found: value.toLocaleString("en") })),
  ]
}

/** The package's main file, as the project would import it. */
function packagePath(folder: string): string | undefined {
  try {
    return createRequire(join(folder, "package.json")).resolve("webgpu")
  } catch {
    return undefined
  }
}
