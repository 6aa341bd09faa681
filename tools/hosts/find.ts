// Which TypeScript a project has, and the host that fits it.
import { readFileSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, resolve } from "node:path"
import type { Compiler } from "../../transformer/context.ts"
import type { Host } from "./host.ts"
import { createInProcessHost } from "./in-process.ts"
import { noTypeScript, oldTypeScript } from "./messages.ts"
import { createTypeScript7Host } from "./typescript-7.ts"

export interface FoundTypeScript {
  readonly version: string
  /** Its package.json. */
  readonly path: string
}

/** The TypeScript that a folder's modules would import, or else the one beside tskeops. */
export function findTypeScript(folder: string): FoundTypeScript | undefined {
  for (const from of [join(folder, "package.json"), import.meta.url]) {
    try {
      const path = createRequire(from).resolve("typescript/package.json")
      return { version: (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version, path }
    } catch {
      // The next place.
    }
  }
  return undefined
}

/** Opens a project: a tsconfig.json, or a folder. Throws an Error that says what to install where there is no TypeScript that fits. */
export function openHost(project: string): Host {
  const path = resolve(project)
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path)
  const found = findTypeScript(folder)
  if (found === undefined) throw new Error(noTypeScript(folder))
  const [major, minor] = found.version.split(".").map(Number) as [number, number]
  if (major < 5 || (major === 5 && minor < 9)) throw new Error(oldTypeScript(found.version))
  if (major >= 7) return createTypeScript7Host({ project: path, typescript: found.path })
  const ts = createRequire(found.path)(dirname(found.path)) as Compiler
  return createInProcessHost({ ts, project: path })
}
