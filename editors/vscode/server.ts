// Which language server a folder needs, and where it is. Knows nothing of VS Code, so that tests can ask it.
import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import * as say from "./messages.ts"

/** The setting `tskeops.lsp`. */
export type Setting = "auto" | "on" | "off"

/** What a folder has installed, in itself or in a folder above. */
export interface Installed {
  /** The version of its TypeScript. */
  readonly typescript?: string
  /** The file that the command `tskeops` runs. */
  readonly command?: string
}

interface Manifest {
  readonly version: string
  readonly bin?: string | Readonly<Record<string, string>>
}

/** The package.json of a package as the folder's own modules would find it, and where it is. */
function manifestOf(name: string, folder: string): readonly [manifest: Manifest, at: string] | undefined {
  try {
    const path = createRequire(join(folder, "package.json")).resolve(`${name}/package.json`)
    return [JSON.parse(readFileSync(path, "utf8")), dirname(path)]
  } catch {
    return undefined
  }
}

/** Reads what a folder has installed; nothing of it is run. */
export function installed(folder: string): Installed {
  const [typescript] = manifestOf("typescript", folder) ?? []
  const [tskeops, at] = manifestOf("tskeops", folder) ?? []
  // The command's own file, not node_modules/.bin: on Windows that has scripts of the shell, which cannot be spawned without one.
  const bin = typeof tskeops?.bin === "string" ? tskeops.bin : tskeops?.bin?.tskeops
  const command = bin === undefined ? undefined : join(at!, bin)
  return { typescript: typescript?.version, command: command !== undefined && existsSync(command) ? command : undefined }
}

/** What to do in a folder: the file to run, or what to tell the user, or neither. */
export interface Plan {
  readonly run?: string
  readonly problem?: string
}

/** `auto` starts the server where all that it needs is there, and is silent elsewhere; `on` says what is missing. */
export function planFor(folder: string, setting: Setting, { typescript, command }: Installed): Plan {
  if (setting === "off") return {}
  const problem =
    command === undefined
      ? say.notInstalled(folder)
      : typescript === undefined
        ? say.noTypeScript(folder)
        : Number.parseInt(typescript, 10) < 7
          ? say.notForServer(folder, typescript)
          : undefined
  if (problem === undefined) return { run: command }
  return setting === "on" ? { problem } : {}
}
