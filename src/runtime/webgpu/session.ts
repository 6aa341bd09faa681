// The resources of one run on a device: packs inputs, and submits kernels. All buffers are returned at the end.
import type { ArtifactVariable } from "../../artifact/artifact.ts"
import { type Job, sizeOf } from "../executor.ts"
import type { DeviceData } from "../matrix.ts"
import type { Context } from "./device.ts"
import { DeviceError, scoped } from "./memory.ts"
import type { Pipeline } from "./pipelines.ts"
import { copyTarget, type GpuBuffer, uniform } from "./types.ts"

/** `count` words, rounded up to groups of four, as in the shader's structure. */
const whole = (count: number) => (count + 3) & ~3

/** A buffer, and how many of its bytes are bound. */
export type Bound = readonly [buffer: GpuBuffer, bytes: number]

export interface Session {
  acquire(bytes: number, usage?: number): Promise<Bound>
  release(bound: Bound): void
  /** Rows [first, first + count) of the variables of a role, in one buffer, one variable after the other. */
  pack(role: ArtifactVariable["role"], first: number, count: number): Promise<Bound>
  /** Dispatches `reduce`, and `finish` if it has groups, with the values of WGSL_ARGS; resolves when both are done. */
  submit(args: readonly number[], bound: readonly Bound[], reduceGroups: readonly [number, number], finishGroups: number): Promise<void>
  close(): void
}

export function openSession({ device, memory }: Context, pipeline: Pipeline, { artifact, inputs }: Job<DeviceData>): Session {
  const held = new Set<GpuBuffer>()
  const writing: Promise<unknown>[] = []
  /** The offset of each variable in the buffer of its role, in numbers. */
  const offsets = artifact.variables.map(() => 0)
  let uniforms: Bound | undefined

  const acquire = async (bytes: number, usage?: number): Promise<Bound> => {
    const buffer = await memory.acquire(bytes, usage)
    held.add(buffer)
    return [buffer, Math.max(4, bytes)]
  }

  return {
    acquire,
    release([buffer]) {
      held.delete(buffer)
      memory.release(buffer)
    },
    async pack(role, first, count) {
      const bound = await acquire(4 * count * sizeOf(artifact, role))
      const written = scoped(device, () => {
        let at = 0
        for (const [n, { role: own, dim }] of artifact.variables.entries()) {
          if (own !== role) continue
          const [input, from, length] = [inputs[n]!, first * dim, count * dim]
          if (!ArrayBuffer.isView(input)) memory.copy(input.buffer as GpuBuffer, from * 4, bound[0], at * 4, length * 4)
          else if (length > 0) device.queue.writeBuffer(bound[0], at * 4, input, from, length)
          offsets[n] = at
          at += length
        }
      })
      // The next submit awaits it, and reports the error.
      written.catch(() => {})
      writing.push(written)
      return bound
    },
    async submit(args, bound, reduceGroups, finishGroups) {
      const first = whole(args.length)
      const words = new Uint32Array(first + whole(offsets.length + 1))
      words.set(args)
      words.set(offsets, first)
      uniforms ??= await acquire(words.byteLength, uniform | copyTarget)
      const entries = [uniforms, ...bound].map(([buffer, bytes], binding) => ({ binding, resource: { buffer, size: bytes } }))
      const submitted = scoped(device, () => {
        device.queue.writeBuffer(uniforms![0], 0, words)
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
        return device.queue.onSubmittedWorkDone()
      })
      await Promise.all([...writing.splice(0), submitted])
      if (memory.lost !== undefined) throw new DeviceError(memory.lost)
    },
    close() {
      held.forEach(memory.release)
    },
  }
}
