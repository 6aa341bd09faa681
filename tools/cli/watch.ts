// Tells hosts what changes on disk, and says when all is told. It watches the folders of their files.
import { dirname, sep } from "node:path"
import { watch as watchFiles } from "chokidar"
import type { Host } from "../hosts/host.ts"

/** Changes that come together are one: editors write several files at once. */
const QUIET_MS = 50

const isRead = (path: string) => /\.([cm]?[jt]sx?|json)$/.test(path)

/** Runs `report`, and again after changes, until the process is ended. It watches before it reports, so that no change is missed. */
export function watch(hosts: readonly Host[], report: () => void): Promise<never> {
  let timer: NodeJS.Timeout | undefined
  const watcher = watchFiles([process.cwd(), ...foldersOf(hosts)], {
    ignoreInitial: true,
    ignored: (path, stats) =>
      path.includes(`${sep}node_modules`) || path.includes(`${sep}.git`) || (stats?.isFile() === true && !isRead(path)),
  })
  watcher.on("all", (_event, path) => {
    if (!isRead(path)) return
    for (const host of hosts) host.changed(path)
    clearTimeout(timer)
    timer = setTimeout(report, QUIET_MS)
  })
  watcher.once("ready", report)
  return new Promise(() => {})
}

const foldersOf = (hosts: readonly Host[]) => [...new Set(hosts.flatMap((host) => host.files()).map((file) => dirname(file)))]
