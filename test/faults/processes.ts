// Runs the faults of one executor in a separate process, which a fault may end or hang.
import { fork } from "node:child_process"
import { join } from "node:path"
import { drivers } from "../support/drivers.ts"
import type { Report, Task } from "./worker.ts"

const root = join(import.meta.dirname, "../..")

export const executors = [
  { name: "CPU", backend: "wasm", env: {}, installed: true },
  ...drivers.map(({ name, env, installed }) => ({ name, backend: "webgpu" as const, env, installed })),
] as const

/** The findings of a process; a crash, or not ending in `seconds`, is a finding too. */
export function inProcess(task: Task, env: object, seconds: number): Promise<Report> {
  return new Promise((resolve) => {
    const child = fork(join(root, "scripts/run-ts.mjs"), ["test/faults/worker.ts", JSON.stringify(task)], {
      cwd: root,
      env: { ...process.env, ...env },
    })
    let report: Report = { injected: {}, wrong: [] }
    let end = ""
    const timer = setTimeout(() => {
      end = `did not end in ${seconds} s`
      child.kill("SIGKILL")
    }, seconds * 1000)
    child.on("message", (message) => {
      report = message as Report
    })
    child.on("exit", (code, signal) => {
      clearTimeout(timer)
      if (code !== 0) end ||= `ended with ${code ?? signal}`
      if (!end && Object.keys(report.injected).length === 0) end = "told nothing"
      resolve(end ? { ...report, wrong: [...report.wrong, `the process of seed ${task.seed} ${end}`] } : report)
    })
  })
}
