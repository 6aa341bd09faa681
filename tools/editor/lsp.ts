// `tskeops lsp --stdio`: a language server that stands before that of TypeScript 7.
import { spawn } from "node:child_process"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Message as AnyMessage, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node"
import { findTypeScript } from "../hosts/find.ts"
import { createProxy, type Message } from "./lsp/proxy.ts"
import { createTexts } from "./lsp/texts.ts"
import { needsTypeScript7, projectNotOpened } from "./messages.ts"

/** Speaks with an editor by standard input and output until it ends. */
export function runProxy(): Promise<void> {
  return new Promise((resolve) => {
    const writer = new StreamMessageWriter(process.stdout)
    const toClient = (message: Message) => void writer.write(message as AnyMessage)
    let receive: ((message: Message) => void) | undefined
    const reader = new StreamMessageReader(process.stdin)
    reader.onClose(() => resolve())
    reader.listen((received) => {
      const message = received as Message
      if (receive === undefined && message.method === "initialize") receive = start(rootOf(message.params), toClient, resolve)
      if (receive) receive(message)
      else if (message.id !== undefined) toClient(notReady(message, "the first request must be initialize"))
      else if (message.method === "exit") resolve()
    })
  })
}

/** Starts the server of a folder; returns what takes the client's messages. */
function start(folder: string, toClient: (message: Message) => void, ended: () => void): (message: Message) => void {
  const found = findTypeScript(folder)
  if (found === undefined || Number.parseInt(found.version, 10) < 7)
    return (message) => {
      if (message.method === "exit") ended()
      else if (message.id !== undefined) toClient(notReady(message, needsTypeScript7(folder, found?.version)))
    }
  const tsc = join(dirname(found.path), "lib/tsc.js")
  const server = spawn(process.execPath, [tsc, "--lsp", "--stdio"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] })
  const writer = new StreamMessageWriter(server.stdin)
  const toServer = (message: Message) => void writer.write(message as AnyMessage)
  const warn = (why: string) =>
    toClient({ jsonrpc: "2.0", method: "window/logMessage", params: { type: 2, message: projectNotOpened(why) } })
  const texts = createTexts(found.path, (method, params) => toServer({ jsonrpc: "2.0", method, params }), warn)
  const proxy = createProxy({ toServer, toClient }, texts)
  new StreamMessageReader(server.stdout).listen((message) => proxy.fromServer(message as Message))
  const stop = () => server.kill()
  process.once("exit", stop)
  server.once("exit", () => {
    process.off("exit", stop)
    texts.dispose()
    ended()
  })
  return (message) => proxy.fromClient(message)
}

function notReady({ id }: Message, message: string): Message {
  // RequestFailed
  return { jsonrpc: "2.0", id, error: { code: -32803, message } }
}

interface Initialize {
  readonly workspaceFolders?: readonly { readonly uri: string }[] | null
  readonly rootUri?: string | null
  readonly rootPath?: string | null
}

function rootOf({ workspaceFolders, rootUri, rootPath }: Initialize): string {
  const uri = workspaceFolders?.[0]?.uri ?? rootUri
  return uri?.startsWith("file:") ? fileURLToPath(uri) : (rootPath ?? process.cwd())
}
