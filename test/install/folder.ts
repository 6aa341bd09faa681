// Empty folders in which the lines of a page are typed: the package comes as a tarball, nothing else is changed. Not a test itself.
import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { expect } from "vitest"
import { createProject } from "../transformer/project.ts"

export const currentNode = Number.parseInt(process.versions.node, 10)

/** The folders of Nodes, by major version. */
const nodes = new Map<number, string>([[currentNode, dirname(process.execPath)]])
/** The folder of a Node of a major version, fetched where it is not here. */
export function nodeFolder(major: number): string {
  const known = nodes.get(major)
  if (known) return known
  const found = execFileSync("npx", ["-y", "-p", `node@${major}`, "--", "node", "-p", "process.execPath"], { encoding: "utf8" }).trim()
  nodes.set(major, dirname(found))
  return dirname(found)
}

export interface Folder {
  write(path: string, text: string): void
  run(node: number, lines: string): { readonly ok: boolean; readonly output: string }
}

/** The package as a tarball, and folders to install it in. */
export function packed(): { empty(name: string): Folder; remove(): void } {
  const work = mkdtempSync(join(tmpdir(), "tskeops-install-"))
  const project = createProject({})
  const published = join(project.folder, "node_modules/tskeops")
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", work], { cwd: published, stdio: "pipe" })
  project.remove()
  const tarball = join(work, readdirSync(work).find((name) => name.endsWith(".tgz"))!)
  return {
    remove: () => rmSync(work, { recursive: true, force: true }),
    empty(name) {
      const folder = join(work, name)
      mkdirSync(folder)
      return {
        write(path, text) {
          mkdirSync(dirname(join(folder, path)), { recursive: true })
          writeFileSync(join(folder, path), text)
        },
        run(node, lines) {
          const { status, stdout, stderr } = spawnSync("sh", ["-ec", lines.replace("npm install tskeops", `npm install ${tarball}`)], {
            cwd: folder,
            encoding: "utf8",
            env: { ...process.env, PATH: `${nodeFolder(node)}${delimiter}${process.env.PATH}`, npm_config_prefer_offline: "true" },
          })
          return { ok: status === 0, output: `${stdout}${stderr}` }
        },
      }
    },
  }
}

/** Installs without a word about versions that do not fit. */
export function install(folder: Folder, node: number, lines: string): void {
  const { ok, output } = folder.run(node, lines)
  expect(ok ? "installed" : output).toBe("installed")
  expect(output).not.toMatch(/ERESOLVE|EBADENGINE|\bpeer/i)
}
