// The devices that the runtime holds: its own, and those that users pass in. They are found, opened, watched and closed here.
// Everything stays referenced: Node's `webgpu` crashes the process if the object that made a device is collected before the device.
import { noAdapter, noWebgpu, noWebgpuPackage } from "../../messages/runtime.ts"
import { type Memory, memoryOf } from "./memory.ts"
import { loadWebgpu } from "./package.js"
import { type Pipelines, pipelinesOf } from "./pipelines.ts"
import { busyOf } from "./plan.ts"
import type { Gpu, GpuAdapter, GpuDevice } from "./types.ts"

export interface Context {
  readonly device: GpuDevice
  readonly memory: Memory
  readonly pipelines: Pipelines
  /** Whether a user passed the device in: then it is never destroyed here, and not replaced when lost. */
  readonly borrowed: boolean
  /** Workgroups that keep it busy. */
  readonly busy: number
}

export interface FoundAdapter {
  readonly adapter: GpuAdapter
  readonly description: string
  readonly hardware: boolean
}

interface Platform {
  readonly navigator?: { readonly gpu?: Gpu }
  readonly process?: { readonly versions?: { readonly node?: string; readonly bun?: string } }
}

let gpu: Gpu | undefined
let own: Promise<Context> | undefined
let adapter: Promise<FoundAdapter> | undefined
/** All open devices, the runtime's own included. */
const contexts = new Map<GpuDevice, Context>()

async function findGpu(): Promise<Gpu | undefined> {
  const { navigator, process } = globalThis as unknown as Platform
  gpu ??= navigator?.gpu
  // Bun can load the package, but crashes when using it.
  if (gpu || !process?.versions?.node || process.versions.bun) return gpu
  const loaded = await loadWebgpu().catch(() => undefined)
  // If two calls load it at the same time, the first stays, because devices may come from it.
  gpu ??= loaded
  return gpu
}

/** The adapter. Requested once and cached; requested again if none was found and the caller requires WebGPU. Rejects with the reason. */
export async function findAdapter(wanted: boolean): Promise<FoundAdapter> {
  adapter ??= requestAdapter()
  if (wanted) adapter = adapter.catch(requestAdapter)
  return adapter
}

/** Requests a new adapter each time, because an adapter can make only one device. */
async function requestAdapter(): Promise<FoundAdapter> {
  const found = await findGpu()
  if (!found) throw new Error(noWebgpu(noWebgpuPackage()))
  const adapter = await found.requestAdapter({ powerPreference: "high-performance" }).catch(() => null)
  if (!adapter) throw new Error(noWebgpu(noAdapter()))
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info
  const name = [description || device, vendor, architecture].filter(Boolean).join(", ")
  const hardware = isFallbackAdapter !== true && !/swiftshader|llvmpipe|lavapipe|software|basic render/i.test(`${name} ${device}`)
  return { adapter, description: name, hardware }
}

/** The runtime's own device, opened once, and again after a loss. It stays open until the functions pushed to `ends` are called. */
export async function openDevice(ends?: (() => void)[]): Promise<Context> {
  own ??= open()
  const opening = own
  const context = await opening
  if (context.memory.lost === undefined) return held(context, ends)
  // Another run may have opened a new one by now.
  if (own === opening) own = undefined
  return openDevice(ends)
}

function held(context: Context, ends?: (() => void)[]): Context {
  ends?.push(context.memory.hold())
  return context
}

async function open(): Promise<Context> {
  try {
    const found = await requestAdapter()
    const { maxBufferSize, maxStorageBufferBindingSize } = found.adapter.limits
    const device = await found.adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } }).catch((error) => {
      throw new Error(noWebgpu(error.message), { cause: error })
    })
    return watch(device, false, busyOf(found.hardware))
  } catch (error) {
    own = undefined
    throw error
  }
}

/** The context of a device that a user passed in, or that holds a matrix. */
export function adopt(device: GpuDevice, ends?: (() => void)[]): Context {
  return held(contexts.get(device) ?? watch(device, true, busyOf(true)), ends)
}

function watch(device: GpuDevice, borrowed: boolean, busy: number): Context {
  const context = { device, memory: memoryOf(device), pipelines: pipelinesOf(device), borrowed, busy }
  contexts.set(device, context)
  device.lost.then(() => contexts.delete(device))
  return context
}

/** Frees everything as soon as no run uses it; destroys the runtime's own device. */
export async function closeDevices(): Promise<void> {
  const opening = own
  own = undefined
  await opening?.catch(() => {})
  const open = [...contexts.values()]
  contexts.clear()
  await Promise.all(
    open.map(async ({ device, memory, borrowed }) => {
      await memory.close()
      if (borrowed) return
      device.destroy()
      await device.lost
    }),
  )
  // A run that began in the meantime has opened another device.
  if (!own) gpu = adapter = undefined
}
