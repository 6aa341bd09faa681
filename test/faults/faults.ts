// The faults: each disturbs one run, and describes what is wrong with its outcome. The outcome must be the same bits as without the fault, or an
// error with a sentence of ours.
import { runInNewContext } from "node:vm"
import { dispose, type RunOptions } from "../../src/index.ts"
import { openDevice } from "../../src/runtime/webgpu/device.ts"
import type { GpuDevice } from "../../src/runtime/webgpu/types.ts"
import { type Log, type Plan, watched } from "./device.ts"
import { differs, free, type Given, type Job, jobs, numbersOf, raw } from "./jobs.ts"

export type Random = () => number
/** The finding of a fault: undefined, or a sentence. */
type Found = string | undefined

export interface World {
  readonly backend: "wasm" | "webgpu"
  readonly random: Random
  readonly wanted: ReadonlyMap<Job, readonly number[]>
  /** A user's device that fails on demand. */
  readonly failing?: { readonly device: GpuDevice; readonly log: Log }
}

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!

/** Waits some microtasks, or iterations of the event loop, while a run is in progress. */
async function moment(random: Random): Promise<void> {
  const turns = Math.floor(random() * 12)
  if (random() < 0.5) for (let turn = 0; turn < turns; turn++) await undefined
  else await new Promise((resolve) => setTimeout(resolve, turns / 2))
}

async function judge(job: Job, running: Promise<unknown>, { wanted }: World, mustFail = false): Promise<Found> {
  try {
    const given = (await running) as Parameters<typeof numbersOf>[0]
    if (mustFail) return `${job.name}: was accepted`
    return differs(await numbersOf(given), wanted.get(job)!)
  } catch (error) {
    return raw(error, job)
  }
}

/** The numbers of a result as something to judge, read at once. */
const reading = async (given: Given) => {
  const data = await numbersOf(given)
  return { toHost: async () => ({ data }) }
}

const shared = (numbers: Float32Array) => {
  const made = new Float32Array(new SharedArrayBuffer(numbers.byteLength))
  made.set(numbers)
  return made
}
const resizable = (numbers: Float32Array) => {
  const buffer = new (ArrayBuffer as unknown as new (size: number, options: object) => ArrayBuffer & { resize(size: number): void })(
    numbers.byteLength,
    { maxByteLength: 2 * numbers.byteLength },
  )
  new Float32Array(buffer).set(numbers)
  return buffer
}

/** Inputs that are changed, moved or resized as soon as there is a promise, or that come in another guise. */
const inputs: Readonly<Record<string, (job: Job, world: World, run: Job["reduction"]) => Promise<Found>>> = {
  async changed(job, world, run) {
    const given = job.inputs()
    const running = run(...given)
    for (const each of given) each.fill(world.random())
    return judge(job, running, world)
  },
  async detached(job, world, run) {
    const given = job.inputs()
    const running = run(...given)
    for (const { buffer } of given) structuredClone(buffer, { transfer: [buffer] })
    return judge(job, running, world)
  },
  async resized(job, world, run) {
    const buffers = job.inputs().map(resizable)
    const running = run(...buffers.map((buffer) => new Float32Array(buffer)))
    for (const buffer of buffers) buffer.resize(4 * Math.floor((world.random() * buffer.byteLength) / 4))
    return judge(job, running, world)
  },
  async shared(job, world, run) {
    const given = job.inputs().map(shared)
    const running = run(...given)
    for (const each of given) each.fill(world.random())
    return judge(job, running, world)
  },
  async "detached before"(job, world, run) {
    const given = job.inputs()
    const { buffer } = pick(world.random, given)
    structuredClone(buffer, { transfer: [buffer] })
    return judge(job, run(...given), world, true)
  },
  async "out of bounds"(job, world, run) {
    const given: Float32Array[] = job.inputs()
    const n = Math.floor(world.random() * given.length)
    const buffer = resizable(given[n]!)
    given[n] = new Float32Array(buffer, 0, given[n]!.length)
    buffer.resize(given[n]!.byteLength - 4)
    return judge(job, run(...given), world, true)
  },
  async "another realm"(job, world, run) {
    const list = job.inputs().map((numbers) => runInNewContext(`new Float32Array([${Array.from(numbers)}])`))
    return judge(job, run(...list), world)
  },
  async "rows of typed arrays"(job, world, run) {
    const [x, y, ...rest] = job.inputs()
    const rows = (numbers: Float32Array) => Array.from({ length: numbers.length / 3 }, (_, row) => numbers.subarray(3 * row, 3 * row + 3))
    const given = [rows(x!), rows(y!)]
    const running = run(...given, ...rest)
    for (const row of given.flat()) row.fill(0)
    return judge(job, running, world)
  },
}

async function aborted(job: Job, world: World, run: Job["reduction"]): Promise<Found> {
  const controller = new AbortController()
  const running = run.with({ signal: controller.signal })(...job.inputs())
  const judged = judge(job, running, world)
  await moment(world.random)
  controller.abort(new Error("aborted by the harness"))
  return judged
}

async function together(job: Job, world: World, run: Job["reduction"]): Promise<Found> {
  const others = Array.from({ length: 4 }, () => pick(world.random, jobs))
  const options = { backend: world.backend }
  const running = [
    judge(job, run(...job.inputs()), world),
    ...others.map((each) => judge(each, each.reduction.with(options)(...each.inputs()), world)),
  ]
  return (await Promise.all(running)).find((found) => found !== undefined)
}

/** `dispose` is called during runs: they must end undisturbed. */
async function disposal(job: Job, world: World, run: Job["reduction"]): Promise<Found> {
  const judged = judge(job, run(...job.inputs()), world)
  await moment(world.random)
  await dispose()
  return judged
}

/** Matrices on the device are freed while a run, or a read, uses them. */
async function freed(job: Job, world: World, run: Job["reduction"]): Promise<Found> {
  const sum = jobs[0]!
  const [x, y] = sum.inputs()
  const matrix = await sum.reduction.with({ backend: "webgpu", output: "device" })(x, y)
  const read = judge(sum, reading(matrix), world)
  const result = run.with({ output: "device" })(...job.inputs())
  await moment(world.random)
  free(matrix)
  const again = await numbersOf(matrix).catch((error) => error)
  if (!(again instanceof Error) || !/^this matrix was freed/.test(again.message)) return "a freed matrix was read"
  const late = result.then(async (given) => {
    const numbers = reading(given)
    free(given)
    return numbers
  })
  return (await read) ?? judge(job, late, world)
}

/** The device is lost while a run goes on: it is run again on another. */
async function lost(job: Job, world: World, run: Job["reduction"]): Promise<Found> {
  const judged = judge(job, run(...job.inputs()), world)
  await moment(world.random)
  ;(await openDevice()).device.destroy()
  return judged
}

/** The device is lost while results are on it: reading them must be reported as an error. */
async function lostWith(job: Job, world: World, run: Job["reduction"]): Promise<Found> {
  const given = await run.with({ output: "device" })(...job.inputs())
  const { device } = await openDevice()
  const inTime = judge(job, reading(given), world)
  device.destroy()
  await device.lost
  const found = (await inTime) ?? (await judge(job, reading(given), world, true))
  free(given)
  return found
}

/** A run on the failing device, read to the end and freed. */
async function once(job: Job, { failing }: World, output: "host" | "device") {
  const given = await job.reduction.with({ device: failing!.device, output })(...job.inputs())
  return reading(given).finally(() => free(given))
}

/** What a run calls, from a cold start (kernels are compiled, buffers made) or from a warm one. */
async function callsOf(job: Job, world: World, output: "host" | "device", isCold: boolean) {
  const { log } = world.failing!
  await once(job, world, output)
  if (isCold) await dispose()
  log.plan = undefined
  await once(job, world, output)
  return [...log.calls]
}

/** A method of the device throws or rejects: no scope stays open, no buffer stays behind, and the next run is right. */
async function failAt(plan: Plan, job: Job, world: World, output: "host" | "device", isCold: boolean): Promise<Found> {
  const { log } = world.failing!
  const steady = log.buffers.size
  if (isCold) await dispose()
  log.plan = plan
  const found = await judge(job, once(job, world, output), world)
  const { hasFailed } = log
  log.plan = undefined
  const after = (await judge(job, once(job, world, output), world)) ?? (log.scopes === 0 ? undefined : `${log.scopes} scopes stayed open`)
  const left = log.buffers.size > steady ? `${log.buffers.size - steady} buffers stayed behind` : undefined
  const wrong = hasFailed ? (found ?? after ?? left) : "it was not called"
  return wrong && `${plan.how} in call ${plan.n} of ${plan.method}, ${output}: ${wrong}`
}

async function method(job: Job, world: World): Promise<Found> {
  const { random } = world
  const output = pick(random, ["host", "device"] as const)
  const isCold = random() < 0.3
  const [name, count] = pick(random, await callsOf(job, world, output, isCold))
  const plan = { method: name, n: Math.floor(random() * count), how: pick(random, ["throw", "reject"] as const) }
  return failAt(plan, job, world, output, isCold)
}

/** Every call of every method that a run makes fails once, in either way; how many that are, and what is wrong. */
export async function everyCall(world: World): Promise<{ readonly count: number; readonly wrong: readonly string[] }> {
  const wrong: string[] = []
  let count = 0
  for (const job of jobs.slice(0, 2)) {
    for (const output of ["host", "device"] as const) {
      const cold = await callsOf(job, world, output, true)
      const warm = new Map(await callsOf(job, world, output, false))
      for (const [name, calls] of cold) {
        for (let n = 0; n < calls; n++) {
          for (const how of ["throw", "reject"] as const) {
            const found = await failAt({ method: name, n, how }, job, world, output, n >= (warm.get(name) ?? 0))
            if (found) wrong.push(`${job.name}: ${found}`)
            count++
          }
        }
      }
    }
  }
  return { count, wrong }
}

type Fault = (job: Job, world: World, run: Job["reduction"]) => Promise<Found>
const everywhere: Readonly<Record<string, Fault>> = { ...inputs, aborted, together, disposal }
const onGpu: Readonly<Record<string, Fault>> = { method, "method again": method, freed, lost, "lost with results": lostWith }

/** The faults of a backend. */
export const faultsOf = (backend: World["backend"]) => (backend === "webgpu" ? { ...everywhere, ...onGpu } : everywhere)

const patience = 60_000

/** Injects one fault; returns its name and finding. */
export async function inject(world: World): Promise<{ readonly fault: string; readonly wrong?: string }> {
  const [fault, disturb] = pick(world.random, Object.entries(faultsOf(world.backend)))
  const job = pick(world.random, jobs)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("hung"), patience)
  })
  const disturbed = disturb(job, world, job.reduction.with({ backend: world.backend })).catch((error) => raw(error, job) ?? `${error}`)
  const found = await Promise.race([disturbed, late])
  clearTimeout(timer)
  return found === undefined ? { fault } : { fault, wrong: `${fault}, ${job.name}: ${found}` }
}

/** The numbers of all undisturbed jobs. */
async function undisturbed(options: RunOptions): Promise<Map<Job, readonly number[]>> {
  const made = new Map<Job, readonly number[]>()
  for (const job of jobs) made.set(job, await numbersOf(await job.reduction.with(options)(...job.inputs())))
  return made
}

export async function worldOf(backend: World["backend"], random: Random): Promise<World> {
  const wanted = await undisturbed({ backend })
  if (backend === "wasm") return { backend, random, wanted }
  const { create } = await import("webgpu")
  const gpu = create([])
  const device = (await (await gpu.requestAdapter())!.requestDevice()) as unknown as GpuDevice
  // Stays referenced, or Node's `webgpu` crashes.
  return Object.assign({ backend, random, wanted, failing: watched(device) }, { gpu })
}
