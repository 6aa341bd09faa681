// Runs the command, in this process from its sources, or as users do from the built package. Not a test itself.
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { symlinkSync } from "node:fs"
import { join } from "node:path"
import { run } from "../../tools/cli/run.ts"
import { createProject, type Project, root } from "../transformer/project.ts"

export interface Result {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** In this process. */
export async function tskeops(...args: readonly string[]): Promise<Result> {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await run(args, { out: (text) => out.push(text), err: (text) => err.push(text) })
  return { code, out: out.join("\n"), err: err.join("\n") }
}

const bin = (project: Project) => join(project.folder, "node_modules/tskeops/dist/tools/cli.cjs")

/** The package's own command, in a project's folder. */
export function command(project: Project, ...args: readonly string[]): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin(project), ...args], { cwd: project.folder, encoding: "utf8" })
  return { code: status, out: stdout.trim(), err: stderr.trim() }
}

export interface Watching {
  /** Waits until what was printed since the last time has `text`. */
  until(text: string): Promise<void>
  end(): Promise<void>
}

export function watching(project: Project, ...args: readonly string[]): Watching {
  const child: ChildProcess = spawn(process.execPath, [bin(project), ...args], { cwd: project.folder })
  let printed = ""
  let wake = () => {}
  const add = (data: Buffer) => {
    printed += data.toString()
    wake()
  }
  child.stdout!.on("data", add)
  child.stderr!.on("data", add)
  return {
    async until(text) {
      while (!printed.includes(text)) {
        if (child.exitCode !== null) throw new Error(`it ended; it printed ${printed}`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      printed = printed.slice(printed.indexOf(text) + text.length)
    },
    async end() {
      const ended = new Promise((resolve) => child.once("exit", resolve))
      child.kill("SIGTERM")
      await ended
    },
  }
}

/** The compilers that are installed here, by their major versions. */
export const compilers = { "5.9": "typescript", 6: "typescript-6", 7: "typescript-7" } as const
export type CompilerName = keyof typeof compilers

/** A project that has one of them as its TypeScript. */
export function projectWith(
  compiler: CompilerName,
  files: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
): Project {
  const project = createProject(files, { plugins: undefined, ...options })
  symlinkSync(join(root, "node_modules", compilers[compiler]), join(project.folder, "node_modules/typescript"), "dir")
  return project
}

export const density = `import { keops, Vi, Vj } from "tskeops"
const [x, y] = [Vi("x", 3), Vj("y", 3)]
export const density = keops\`Exp(-SqDist($<x>, \${y}))\`.sum()
`
export const user = `import { density } from "./density.js"
const { data } = await density.with({ backend: "wasm" })({ x: [0, 0, 0], y: [0, 0, 0, 1, 0, 0] })
console.log(data[0]!.toFixed(4))
`
