// One process of the fault harness: injects faults on one backend, and reports to its parent.
import { dispose } from "../../src/index.ts"
import { everyCall, inject, worldOf } from "./faults.ts"

export interface Task {
  readonly backend: "wasm" | "webgpu"
  readonly seed: number
  readonly count: number
  /** Whether every call of a device's methods fails once besides. */
  readonly everyCall?: boolean
}

export interface Report {
  readonly injected: Readonly<Record<string, number>>
  readonly wrong: readonly string[]
}

export async function main([text]: readonly string[]): Promise<void> {
  const { backend, seed, count, everyCall: all } = JSON.parse(text!) as Task
  let state = seed
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const wrong: string[] = []
  process.on("unhandledRejection", (error) => wrong.push(`nobody handled: ${String(error)}`))
  const world = await worldOf(backend, random)
  const injected: Record<string, number> = {}
  for (let n = 0; n < count; n++) {
    const found = await inject(world)
    injected[found.fault] = (injected[found.fault] ?? 0) + 1
    if (found.wrong) wrong.push(`${found.wrong} (seed ${seed}, fault ${n})`)
  }
  if (all && world.failing) {
    const found = await everyCall(world)
    injected["every call"] = found.count
    wrong.push(...found.wrong)
  }
  await dispose()
  const { log, device } = world.failing ?? {}
  if (log && log.buffers.size > 0) wrong.push(`${log.buffers.size} buffers were open at the end`)
  device?.destroy()
  await device?.lost
  process.send!({ injected, wrong } satisfies Report)
  process.disconnect()
}
