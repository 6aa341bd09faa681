// The executor `webgpu`: carries out a plan on a device. The plan is webgpu-plan.ts's, the kernels' calling convention src/kernel/wgsl.ts's.
import type { Artifact } from "../artifact/artifact.ts"
import { deviceFailed, deviceLost, kernelRefused, outOfMemory, rowTooLarge, userDeviceLost } from "../messages/runtime.ts"
import type { Column, Executor, Job, Outcome } from "./executor.ts"
import type { DeviceData } from "./matrix.ts"
import type { Context } from "./webgpu-device.ts"
import { OutOfMemory } from "./webgpu-memory.ts"
import type { Pipeline } from "./webgpu-pipelines.ts"
import { chunkRows, nextBudget, partsOf, rangeOf, resultWords, rowBytes, type Slices, slices, splitsOf } from "./webgpu-plan.ts"
import { type Packed, Session } from "./webgpu-session.ts"
import type { GpuBuffer } from "./webgpu-types.ts"

/** Milliseconds that a submit should take: a browser's tab freezes, and Windows ends what takes two seconds. */
const AIM = "document" in globalThis || "WorkerGlobalScope" in globalThis ? 100 : 250

type Input = Column<DeviceData>

/** An executor on the device that `open` gives, asked for once for each run, and again where the device was lost. */
export function webgpuExecutor(open: () => Promise<Context>): Executor<DeviceData> {
  return {
    name: "webgpu",
    async run(job) {
      const { formula } = job.artifact
      for (let attempt = 0; ; attempt++) {
        const context = await open()
        try {
          return await runOn(context, job, attempt)
        } catch (error) {
          if (job.signal?.aborted) throw error
          // The loss is told a little after what it broke.
          if (context.lost === undefined) await Promise.race([context.device.lost, new Promise((resolve) => setTimeout(resolve, 20))])
          if (context.lost !== undefined && context.borrowed) throw new Error(userDeviceLost(formula, context.lost), { cause: error })
          const retry = attempt === 0 && (context.lost !== undefined || error instanceof OutOfMemory)
          if (retry) continue
          if (context.lost !== undefined) throw new Error(deviceLost(formula, context.lost), { cause: error })
          if (error instanceof OutOfMemory) throw new Error(outOfMemory(formula, error.bytes), { cause: error })
          throw error
        }
      }
    },
  }
}

async function runOn(context: Context, job: Job<DeviceData>, attempt: number): Promise<Outcome<DeviceData>> {
  const { artifact, rows, columns } = job
  const { limits } = context
  const pipeline = await context.pipelines.get(artifact.wgsl.code).catch((error: Error) => {
    throw context.lost === undefined ? new Error(kernelRefused(artifact.formula, error.message), { cause: error }) : error
  })
  // A second attempt binds a quarter at a time, and submits less.
  if (attempt > 0) pipeline.budget /= 2
  const maxStorageBufferBindingSize = limits.maxStorageBufferBindingSize / 4 ** attempt
  const plan = slices(artifact, { ...limits, maxStorageBufferBindingSize })
  if (!plan) throw new RangeError(rowTooLarge(artifact.formula, rowBytes(artifact), limits.maxStorageBufferBindingSize))
  const session = new Session(context, pipeline)
  const output = new Output(artifact, rows, job.output === "device")
  try {
    await output.open(session)
    const parameters = await session.pack(job, "parameter", 0, 1)
    const whole = columns <= plan.columns ? await session.pack(job, "column", 0, columns) : undefined
    const progress = new Progress(job)
    for (let first = 0; first < rows; first += plan.rows) {
      const count = Math.min(plan.rows, rows - first)
      const packed = await session.pack(job, "row", first, count)
      const result = await session.acquire(count * resultWords(artifact) * 4)
      await runSlice({ job, plan, pipeline, session, parameters, whole, packed, result, count, progress })
      await output.take(session, result, first, count)
      session.release(result)
      session.release(packed.buffer)
    }
    progress.end()
    return output.outcome(session)
  } catch (error) {
    output.discard()
    throw error
  } finally {
    session.close()
  }
}

interface Slice {
  readonly job: Job<DeviceData>
  readonly plan: Slices
  readonly pipeline: Pipeline
  readonly session: Session
  readonly parameters: Packed
  /** All columns, where they fit. */
  readonly whole: Packed | undefined
  readonly packed: Packed
  readonly result: GpuBuffer
  readonly count: number
  readonly progress: Progress
}

/** Reduces rows that lie on the device: chunk after chunk, each over all columns. */
async function runSlice(slice: Slice): Promise<void> {
  const { job, plan, pipeline, session, parameters, whole, packed, result, count, progress } = slice
  const { artifact, columns } = job
  const { limits, busy } = session.context
  const { rowsPerGroup, stateWords } = artifact.wgsl
  for (let rowFirst = 0, rowCount: number; rowFirst < count; rowFirst += rowCount) {
    rowCount = chunkRows(artifact, count - rowFirst, plan.chunk, pipeline.budget)
    const groups = Math.ceil(rowCount / rowsPerGroup)
    const parts = partsOf(artifact, rowCount)
    const stride = (groups * rowsPerGroup) / parts
    const splits = splitsOf(artifact, rowCount, columns, limits, busy)
    const stateBytes = stride * parts * splits * stateWords * 4
    const state = await session.acquire(stateBytes)
    let resume = 0
    let base = 0
    do {
      const size = Math.min(plan.columns, columns - base)
      const part = whole ?? (await session.pack(job, "column", base, size))
      let begin = 0
      do {
        const range = rangeOf(artifact, rowCount, splits, size - begin, pipeline.budget)
        const end = begin + range.columns
        const last = base + end >= columns
        job.signal?.throwIfAborted()
        const section = count * artifact.output.width
        const fields = {
          rowFirst,
          rowCount,
          stride,
          begin,
          end,
          span: range.span,
          splits: splits * parts,
          parts,
          columnBase: base,
          resume,
          section,
          zero: 0,
        }
        const started = performance.now()
        const resultBytes = count * resultWords(artifact) * 4
        const buffers = { rows: packed, columns: part, parameters, state, stateBytes, result, resultBytes }
        await session.submit(artifact, fields, buffers, { reduce: [groups, splits], finish: last ? groups : 0 }, deviceFailed)
        const pairs = rowCount * range.columns
        // A small submit says nothing of what a full one takes.
        if (pairs >= pipeline.budget / 2) pipeline.budget = nextBudget(pipeline.budget, pairs, performance.now() - started, AIM)
        progress.add(pairs)
        resume = 1
        begin = end
      } while (begin < size)
      base += size
      if (!whole) session.release(part.buffer)
    } while (base < columns)
    session.release(state)
  }
}

/** Tells how far a job is, not too often. */
class Progress {
  readonly #job: Job<DeviceData>
  #done = 0
  #told = performance.now()

  constructor(job: Job<DeviceData>) {
    this.#job = job
  }

  add(pairs: number): void {
    this.#done += pairs
    const now = performance.now()
    const share = this.#done / (this.#job.rows * this.#job.columns)
    if (now - this.#told < 50 || !(share < 1)) return
    this.#told = now
    this.#job.onProgress?.(share)
  }

  end(): void {
    this.#job.onProgress?.(1)
  }
}

/** The result, on the host or on the device, put together from the slices. */
class Output {
  readonly #artifact: Artifact
  readonly #rows: number
  readonly #resident: boolean
  readonly #parts: {
    readonly kind: "values" | "indices"
    host?: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>
    buffer?: GpuBuffer
  }[] = []

  constructor(artifact: Artifact, rows: number, resident: boolean) {
    this.#artifact = artifact
    this.#rows = rows
    this.#resident = resident
  }

  async open(session: Session): Promise<void> {
    const { kind, width } = this.#artifact.output
    const length = this.#rows * width
    for (const part of kind === "both" ? (["values", "indices"] as const) : [kind]) {
      const host = part === "values" ? new Float32Array(this.#resident ? 0 : length) : new Int32Array(this.#resident ? 0 : length)
      this.#parts.push(this.#resident ? { kind: part, buffer: await session.allocate(length * 4) } : { kind: part, host })
    }
  }

  /** Copies the results of `count` rows from `first`. */
  async take(session: Session, result: GpuBuffer, first: number, count: number): Promise<void> {
    const bytes = this.#artifact.output.width * 4
    for (const [index, { host, buffer }] of this.#parts.entries()) {
      const from = index * count * bytes
      if (buffer) session.copy(result, from, buffer, first * bytes, count * bytes)
      else if (host) await session.read(result, from, new Uint8Array(host.buffer, first * bytes, count * bytes))
    }
  }

  outcome(session: Session): Outcome<DeviceData> {
    const length = this.#rows * this.#artifact.output.width
    const made = this.#parts.map(({ kind, host, buffer }): [string, Input | Int32Array] => [
      kind,
      buffer ? session.context.memory.resident(buffer, length) : host!,
    ])
    return Object.fromEntries(made)
  }

  discard(): void {
    for (const { buffer } of this.#parts) buffer?.destroy()
  }
}
