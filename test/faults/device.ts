// A device that counts its open resources and fails on demand: a real device behind wrappers of the methods that the runtime calls.
import type { GpuBuffer, GpuDevice, GpuEncoder, GpuPass } from "../../src/runtime/webgpu/types.ts"

export type How = "throw" | "reject"

/** Which call fails: the n-th (from 0) of `method` after `plan` was set. */
export interface Plan {
  readonly method: string
  readonly n: number
  readonly how: How
}

class Injected extends Error {}

/** What happened on a device. */
export class Log {
  readonly buffers = new Set<object>()
  scopes = 0
  #calls = new Map<string, number>()
  #plan: Plan | undefined
  /** Whether the planned call came. */
  hasFailed = false

  set plan(plan: Plan | undefined) {
    this.#plan = plan
    this.#calls = new Map()
    this.hasFailed = false
  }

  /** How often each method was called since the plan was set. */
  get calls(): ReadonlyMap<string, number> {
    return this.#calls
  }

  /** Counts a call of a method, and says how it is to fail, if it is. */
  step(method: string): How | undefined {
    const n = this.#calls.get(method) ?? 0
    this.#calls.set(method, n + 1)
    if (this.#plan?.method !== method || this.#plan.n !== n) return undefined
    this.hasFailed = true
    return this.#plan.how
  }
}

const message = (method: string) => `injected into ${method}`

/** `device` with a log. Its handles are the real ones, but for buffers, encoders and passes. */
export function watched(device: GpuDevice, log = new Log()): { readonly device: GpuDevice; readonly log: Log } {
  const real = new WeakMap<object, object>()
  const unwrap = (handle: object) => real.get(handle) ?? handle
  const sync = <T>(method: string, call: () => T): T => {
    if (log.step(method)) throw new Injected(message(method))
    return call()
  }
  const later = <T>(method: string, call: () => Promise<T>): Promise<T> => {
    const how = log.step(method)
    if (how === "throw") throw new Injected(message(method))
    return how === "reject" ? Promise.reject(new Injected(message(method))) : call()
  }

  const buffer = (made: GpuBuffer): GpuBuffer => {
    const wrapped: GpuBuffer = {
      label: "",
      size: made.size,
      usage: made.usage,
      mapAsync: (...args) => later("mapAsync", () => made.mapAsync(...args)),
      getMappedRange: (...args) => sync("getMappedRange", () => made.getMappedRange(...args)),
      unmap: () => sync("unmap", () => made.unmap()),
      destroy() {
        log.buffers.delete(wrapped)
        made.destroy()
        sync("destroy", () => {})
      },
    }
    real.set(wrapped, made)
    log.buffers.add(wrapped)
    return wrapped
  }
  const pass = (made: GpuPass): GpuPass => ({
    setPipeline: (pipeline) => sync("setPipeline", () => made.setPipeline(pipeline)),
    setBindGroup: (index, group) => sync("setBindGroup", () => made.setBindGroup(index, group)),
    dispatchWorkgroups: (...args) => sync("dispatchWorkgroups", () => made.dispatchWorkgroups(...args)),
    end: () => sync("end", () => made.end()),
  })
  const encoder = (made: GpuEncoder): GpuEncoder => ({
    beginComputePass: () => sync("beginComputePass", () => pass(made.beginComputePass())),
    copyBufferToBuffer: (source, from, target, to, size) =>
      sync("copyBufferToBuffer", () => made.copyBufferToBuffer(unwrap(source), from, unwrap(target), to, size)),
    finish: () => sync("finish", () => made.finish()),
  })
  const { queue } = device
  const wrapped: GpuDevice = {
    label: "",
    limits: device.limits,
    lost: device.lost,
    queue: {
      submit: (commands) => sync("submit", () => queue.submit(commands)),
      writeBuffer: (target, offset, data, ...rest) => sync("writeBuffer", () => queue.writeBuffer(unwrap(target), offset, data, ...rest)),
      onSubmittedWorkDone: () => later("onSubmittedWorkDone", () => queue.onSubmittedWorkDone()),
    },
    createBuffer: (descriptor) => sync("createBuffer", () => buffer(device.createBuffer(descriptor))),
    createShaderModule: (descriptor) => sync("createShaderModule", () => device.createShaderModule(descriptor)),
    createBindGroupLayout: (descriptor) => sync("createBindGroupLayout", () => device.createBindGroupLayout(descriptor)),
    createPipelineLayout: (descriptor) => sync("createPipelineLayout", () => device.createPipelineLayout(descriptor)),
    createBindGroup: (descriptor) =>
      sync("createBindGroup", () => {
        const entries = (descriptor.entries as readonly { binding: number; resource: { buffer: object; size: number } }[]).map((entry) => ({
          ...entry,
          resource: { ...entry.resource, buffer: unwrap(entry.resource.buffer) },
        }))
        return device.createBindGroup({ ...descriptor, entries })
      }),
    createComputePipelineAsync: (descriptor) => later("createComputePipelineAsync", () => device.createComputePipelineAsync(descriptor)),
    createCommandEncoder: () => sync("createCommandEncoder", () => encoder(device.createCommandEncoder())),
    pushErrorScope: (filter) =>
      sync("pushErrorScope", () => {
        log.scopes++
        device.pushErrorScope(filter)
      }),
    popErrorScope() {
      log.scopes--
      const popped = device.popErrorScope()
      return later("popErrorScope", () => popped)
    },
    destroy: () => device.destroy(),
  }
  return { device: wrapped, log }
}
