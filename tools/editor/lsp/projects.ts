// The projects that documents belong to: of each the nearest tsconfig.json above it. A project is opened when one of its documents is.
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Host } from "../../hosts/host.ts"
import { createTypeScript7Host } from "../../hosts/typescript-7.ts"

export interface Projects {
  /** Of a file; undefined where it has no tsconfig.json, or that cannot be opened. */
  of(file: string): Host | undefined
  /** All that are open. */
  readonly open: readonly Host[]
  /** Forgets a project: its configuration has changed. */
  close(config: string): void
  dispose(): void
}

/** `typescript` is the path of its package.json; `opened` hears of each project once it is open. */
export function openProjects(typescript: string, opened: (host: Host) => void, failed: (why: string) => void): Projects {
  const hosts = new Map<string, Host | undefined>()
  const open = (project: string): Host | undefined => {
    try {
      const host = createTypeScript7Host({ project, typescript })
      hosts.set(project, host)
      opened(host)
      return host
    } catch (error) {
      // The server's own answers are better than none.
      failed((error as Error).message)
      hosts.set(project, undefined)
      return undefined
    }
  }
  const close = (config: string): void => {
    hosts.get(config)?.dispose()
    hosts.delete(config)
  }
  return {
    of(file) {
      const config = configOf(dirname(file))
      if (config === undefined) return undefined
      return hosts.has(config) ? hosts.get(config) : open(config)
    },
    get open() {
      return [...hosts.values()].filter((host) => host !== undefined)
    },
    close,
    dispose: () => [...hosts.keys()].forEach(close),
  }
}

function configOf(folder: string): string | undefined {
  const config = join(folder, "tsconfig.json")
  if (existsSync(config)) return config
  return dirname(folder) === folder ? undefined : configOf(dirname(folder))
}
