// The executor `webgpu`: carries out a plan (plan.ts) on a device. The kernels' calling convention is in src/artifact/wgsl-abi.ts.

import {
  deviceFailed,
  deviceLost,
  kernelRefused,
  matrixLost,
  noMemory,
  onDevice,
  rowTooLarge,
  userDeviceLost,
} from "../../messages/runtime.ts"
import { type Column, hostNumbers, type Job, type Outcome, onHost } from "../executor.ts"
import type { DeviceData } from "../matrix.ts"
import type { Context } from "./device.ts"
import { DeviceError, drop, scoped } from "./memory.ts"
import { chunksOf, nextBudget, resultWords, slices, submitsOf } from "./plan.ts"
import { type Bound, openSession } from "./session.ts"
import type { GpuBuffer } from "./types.ts"

/** The time that a submit should take: a browser's tab freezes meanwhile, and Windows resets the device after two seconds. */
const AIM_MS = 100
/** Runs a job on the device that `open` returns; calls it once for each run, and again if the device is lost. */
export async function runOnGpu(open: () => Promise<Context>, job: Job<DeviceData>): Promise<Outcome<DeviceData>> {
  const { formula } = job.artifact
  let share = 1
  for (let attempt = 0; ; attempt++) {
    const context = await open()
    try {
      return await runOn(context, job, share, attempt)
    } catch (error) {
      job.signal?.throwIfAborted()
      const lost = await context.memory.loss()
      const fail = (sentence: string) => {
        throw new Error(sentence, { cause: error })
      }
      if (lost !== undefined) {
        if (job.inputs.some((input) => !ArrayBuffer.isView(input) && input.device === context.device)) fail(matrixLost(lost))
        if (context.borrowed) fail(userDeviceLost(formula, lost))
        if (attempt > 0) fail(deviceLost(formula, lost))
      } else {
        if (!(error instanceof DeviceError)) throw error
        const { cause: bytes } = error
        if (typeof bytes !== "number") fail(deviceFailed(formula, error.message))
        if (attempt > 0) throw new RangeError(noMemory(`\`${formula}\``, bytes as number, onDevice))
        // The second attempt binds a quarter at a time, so sums may differ in their last bits.
        share = 4
      }
    }
  }
}

async function runOn(context: Context, given: Job<DeviceData>, share: number, attempt: number): Promise<Outcome<DeviceData>> {
  const { artifact, rows, columns, signal } = given
  const { device, memory } = context
  const { maxStorageBufferBindingSize: bytes, maxComputeWorkgroupsPerDimension } = device.limits
  const limits = { maxStorageBufferBindingSize: bytes / share, maxComputeWorkgroupsPerDimension }
  const here = (input: Column<DeviceData>) => (ArrayBuffer.isView(input) || input.device === device ? input : onHost(input))
  const job = { ...given, inputs: await Promise.all(given.inputs.map(here)) }
  const pipeline = await context.pipelines.get(artifact.wgsl.code).catch((error: Error) => {
    throw new Error(kernelRefused(artifact.formula, error.message), { cause: error })
  })
  if (attempt > 0) pipeline.budget /= 2
  const plan = slices(artifact, limits)
  if (!plan) throw new RangeError(rowTooLarge(artifact.formula, bytes / share))
  const session = openSession(context, pipeline, job)
  const { kind, width } = artifact.output
  const kinds: (new (length: number) => Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>)[] =
    kind === "both" ? [Float32Array, Int32Array] : [kind === "values" ? Float32Array : Int32Array]
  const parts: (GpuBuffer | Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>)[] = []
  const tell = progressOf(job)

  /** Reduces `count` rows that are on the device: chunk after chunk, each over all columns, which are in `whole` if they fit. */
  const reduce = async (rows: Bound, parameters: Bound, result: Bound, whole: Bound | undefined, count: number) => {
    for (const chunk of chunksOf(artifact, count, columns, plan, limits, context.busy)) {
      const state = await session.acquire(chunk[5])
      let base = 0
      do {
        const end = Math.min(plan.columns, columns - base)
        const part = whole ?? (await session.pack("column", base, end))
        for (const [args, groups, finishGroups, pairs, done] of submitsOf(
          artifact,
          count,
          chunk,
          base,
          end,
          columns,
          () => pipeline.budget,
        )) {
          signal?.throwIfAborted()
          const started = performance.now()
          await session.submit(args, [rows, part, parameters, state, result], groups, finishGroups)
          // The time of a small submit does not predict that of a full one.
          if (pairs >= pipeline.budget / 2) pipeline.budget = nextBudget(pipeline.budget, pairs, performance.now() - started, AIM_MS)
          tell(done)
        }
        base += end
        if (!whole) session.release(part)
      } while (base < columns)
      session.release(state)
    }
  }

  try {
    for (const each of kinds) parts.push(job.output === "device" ? await memory.allocate(rows * width * 4) : hostNumbers(each, job))
    const parameters = await session.pack("parameter", 0, 1)
    const whole = columns <= plan.columns ? await session.pack("column", 0, columns) : undefined
    for (let first = 0; first < rows; first += plan.rows) {
      const count = Math.min(plan.rows, rows - first)
      const packed = await session.pack("row", first, count)
      const result = await session.acquire(count * resultWords(artifact) * 4)
      await reduce(packed, parameters, result, whole, count)
      for (const [n, part] of parts.entries()) {
        const [from, to, bytes] = [n * count * width * 4, first * width * 4, count * width * 4]
        if (ArrayBuffer.isView(part)) await memory.read(result[0], from, new Uint8Array(part.buffer, to, bytes))
        else await scoped(device, () => memory.copy(result[0], from, part, to, bytes))
      }
      session.release(result)
      session.release(packed)
    }
    signal?.throwIfAborted()
    job.onProgress?.(1)
    const [first, second] = parts.map((part) => (ArrayBuffer.isView(part) ? part : memory.resident(part, rows * width)))
    return (kind === "indices" ? { indices: first } : { values: first, indices: second }) as Outcome<DeviceData>
  } catch (error) {
    for (const part of parts) if (!ArrayBuffer.isView(part)) drop(part)
    throw error
  } finally {
    session.close()
  }
}

/** Reports progress, but not too often. */
function progressOf({ rows, columns, onProgress }: Job<DeviceData>) {
  const INTERVAL_MS = 50
  let share = 0
  let told = performance.now()
  return (pairs: number) => {
    share += pairs / (rows * columns)
    const now = performance.now()
    if (now - told < INTERVAL_MS || !(share < 1)) return
    told = now
    onProgress?.(share)
  }
}
