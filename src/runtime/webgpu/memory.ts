// Buffers of one device: a pool by powers of two, allocation that detects when memory is exhausted, and reading back. Counts the users of the
// device too.
import { matrixLost } from "../../messages/runtime.ts"
import type { DeviceData } from "../matrix.ts"
import { copySource, copyTarget, type GpuBuffer, type GpuDevice, mapRead, storage } from "./types.ts"

/** The most bytes that the pool keeps. */
const POOL_BYTES = 2 ** 28

/** The usage flags of a buffer of numbers. */
const dataUsage = storage | copySource | copyTarget

/**
 * Anything that a device reports, throws or rejects; the executor makes a sentence of it, or tries again. The cause is the number of bytes if they
 * could not be allocated.
 */
export class DeviceError extends Error {}

/**
 * Runs `work` inside error scopes, and awaits its result. Scopes are a stack of the device: they cover the calls before the first await of `work`.
 * None stays open, whatever throws. Rejects with a DeviceError.
 */
export async function scoped<T>(device: GpuDevice, work: () => T, bytes?: number): Promise<Awaited<T>> {
  let open = 0
  const running = (async () => {
    for (const filter of ["out-of-memory", "internal", "validation"] as const) {
      device.pushErrorScope(filter)
      open++
    }
    return work()
  })()
  const scopes = Array.from({ length: open }, async (_, n) => {
    const found = await device.popErrorScope()
    if (found) throw new DeviceError(found.message, { cause: n === 2 ? bytes : undefined })
  })
  // The error of a scope says more than the errors that follow from it.
  for (const each of await Promise.allSettled([...scopes, running])) {
    if (each.status === "fulfilled") continue
    throw each.reason instanceof DeviceError ? each.reason : new DeviceError(each.reason?.message, { cause: each.reason })
  }
  return await running
}

/** Destroys a buffer. If that throws, nothing is left to do. */
export function drop(buffer: GpuBuffer | undefined): void {
  try {
    buffer?.destroy()
  } catch {}
}

export interface Memory {
  /** Why the device can no longer be used; a submit itself does not report it. */
  readonly lost?: string
  /** Why the device was lost, after a failure: the loss is reported slightly after the failures that it causes. */
  loss(): Promise<string | undefined>
  /** Marks the device as used by a run or a read, until the returned function is called. */
  hold(): () => void
  /** Waits until nothing uses the device, then frees the pool for good. */
  close(): Promise<void>
  /** A buffer of at least `bytes`, with undefined contents; return it with `release`. */
  acquire(bytes: number, usage?: number): Promise<GpuBuffer>
  /** A buffer of exactly `bytes`, outside the pool. */
  allocate(bytes: number, usage?: number): Promise<GpuBuffer>
  release(buffer: GpuBuffer): void
  /** Copies between buffers. Call it inside scopes. */
  copy(source: GpuBuffer, from: number, target: GpuBuffer, to: number, bytes: number): void
  /** Fills `target` with the bytes of a buffer from `from` on. */
  read(source: GpuBuffer, from: number, target: Uint8Array<ArrayBuffer>): Promise<void>
  /** Copies numbers of the host to the device, until they are freed. */
  upload(data: Float32Array): Promise<DeviceData>
  /** Numbers that stay on the device until they are freed and nothing uses them. */
  resident(buffer: GpuBuffer, length: number): DeviceData
}

export function memoryOf(device: GpuDevice): Memory {
  const pool = new Set<GpuBuffer>()
  let limit = POOL_BYTES
  let pooled = 0
  let users = 0
  let idle = () => {}

  const clear = () => {
    pool.forEach(drop)
    pool.clear()
    pooled = 0
  }
  const end = () => {
    limit = 0
    clear()
  }
  device.lost.then(({ reason, message }) => {
    memory.lost = message || reason
    end()
  })

  /** Runs `work`, which fills a buffer, inside scopes. Drops the buffer if that fails. */
  const fill = async <T>(buffer: GpuBuffer, work: () => T): Promise<Awaited<T>> => {
    try {
      return await scoped(device, work)
    } catch (error) {
      drop(buffer)
      throw error
    }
  }

  const memory: Memory & { lost?: string } = {
    async loss() {
      if (memory.lost === undefined) await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, 20))])
      return memory.lost
    },

    hold() {
      users++
      return () => {
        if (--users === 0) idle()
      }
    },

    async close() {
      if (users > 0) {
        await new Promise<void>((resolve) => {
          idle = resolve
        })
      }
      end()
    },

    async acquire(bytes, usage = dataUsage) {
      const rounded = 2 ** Math.ceil(Math.log2(Math.max(bytes, 256)))
      const size = rounded <= Math.min(device.limits.maxBufferSize, POOL_BYTES) ? rounded : Math.ceil(bytes / 4) * 4
      for (const buffer of pool) {
        if (buffer.size !== size || buffer.usage !== usage) continue
        pool.delete(buffer)
        pooled -= size
        return buffer
      }
      return memory.allocate(size, usage)
    },

    async allocate(bytes, usage = dataUsage) {
      let buffer: GpuBuffer | undefined
      try {
        if (bytes > device.limits.maxBufferSize) throw new DeviceError("", { cause: bytes })
        return await scoped(device, () => (buffer = device.createBuffer({ size: Math.max(bytes, 4), usage })), bytes)
      } catch (error) {
        drop(buffer)
        clear()
        throw error
      }
    },

    release(buffer) {
      if (pooled + buffer.size > limit) return drop(buffer)
      pooled += buffer.size
      pool.add(buffer)
    },

    copy(source, from, target, to, bytes) {
      if (bytes === 0) return
      const encoder = device.createCommandEncoder()
      encoder.copyBufferToBuffer(source, from, target, to, bytes)
      device.queue.submit([encoder.finish()])
    },

    async read(source, from, target) {
      for (let at = 0; at < target.length; at += POOL_BYTES) {
        const count = Math.min(POOL_BYTES, target.length - at)
        const staging = await memory.acquire(count, mapRead | copyTarget)
        await fill(staging, async () => {
          memory.copy(source, from + at, staging, 0, count)
          await staging.mapAsync(mapRead, 0, count)
          target.set(new Uint8Array(staging.getMappedRange(0, count)), at)
          staging.unmap()
        })
        memory.release(staging)
      }
    },

    async upload(data) {
      const buffer = await memory.allocate(data.byteLength)
      await fill(buffer, () => device.queue.writeBuffer(buffer, 0, data))
      return memory.resident(buffer, data.length)
    },

    resident(buffer, length) {
      let owners = 1
      const free = () => {
        if (--owners === 0) drop(buffer)
      }
      return {
        device,
        buffer,
        length,
        free,
        hold() {
          const done = memory.hold()
          owners++
          return () => {
            free()
            done()
          }
        },
        async read() {
          try {
            const target = new Uint8Array(length * 4)
            await memory.read(buffer, 0, target)
            return target.buffer
          } catch (error) {
            throw new Error(matrixLost((await memory.loss()) ?? (error as Error).message), { cause: error })
          }
        },
      }
    },
  }
  return memory
}
