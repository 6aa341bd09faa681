// A template of examples/ as a user has it: copied, installed with the package as a tarball, built by its own script. Not a test itself.
import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { type Folder, install, nodeFolder, packed } from "../install/folder.ts"
import { root } from "../layers/sources.ts"

export interface Template extends Folder {
  /** Runs commands, which must end well; returns what they print. */
  check(lines: string): string
}

/** What templates are installed from; `remove` removes them all. */
export function templates(node: number): { open(name: string): Template; remove(): void } {
  const { empty, remove } = packed()
  return {
    remove,
    open(name) {
      const folder = empty(name)
      for (const path of filesOf(join(root, "examples", name))) folder.write(path, readFileSync(join(root, "examples", name, path), "utf8"))
      install(folder, node, "npm install tskeops")
      return {
        ...folder,
        check(lines) {
          const { ok, output } = folder.run(node, lines)
          if (!ok) throw new Error(output)
          return output
        },
      }
    },
  }
}

/** The files of a template: not what was made by building it in place. */
function filesOf(folder: string, at = ""): readonly string[] {
  const made = new Set(readFileSync(join(folder, ".gitignore"), "utf8").split("\n"))
  return readdirSync(join(folder, at)).flatMap((name) => {
    const path = at === "" ? name : `${at}/${name}`
    if (made.has(name) || /\bpublic\/main\.js/.test(path)) return []
    return statSync(join(folder, path)).isDirectory() ? filesOf(folder, path) : [path]
  })
}

export interface Served {
  readonly url: string
  close(): void
}

const types: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", map: "application/json" }

/** Serves the files of a folder. */
export async function serveFiles(folder: string): Promise<Served> {
  const server = createServer(({ url = "/" }, response) => {
    const path = new URL(url, "http://localhost").pathname
    const file = join(folder, path === "/" ? "index.html" : path)
    if (!existsSync(file)) return response.writeHead(404).end()
    return response.writeHead(200, { "content-type": types[file.split(".").pop()!] ?? "text/plain" }).end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

/** Starts a server, and waits until it prints its address. */
export async function serveBy(node: number, folder: string, ...args: readonly string[]): Promise<Served> {
  const server: ChildProcess = spawn(join(nodeFolder(node), "node"), args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] })
  let printed = ""
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk
      const [found] = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(printed) ?? []
      if (found && /Ready/.test(printed)) resolve(`${found}/`)
    }
    server.stdout!.on("data", read)
    server.stderr!.on("data", read)
    server.on("exit", () => reject(new Error(printed)))
  })
  return { url, close: () => void server.kill() }
}
