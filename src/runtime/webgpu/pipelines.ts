// The compiled kernels of one device, by the text of their shader.
import { WGSL_BINDING_TYPES } from "../../artifact/wgsl-abi.ts"
import { scoped } from "./memory.ts"
import type { GpuDevice, GpuObject } from "./types.ts"

/** Pairs of the first submit: a quarter of a second on the slowest devices with the heaviest formulas. */
const FIRST_BUDGET = 2 ** 16

export interface Pipeline {
  readonly layout: GpuObject
  readonly reduce: GpuObject
  readonly finish: GpuObject
  /** Pairs of one submit, as measured; grows and shrinks with each run. */
  budget: number
}

export interface Pipelines {
  /** The kernels of a module; compiled once, even if two runs ask at the same time. Rejects with the compiler's message. */
  get(code: string): Promise<Pipeline>
}

export function pipelinesOf(device: GpuDevice): Pipelines {
  const known = new Map<string, Promise<Pipeline>>()
  return {
    get(code) {
      let made = known.get(code)
      if (!made) {
        made = compile(device, code)
        known.set(code, made)
        made.catch(() => known.delete(code))
      }
      return made
    },
  }
}
async function compile(device: GpuDevice, code: string): Promise<Pipeline> {
  // GPUShaderStage.COMPUTE, a global that Node lacks.
  const COMPUTE = 4
  const entries = WGSL_BINDING_TYPES.map((type, binding) => ({ binding, visibility: COMPUTE, buffer: { type } }))
  return scoped(device, async () => {
    const module = device.createShaderModule({ code })
    const bindings = device.createBindGroupLayout({ entries })
    const layout = device.createPipelineLayout({ bindGroupLayouts: [bindings] })
    const made = async (entryPoint: string) => device.createComputePipelineAsync({ layout, compute: { module, entryPoint } })
    const [reduce, finish] = await Promise.all([made("reduce"), made("finish")])
    return { layout: bindings, reduce, finish, budget: FIRST_BUDGET }
  })
}
