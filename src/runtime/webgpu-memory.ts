// Buffers of one device: a pool by powers of two, allocation that notices when memory is out, and reading back. Who uses the device is counted
// here too.
import { matrixLost } from "../messages/runtime.ts"
import type { DeviceData } from "./matrix.ts"
import { copySource, copyTarget, type GpuBuffer, type GpuDevice, mapRead, storage } from "./webgpu-types.ts"

/** Bytes that the pool keeps at most. */
const POOL_BYTES = 256 * 1024 * 1024

/** What a buffer of numbers is used for. */
export const dataUsage = storage | copySource | copyTarget

/**
 * What a device reports, throws or rejects; the executor makes a sentence of it, or tries again. The cause is a number of bytes where its memory
 * has no room for them.
 */
export class DeviceError extends Error {}

/**
 * Does `work` inside error scopes, and waits for what it gives. It may await nothing between its calls: scopes are a stack of the device.
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
  const scopes = Array.from({ length: open }, async () => device.popErrorScope())
  const [made, ...found] = await Promise.allSettled([running, ...scopes])
  for (const [n, scope] of found.entries()) {
    if (scope.status === "fulfilled" && scope.value) throw new DeviceError(scope.value.message, { cause: n === 2 ? bytes : undefined })
  }
  for (const each of [made, ...found]) if (each.status === "rejected") throw new DeviceError(each.reason?.message, { cause: each.reason })
  return (made as PromiseFulfilledResult<Awaited<T>>).value
}

/** Destroys a buffer. Where even that throws, nothing is left to do. */
export function drop(buffer: GpuBuffer | undefined): void {
  try {
    buffer?.destroy()
  } catch {}
}

export interface Memory {
  /** Why the device can no longer be used; a submit itself does not say. */
  readonly lost?: string
  /** Why the device was lost, after something failed: the loss is told a little after what it broke. */
  loss(): Promise<string | undefined>
  /** Says that a run or a read uses the device, until the function that it gives is called. */
  hold(): () => void
  /** Waits until nobody uses the device, then frees the pool for good. */
  close(): Promise<void>
  /** A buffer of at least `bytes`, with whatever was in it; give it back with `release`. */
  acquire(bytes: number, flags: number): Promise<GpuBuffer>
  /** A buffer of exactly `bytes`, outside the pool. */
  allocate(bytes: number, flags?: number): Promise<GpuBuffer>
  release(buffer: GpuBuffer, flags: number): void
  /** Copies between buffers; to be called inside scopes. */
  copy(source: GpuBuffer, from: number, target: GpuBuffer, to: number, bytes: number): void
  /** Fills `target` with the bytes of a buffer that begin at `from`. */
  read(source: GpuBuffer, from: number, target: Uint8Array<ArrayBuffer>): Promise<void>
  /** Numbers of the host on the device, until they are freed. */
  upload(data: Float32Array): Promise<DeviceData>
  /** Numbers that stay on the device, until they are freed and nobody uses them. */
  resident(buffer: GpuBuffer, length: number): DeviceData
}

export function memoryOf(device: GpuDevice): Memory {
  const pool = new Map<string, GpuBuffer[]>()
  let limit = POOL_BYTES
  let pooled = 0
  let users = 0
  let idle = () => {}
  let lost: string | undefined

  const clear = () => {
    for (const list of pool.values()) for (const buffer of list) drop(buffer)
    pool.clear()
    pooled = 0
  }
  const end = () => {
    limit = 0
    clear()
  }
  device.lost.then(({ reason, message }) => {
    lost = message || reason
    end()
  })

  const hold = () => {
    users++
    return () => {
      if (--users === 0) idle()
    }
  }

  const allocate = async (bytes: number, flags: number = dataUsage) => {
    let buffer: GpuBuffer | undefined
    try {
      if (bytes > device.limits.maxBufferSize) throw new DeviceError("", { cause: bytes })
      return await scoped(device, () => (buffer = device.createBuffer({ size: Math.max(bytes, 4), usage: flags })), bytes)
    } catch (error) {
      drop(buffer)
      clear()
      throw error
    }
  }

  const acquire = async (bytes: number, flags: number) => {
    const rounded = 2 ** Math.ceil(Math.log2(Math.max(bytes, 256)))
    const size = rounded <= device.limits.maxBufferSize && rounded <= POOL_BYTES ? rounded : Math.ceil(bytes / 4) * 4
    const found = pool.get(key(size, flags))?.pop()
    if (found) pooled -= size
    return found ?? allocate(size, flags)
  }

  const release = (buffer: GpuBuffer, flags: number) => {
    const { size } = buffer
    if (pooled + size > limit) {
      drop(buffer)
      return
    }
    pooled += size
    pool.set(key(size, flags), [...(pool.get(key(size, flags)) ?? []), buffer])
  }

  const copy = (source: GpuBuffer, from: number, target: GpuBuffer, to: number, bytes: number) => {
    if (bytes === 0) return
    const encoder = device.createCommandEncoder()
    encoder.copyBufferToBuffer(source, from, target, to, bytes)
    device.queue.submit([encoder.finish()])
  }

  const read = async (source: GpuBuffer, from: number, target: Uint8Array<ArrayBuffer>) => {
    const flags = mapRead | copyTarget
    for (let at = 0; at < target.length; at += POOL_BYTES) {
      const count = Math.min(POOL_BYTES, target.length - at)
      const staging = await acquire(count, flags)
      try {
        await scoped(device, () => {
          copy(source, from + at, staging, 0, count)
          return staging.mapAsync(mapRead, 0, count)
        })
        target.set(new Uint8Array(staging.getMappedRange(0, count)), at)
        staging.unmap()
      } catch (error) {
        drop(staging)
        throw new DeviceError((error as Error).message, { cause: (error as Error).cause })
      }
      release(staging, flags)
    }
  }

  const resident = (buffer: GpuBuffer, length: number): DeviceData => {
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
        const done = hold()
        owners++
        return () => {
          free()
          done()
        }
      },
      async read() {
        try {
          const target = new Uint8Array(length * 4)
          await read(buffer, 0, target)
          return target.buffer
        } catch (error) {
          throw new Error(matrixLost((await loss()) ?? (error as Error).message), { cause: error })
        }
      },
    }
  }

  const upload = async (data: Float32Array) => {
    const buffer = await allocate(data.byteLength)
    try {
      await scoped(device, () => device.queue.writeBuffer(buffer, 0, data))
    } catch (error) {
      drop(buffer)
      throw error
    }
    return resident(buffer, data.length)
  }

  const loss = async () => {
    if (lost === undefined) await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, 20))])
    return lost
  }

  const close = async () => {
    if (users > 0) {
      await new Promise<void>((resolve) => {
        idle = resolve
      })
    }
    end()
  }

  return {
    get lost() {
      return lost
    },
    loss,
    hold,
    close,
    acquire,
    allocate,
    release,
    copy,
    read,
    upload,
    resident,
  }
}

const key = (size: number, flags: number) => `${flags} ${size}`
