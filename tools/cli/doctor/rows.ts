// What the doctor finds without a GPU: versions, TypeScript, and whether each tool of the project has its lines.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { Code, encodeModule } from "../../../src/wasm/encoder.ts"
import { knowsRelaxed } from "../../../src/wasm/validate.ts"
import { findTypeScript } from "../../hosts/find.ts"
import { remedies } from "../messages.ts"
import { versionOf } from "../run.ts"
import type { ProjectTools } from "../tools/read-tools.ts"
import type { Row } from "./row.ts"

export function machineRows(): readonly Row[] {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  const isKnown = major > 20 || (major === 20 && minor >= 19)
  const isSimd = WebAssembly.validate(
    encodeModule([{ code: new Code(["v128"], ["v128"]).get(0, 0).op("f32x4.add") }]) as Uint8Array<ArrayBuffer>,
  )
  return [
    { name: "tskeops", state: "fine", found: versionOf() },
    { name: "node", state: isKnown ? "fine" : "broken", found: process.versions.node, ...(!isKnown && { remedy: remedies.node() }) },
    {
      name: "WebAssembly SIMD",
      state: isSimd ? "fine" : "broken",
      found: isSimd ? "yes" : "no",
      ...(!isSimd && { remedy: remedies.node() }),
    },
    {
      name: "relaxed SIMD",
      state: knowsRelaxed() ? "fine" : "note",
      found: knowsRelaxed() ? "yes" : "no: kernels run without fused multiply-add",
    },
    { name: "threads", state: "fine", found: `${availableParallelism()} cores; a run on the CPU uses one, in slices of some 10 ms` },
    { name: "isolation", state: "fine", found: "not needed: kernels share no memory, so that pages need no COOP and COEP headers" },
  ]
}

export function projectRows(folder: string, tools: ProjectTools): readonly Row[] {
  return [packageRow(folder), ...typeScriptRows(folder, tools), ...toolRows(tools)]
}

function packageRow(folder: string): Row {
  const version = installed(folder, "tskeops")
  if (version === undefined)
    return { name: "in the project", state: "broken", found: "tskeops is not installed", remedy: remedies.install("tskeops") }
  if (version !== versionOf())
    return {
      name: "in the project",
      state: "note",
      found: `tskeops ${version}, while this command is ${versionOf()}`,
      remedy: remedies.run(),
    }
  return { name: "in the project", state: "fine", found: `tskeops ${version}` }
}

function typeScriptRows(folder: string, { uses }: ProjectTools): readonly Row[] {
  const found = findTypeScript(folder)
  if (found === undefined) return [{ name: "TypeScript", state: "broken", found: "none", remedy: remedies.installDev("typescript") }]
  const [major = 0, minor = 0] = found.version.split(".").map(Number)
  const isKnown = major > 5 || (major === 5 && minor >= 9)
  const row: Row = {
    name: "TypeScript",
    state: isKnown ? "fine" : "broken",
    found: `${found.version}, ${found.path.replace(/[\\/]package\.json$/, "")}`,
    ...(!isKnown && { remedy: remedies.installDev("typescript@latest") }),
  }
  const patch = installed(folder, "ts-patch")
  if (patch === undefined) {
    const isWanted = uses.has("ts-patch")
    return [
      row,
      {
        name: "ts-patch",
        state: isWanted ? "broken" : "fine",
        found: isWanted ? "not installed" : "none, and none needed",
        ...(isWanted && { remedy: remedies.installDev(patchFor(major) ?? "") }),
      },
    ]
  }
  const wanted = patchFor(major)
  const fits = wanted !== undefined && patch.split(".")[0] === wanted.split("@")[1]
  if (fits) return [row, { name: "ts-patch", state: "fine", found: patch }]
  // It counts only where the project runs it.
  const state = uses.has("ts-patch") ? "broken" : "note"
  const remedy = wanted === undefined ? remedies.withoutPatch() : remedies.installDev(wanted)
  return [row, { name: "ts-patch", state, found: `${patch}, which does not fit TypeScript ${major}`, remedy }]
}

/** The pairs that work: ts-patch 3 with TypeScript 5.9, ts-patch 4 with TypeScript 6. */
const patchFor = (major: number): string | undefined => (major === 5 ? "ts-patch@3" : major === 6 ? "ts-patch@4" : undefined)

/** A project whose formulas one tool compiles may need no more: what others lack is a note then. */
function toolRows({ tools, scripts, uses }: ProjectTools): readonly Row[] {
  const isBuilt =
    uses.has("ts-patch") || tools.some(({ isSetUp }) => isSetUp) || Object.values(scripts).some((line) => /\btskeops build\b/.test(line))
  return tools.map(({ name, isSetUp, config }): Row => {
    if (isSetUp) return { name, state: "fine", found: `set up in ${config}` }
    const found = config === undefined ? "installed, without a configuration file" : `${config} is without the plugin`
    return { name, state: isBuilt || config === undefined ? "note" : "broken", found, remedy: remedies.init() }
  })
}

/** The version of a package that the modules of a folder would import. */
function installed(folder: string, name: string): string | undefined {
  try {
    const path = createRequire(join(folder, "package.json")).resolve(`${name}/package.json`)
    return (JSON.parse(readFileSync(path, "utf8")) as { readonly version: string }).version
  } catch {
    return undefined
  }
}
