// The executor `webgpu`: carries out a plan on a device. The plan is webgpu-plan.ts's, the kernels' calling convention src/kernel/wgsl.ts's.
import type { Artifact } from "../artifact/artifact.ts"
import { deviceLost, kernelRefused, outOfMemory, rowTooLarge, userDeviceLost } from "../messages/runtime.ts"
import type { Job, Outcome } from "./executor.ts"
import type { DeviceData } from "./matrix.ts"
import type { Context } from "./webgpu-device.ts"
import { OutOfMemory } from "./webgpu-memory.ts"
import { chunkRows, nextBudget, partsOf, rangeOf, resultWords, rowBytes, slices, splitsOf } from "./webgpu-plan.ts"
import { type Buffers, type Packed, Session } from "./webgpu-session.ts"
import type { GpuBuffer } from "./webgpu-types.ts"

/** Milliseconds that a submit should take: a browser's tab freezes, and Windows ends what takes two seconds. */
const AIM = "document" in globalThis || "WorkerGlobalScope" in globalThis ? 100 : 250

/** Runs a job on the device that `open` gives, asked for once for each run, and again where the device was lost. */
export async function runOnGpu(open: () => Promise<Context>, job: Job<DeviceData>): Promise<Outcome<DeviceData>> {
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
  const plan = slices(artifact, { ...limits, maxStorageBufferBindingSize }) ?? refuse(artifact, limits.maxStorageBufferBindingSize)
  const { rowsPerGroup, stateWords } = artifact.wgsl
  const session = new Session(context, pipeline)
  const output = outputOf(job, session)
  const tell = progressOf(job)
  try {
    await output.open()
    const parameters = await session.pack(job, "parameter", 0, 1)
    const whole = columns <= plan.columns ? await session.pack(job, "column", 0, columns) : undefined
    for (let first = 0; first < rows; first += plan.rows) {
      const count = Math.min(plan.rows, rows - first)
      const packed = await session.pack(job, "row", first, count)
      const resultBytes = count * resultWords(artifact) * 4
      const result = await session.acquire(resultBytes)
      await reduce({ rows: packed, parameters, result, resultBytes }, whole, count)
      await output.take(result, first, count)
      session.release(result)
      session.release(packed.buffer)
    }
    job.onProgress?.(1)
    return output.outcome()
  } catch (error) {
    output.discard()
    throw error
  } finally {
    session.close()
  }

  /** Reduces `count` rows that lie on the device: chunk after chunk, each over all columns, which are `whole` where they fit. */
  async function reduce(slice: Slice, whole: Packed | undefined, count: number): Promise<void> {
    for (let rowFirst = 0, rowCount: number; rowFirst < count; rowFirst += rowCount) {
      rowCount = chunkRows(artifact, count - rowFirst, plan.chunk, pipeline.budget)
      const groups = Math.ceil(rowCount / rowsPerGroup)
      const parts = partsOf(artifact, rowCount)
      const stride = (groups * rowsPerGroup) / parts
      const splits = splitsOf(artifact, rowCount, columns, limits, context.busy)
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
            section: count * artifact.output.width,
            zero: 0,
          }
          const started = performance.now()
          await session.submit(artifact, fields, { ...slice, columns: part, state, stateBytes }, [groups, splits], last ? groups : 0)
          const pairs = rowCount * range.columns
          // A small submit says nothing of what a full one takes.
          if (pairs >= pipeline.budget / 2) pipeline.budget = nextBudget(pipeline.budget, pairs, performance.now() - started, AIM)
          tell(pairs)
          resume = 1
          begin = end
        } while (begin < size)
        base += size
        if (!whole) session.release(part.buffer)
      } while (base < columns)
      session.release(state)
    }
  }
}

function refuse(artifact: Artifact, limit: number): never {
  throw new RangeError(rowTooLarge(artifact.formula, rowBytes(artifact), limit))
}

type Slice = Pick<Buffers, "rows" | "parameters" | "result" | "resultBytes">

/** Tells how far a job is, not too often. */
function progressOf({ rows, columns, onProgress }: Job<DeviceData>) {
  let done = 0
  let told = performance.now()
  return (pairs: number) => {
    done += pairs
    const now = performance.now()
    const share = done / (rows * columns)
    if (now - told < 50 || !(share < 1)) return
    told = now
    onProgress?.(share)
  }
}

/** The result, on the host or on the device, put together from the slices. */
function outputOf({ artifact, rows, output }: Job<DeviceData>, session: Session) {
  const { kind, width } = artifact.output
  const kinds = kind === "both" ? (["values", "indices"] as const) : [kind]
  const length = rows * width
  const { memory } = session.context
  const parts: (GpuBuffer | Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>)[] = []
  return {
    async open(): Promise<void> {
      for (const each of kinds) {
        parts.push(output === "device" ? await memory.allocate(length * 4) : new (each === "values" ? Float32Array : Int32Array)(length))
      }
    },
    /** Copies the results of `count` rows from `first`. */
    async take(result: GpuBuffer, first: number, count: number): Promise<void> {
      const bytes = width * 4
      for (const [index, part] of parts.entries()) {
        const from = index * count * bytes
        if (ArrayBuffer.isView(part)) await memory.read(result, from, new Uint8Array(part.buffer, first * bytes, count * bytes))
        else memory.copy(result, from, part, first * bytes, count * bytes)
      }
    },
    outcome(): Outcome<DeviceData> {
      const made = parts.map((part) => (ArrayBuffer.isView(part) ? part : memory.resident(part, length)))
      return Object.fromEntries(kinds.map((each, n) => [each, made[n]]))
    },
    discard(): void {
      for (const part of parts) if (!ArrayBuffer.isView(part)) part.destroy()
    },
  }
}
