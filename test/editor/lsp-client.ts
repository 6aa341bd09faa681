// `tskeops lsp` as a child process, and a client that speaks with it. Not a test itself.
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { build } from "esbuild"
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node"
import { root } from "../transformer/project.ts"

/** Bundles the proxy as the build does, and returns the file and what removes it. */
export async function bundleProxy(): Promise<{ readonly file: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "tskeops-lsp-"))
  writeFileSync(
    join(folder, "main.ts"),
    `import { runProxy } from ${JSON.stringify(join(root, "tools/editor/lsp.ts"))}\nvoid runProxy().then(() => process.exit(0))\n`,
  )
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir")
  const file = join(folder, "main.cjs")
  await build({
    entryPoints: [join(folder, "main.ts")],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "cjs",
    define: { "import.meta.url": "__filename" },
    external: ["typescript"],
    logLevel: "error",
  })
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export class LspClient {
  private readonly process: ChildProcess
  readonly connection: MessageConnection
  readonly log: string[] = []

  constructor(proxy: string, cwd: string) {
    this.process = spawn(process.execPath, [proxy, "--stdio"], { cwd, stdio: ["pipe", "pipe", "inherit"] })
    this.connection = createMessageConnection(new StreamMessageReader(this.process.stdout!), new StreamMessageWriter(this.process.stdin!))
    this.connection.onNotification("window/logMessage", ({ message }: { readonly message: string }) => {
      this.log.push(message)
    })
    this.connection.onRequest("workspace/configuration", ({ items }: { readonly items: readonly unknown[] }) => items.map(() => null))
    this.connection.onRequest("client/registerCapability", () => null)
    this.connection.listen()
  }

  async initialize(folder: string): Promise<unknown> {
    const answer = await this.ask("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: { textDocument: { diagnostic: {}, hover: { contentFormat: ["markdown"] } } },
    })
    this.tell("initialized", {})
    return answer
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers of any method
  ask(method: string, params: object): Promise<any> {
    return this.connection.sendRequest(method, params)
  }

  tell(method: string, params: object): void {
    void this.connection.sendNotification(method, params)
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve))
    await this.connection.sendRequest("shutdown")
    void this.connection.sendNotification("exit")
    await ended
    this.connection.dispose()
  }
}
