// The devices that the runtime holds: one of its own, and those that users hand in. Found, opened, watched and closed here.
// Everything is kept referenced: Node's `webgpu` crashes the process where the object that made a device is collected before it.
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
  /** Whether a user handed the device in: then it is never destroyed here, and not replaced when lost. */
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
/** All that are open, the own among them. */
const contexts = new Map<GpuDevice, Context>()

async function findGpu(): Promise<Gpu | undefined> {
  const { navigator, process } = globalThis as unknown as Platform
  gpu ??= navigator?.gpu
  // Bun loads the package, and crashes in it.
  if (gpu || !process?.versions?.node || process.versions.bun) return gpu
  const loaded = await loadWebgpu().catch(() => undefined)
  // Of two that were loaded at a time the first stays: devices may come from it.
  gpu ??= loaded
  return gpu
}

/** Which adapter there is; asked for once, and again where there was none but one is wanted. Rejects with the reason. */
export async function findAdapter(wanted: boolean): Promise<FoundAdapter> {
  adapter ??= requestAdapter()
  if (wanted) adapter = adapter.catch(requestAdapter)
  return adapter
}

/** An adapter, new each time: it serves one device. */
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

/** The runtime's own device, opened once, and again after it was lost. It stays open until the functions that go to `ends` are called. */
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

/** The context of a device that a user handed in, or that holds a matrix. */
export function adopt(device: GpuDevice, ends?: (() => void)[]): Context {
  return held(contexts.get(device) ?? watch(device, true, busyOf(true)), ends)
}

function watch(device: GpuDevice, borrowed: boolean, busy: number): Context {
  const context = { device, memory: memoryOf(device), pipelines: pipelinesOf(device), borrowed, busy }
  contexts.set(device, context)
  device.lost.then(() => contexts.delete(device))
  return context
}

/** Drops all that is held, as soon as no run uses it; destroys the runtime's own device. */
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
  // A run that began meanwhile has opened another.
  if (!own) gpu = adapter = undefined
}
