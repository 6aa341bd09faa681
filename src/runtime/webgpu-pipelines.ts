// The compiled kernels of one device, by the text of their shader.
import { scoped } from "./webgpu-memory.ts"
import type { GpuDevice, GpuObject } from "./webgpu-types.ts"

export interface Pipeline {
  readonly layout: GpuObject
  readonly reduce: GpuObject
  readonly finish: GpuObject
  /** Pairs that one submit may take, as measured; grows and shrinks with each run. */
  budget: number
}

/** A first submit that takes a quarter of a second on the slowest devices with the heaviest formulas. */
const FIRST_BUDGET = 2 ** 16

export class Pipelines {
  readonly #device: GpuDevice
  readonly #made = new Map<string, Promise<Pipeline>>()

  constructor(device: GpuDevice) {
    this.#device = device
  }

  /** The kernels of a module; compiled once, also where two runs ask at the same time. Rejects with the compiler's words. */
  get(code: string): Promise<Pipeline> {
    let made = this.#made.get(code)
    if (!made) {
      made = this.#compile(code)
      this.#made.set(code, made)
      made.catch(() => this.#made.delete(code))
    }
    return made
  }

  async #compile(code: string): Promise<Pipeline> {
    const device = this.#device
    const types = ["uniform", "read-only-storage", "read-only-storage", "read-only-storage", "storage", "storage"]
    const entries = types.map((type, binding) => ({ binding, visibility: 4, buffer: { type } }))
    const [module, bindings, layout] = await scoped(device, () => {
      const bindings = device.createBindGroupLayout({ entries })
      return [device.createShaderModule({ code }), bindings, device.createPipelineLayout({ bindGroupLayouts: [bindings] })]
    })
    const compile = async (entryPoint: string) => device.createComputePipelineAsync({ layout, compute: { module, entryPoint } })
    const [reduce, finish] = await scoped(device, () => Promise.all([compile("reduce"), compile("finish")]))
    return { layout: bindings!, reduce, finish, budget: FIRST_BUDGET }
  }
}
