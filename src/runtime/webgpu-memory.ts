// Buffers of one device: a pool by powers of two, allocation that notices when memory is out, and reading back.
import type { DeviceData } from "./matrix.ts"
import { type GpuBuffer, type GpuDevice, mapRead, usage } from "./webgpu-types.ts"

/** Bytes that the pool keeps at most. */
const POOL_BYTES = 256 * 1024 * 1024

/** What a buffer of numbers is used for. */
export const dataUsage = usage.storage | usage.copySource | usage.copyTarget

/** Thrown where the device has no memory left; the executor makes a sentence of it, or tries with less. */
export class OutOfMemory extends Error {
  readonly bytes: number
  constructor(bytes: number) {
    super(`no ${bytes} bytes left`)
    this.bytes = bytes
  }
}

export class Memory {
  readonly #device: GpuDevice
  readonly #free = new Map<string, GpuBuffer[]>()
  #pooled = 0

  constructor(device: GpuDevice) {
    this.#device = device
  }

  /** A buffer of at least `bytes`, with whatever was in it; give it back with `release`. */
  async acquire(bytes: number, flags: number): Promise<GpuBuffer> {
    const rounded = 2 ** Math.ceil(Math.log2(Math.max(bytes, 256)))
    const size = rounded <= this.#device.limits.maxBufferSize && rounded <= POOL_BYTES ? rounded : Math.ceil(bytes / 4) * 4
    const pooled = this.#free.get(key(size, flags))?.pop()
    if (pooled) {
      this.#pooled -= size
      return pooled
    }
    return this.allocate(size, flags)
  }

  /** A buffer of exactly `bytes`, outside the pool. */
  async allocate(bytes: number, flags: number = dataUsage): Promise<GpuBuffer> {
    // Nothing may be awaited between push and pop: scopes are a stack of the device.
    this.#device.pushErrorScope("validation")
    this.#device.pushErrorScope("out-of-memory")
    const buffer = this.#device.createBuffer({ size: Math.max(bytes, 4), usage: flags })
    const [memory, other] = await Promise.all([this.#device.popErrorScope(), this.#device.popErrorScope()])
    if (memory || other) {
      buffer.destroy()
      this.clear()
      throw new OutOfMemory(bytes)
    }
    return buffer
  }

  release(buffer: GpuBuffer, flags: number): void {
    const { size } = buffer
    if (this.#pooled + size > POOL_BYTES) {
      buffer.destroy()
      return
    }
    this.#pooled += size
    const list = this.#free.get(key(size, flags))
    if (list) list.push(buffer)
    else this.#free.set(key(size, flags), [buffer])
  }

  copy(source: GpuBuffer, from: number, target: GpuBuffer, to: number, bytes: number): void {
    if (bytes === 0) return
    const encoder = this.#device.createCommandEncoder()
    encoder.copyBufferToBuffer(source, from, target, to, bytes)
    this.#device.queue.submit([encoder.finish()])
  }

  /** Fills `target` with the bytes of a buffer that begin at `from`. */
  async read(source: GpuBuffer, from: number, target: Uint8Array<ArrayBuffer>): Promise<void> {
    const flags = usage.mapRead | usage.copyTarget
    for (let at = 0; at < target.length; at += POOL_BYTES) {
      const count = Math.min(POOL_BYTES, target.length - at)
      const staging = await this.acquire(count, flags)
      this.copy(source, from + at, staging, 0, count)
      await staging.mapAsync(mapRead, 0, count)
      target.set(new Uint8Array(staging.getMappedRange(0, count)), at)
      staging.unmap()
      this.release(staging, flags)
    }
  }

  /** Numbers of the host on the device, until they are freed. */
  async upload(data: Float32Array): Promise<DeviceData> {
    const buffer = await this.allocate(data.byteLength)
    this.#device.queue.writeBuffer(buffer, 0, data)
    return this.resident(buffer, data.length)
  }

  /** Numbers that stay on the device, until they are freed. */
  resident(buffer: GpuBuffer, length: number): DeviceData {
    return { device: this.#device, buffer, length, read: () => this.#copy(buffer, length * 4), free: () => void buffer.destroy() }
  }

  async #copy(buffer: GpuBuffer, bytes: number): Promise<ArrayBuffer> {
    const target = new Uint8Array(bytes)
    await this.read(buffer, 0, target)
    return target.buffer
  }

  clear(): void {
    for (const list of this.#free.values()) for (const buffer of list) buffer.destroy()
    this.#free.clear()
    this.#pooled = 0
  }
}

const key = (size: number, flags: number) => `${flags} ${size}`
