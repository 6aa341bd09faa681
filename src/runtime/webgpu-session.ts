// What one run holds on a device, and what it does there: packs inputs, and submits kernels. All of it is given back at the end.
import { type Artifact, type ArtifactVariable, WGSL_ARGS } from "../artifact/artifact.ts"
import { deviceFailed } from "../messages/runtime.ts"
import type { Job } from "./executor.ts"
import type { DeviceData } from "./matrix.ts"
import type { Context } from "./webgpu-device.ts"
import { dataUsage } from "./webgpu-memory.ts"
import type { Pipeline } from "./webgpu-pipelines.ts"
import { type GpuBuffer, usage } from "./webgpu-types.ts"

const UNIFORM = usage.uniform | usage.copyTarget

/** The variables of one role in one buffer, one after the other. */
export interface Packed {
  readonly buffer: GpuBuffer
  readonly bytes: number
  /** Where a variable begins, in numbers, by its place in the artifact. */
  readonly offsets: ReadonlyMap<number, number>
}

export interface Buffers {
  readonly rows: Packed
  readonly columns: Packed
  readonly parameters: Packed
  readonly state: GpuBuffer
  readonly stateBytes: number
  readonly result: GpuBuffer
  readonly resultBytes: number
}

export class Session {
  readonly context: Context
  readonly pipeline: Pipeline
  readonly #held = new Map<GpuBuffer, number>()
  #args: GpuBuffer | undefined

  constructor(context: Context, pipeline: Pipeline) {
    this.context = context
    this.pipeline = pipeline
  }

  async acquire(bytes: number, flags: number = dataUsage): Promise<GpuBuffer> {
    const buffer = await this.context.memory.acquire(bytes, flags)
    this.#held.set(buffer, flags)
    return buffer
  }

  release(buffer: GpuBuffer): void {
    const flags = this.#held.get(buffer)
    if (flags === undefined) return
    this.#held.delete(buffer)
    this.context.memory.release(buffer, flags)
  }

  close(): void {
    for (const buffer of [...this.#held.keys()]) this.release(buffer)
  }

  /** Rows [first, first + count) of the variables of a role, in one buffer. */
  async pack(job: Job<DeviceData>, role: ArtifactVariable["role"], first: number, count: number): Promise<Packed> {
    const { device, memory } = this.context
    const chosen = [...job.artifact.variables.entries()].filter(([, variable]) => variable.role === role)
    const bytes = 4 * count * chosen.reduce((sum, [, { dim }]) => sum + dim, 0)
    const inputs = job.inputs.map((input) => (ArrayBuffer.isView(input) || input.device === device ? input : input.read()))
    const buffer = await this.acquire(bytes)
    const offsets = new Map<number, number>()
    let offset = 0
    for (const [index, { dim }] of chosen) {
      const input = await inputs[index]!
      const size = count * dim
      offsets.set(index, offset)
      if (size > 0) {
        const data = input instanceof ArrayBuffer ? new Float32Array(input) : input
        if (ArrayBuffer.isView(data)) device.queue.writeBuffer(buffer, offset * 4, data, first * dim, size)
        else memory.copy(data.buffer as GpuBuffer, first * dim * 4, buffer, offset * 4, size * 4)
      }
      offset += size
    }
    return { buffer, bytes, offsets }
  }

  /** Dispatches `reduce`, and `finish` where it has groups; resolves when both are done. */
  async submit(
    artifact: Artifact,
    fields: Readonly<Record<(typeof WGSL_ARGS)[number], number>>,
    buffers: Buffers,
    reduceGroups: readonly [number, number],
    finishGroups: number,
  ): Promise<void> {
    const { context, pipeline } = this
    const { device } = context
    const { rows, columns, parameters } = buffers
    const offsets = artifact.variables.map(
      (_, index) => rows.offsets.get(index) ?? columns.offsets.get(index) ?? parameters.offsets.get(index) ?? 0,
    )
    // four by four, as the shader's structure has them
    const whole = (words: readonly number[]) => [...words, ...new Array<number>(-words.length & 3).fill(0)]
    const words = Uint32Array.from([...whole(WGSL_ARGS.map((field) => fields[field])), ...whole([...offsets, 0])])
    this.#args ??= await this.acquire(words.byteLength, UNIFORM)
    if (context.lost !== undefined) throw new Error(context.lost)
    // Nothing may be awaited between push and pop: scopes are a stack of the device.
    device.pushErrorScope("internal")
    device.pushErrorScope("out-of-memory")
    device.pushErrorScope("validation")
    device.queue.writeBuffer(this.#args, 0, words)
    const bound: readonly [GpuBuffer, number][] = [
      [this.#args, words.byteLength],
      [rows.buffer, rows.bytes],
      [columns.buffer, columns.bytes],
      [parameters.buffer, parameters.bytes],
      [buffers.state, buffers.stateBytes],
      [buffers.result, buffers.resultBytes],
    ]
    const entries = bound.map(([buffer, bytes], binding) => ({ binding, resource: { buffer, size: Math.max(4, bytes) } }))
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginComputePass()
    pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.layout, entries }))
    pass.setPipeline(pipeline.reduce)
    pass.dispatchWorkgroups(...reduceGroups)
    if (finishGroups > 0) {
      pass.setPipeline(pipeline.finish)
      pass.dispatchWorkgroups(finishGroups)
    }
    pass.end()
    device.queue.submit([encoder.finish()])
    const scopes = [device.popErrorScope(), device.popErrorScope(), device.popErrorScope()]
    const [errors] = await Promise.all([Promise.all(scopes), device.queue.onSubmittedWorkDone()])
    const error = errors.find((found) => found !== null)
    if (error && context.lost === undefined) throw new Error(deviceFailed(artifact.formula, error.message))
    if (context.lost !== undefined) throw new Error(context.lost)
  }
}
