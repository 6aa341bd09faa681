// A real tsserver as a child process, as editors start it. Not a test itself.
import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"

interface Message {
  readonly type: "response" | "event"
  readonly event?: string
  readonly request_seq?: number
  readonly success?: boolean
  readonly message?: string
  readonly body?: unknown
}

/** A server of the TypeScript in a folder of node_modules. */
export class TsServer {
  private readonly process: ChildProcess
  private readonly waiting = new Map<number, (message: Message) => void>()
  private readonly listeners = new Set<(message: Message) => void>()
  private count = 0
  private rest = Buffer.alloc(0)

  constructor(typescript: string, cwd: string, ...flags: readonly string[]) {
    const server = join(typescript, "lib/tsserver.js")
    this.process = spawn(
      process.execPath,
      [server, "--disableAutomaticTypingAcquisition", "--suppressDiagnosticEvents", ...flags].filter((flag) => flag !== ""),
      {
        cwd,
        stdio: ["pipe", "pipe", "inherit"],
      },
    )
    this.process.stdout!.on("data", (data: Buffer) => this.read(data))
  }

  private read(data: Buffer): void {
    this.rest = Buffer.concat([this.rest, data])
    for (;;) {
      const head = this.rest.indexOf("\r\n\r\n")
      if (head < 0) return
      const length = Number(/Content-Length: (\d+)/.exec(this.rest.subarray(0, head).toString())![1])
      if (this.rest.length < head + 4 + length) return
      const message = JSON.parse(this.rest.subarray(head + 4, head + 4 + length).toString()) as Message
      this.rest = this.rest.subarray(head + 4 + length)
      this.waiting.get(message.request_seq ?? -1)?.(message)
      for (const listen of this.listeners) listen(message)
    }
  }

  /** Tells the server something. */
  send(command: string, args: object): number {
    this.process.stdin!.write(`${JSON.stringify({ seq: ++this.count, type: "request", command, arguments: args })}\n`)
    return this.count
  }

  /** Asks the server; undefined where it has no answer. */
  ask<T>(command: string, args: object): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const seq = this.send(command, args)
      this.waiting.set(seq, (message) => {
        this.waiting.delete(seq)
        if (message.success) resolve(message.body as T)
        else if (message.message === "No content available.") resolve(undefined)
        else reject(new Error(`${command}: ${message.message}`))
      })
    })
  }

  get pid(): number {
    return this.process.pid!
  }

  close(): void {
    this.process.stdin!.end()
    this.process.kill()
  }
}
