// The devices that the runtime holds: one of its own, and those that users hand in. Found, opened, watched and closed here.
// Everything is kept referenced: Node's `webgpu` crashes the process where the object that made a device is collected before it.
import { noAdapter, noWebgpu, noWebgpuPackage } from "../messages/runtime.ts"
import { Memory } from "./webgpu-memory.ts"
import { loadWebgpu } from "./webgpu-package.js"
import { Pipelines } from "./webgpu-pipelines.ts"
import { busyOf, type Limits } from "./webgpu-plan.ts"
import type { Gpu, GpuAdapter, GpuDevice } from "./webgpu-types.ts"

export interface Context {
  readonly device: GpuDevice
  readonly memory: Memory
  readonly pipelines: Pipelines
  /** Whether a user handed the device in: then it is never destroyed here, and not replaced when lost. */
  readonly borrowed: boolean
  /** What a binding and a dispatch may take. */
  readonly limits: Limits
  /** Workgroups that keep it busy. */
  readonly busy: number
  /** Why the device can no longer be used; looked at before each submit, which itself does not say. */
  lost?: string
}

export type Found = { readonly missing: string } | { readonly description: string; readonly hardware: boolean }

interface Platform {
  readonly navigator?: { readonly gpu?: Gpu }
  readonly process?: { readonly versions?: { readonly node?: string; readonly bun?: string } }
}

let gpu: Gpu | undefined
let own: Promise<Context> | undefined
let known: Promise<Found> | undefined
const borrowed = new Map<GpuDevice, Context>()

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

/** Which adapter there is; asked for once, and again where there was none but one is wanted. */
export async function findAdapter(wanted: boolean): Promise<Found> {
  if (!known) known = requestAdapter()
  const found = await known
  if (!wanted || !("missing" in found)) return found
  known = requestAdapter()
  return known
}

/** An adapter, new each time: it serves one device. */
async function requestAdapter(): Promise<({ readonly adapter: GpuAdapter } & Exclude<Found, { missing: string }>) | { missing: string }> {
  const found = await findGpu()
  if (!found) return { missing: noWebgpu(noWebgpuPackage()) }
  const adapter = await found.requestAdapter({ powerPreference: "high-performance" }).catch(() => null)
  if (!adapter) return { missing: noWebgpu(noAdapter()) }
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info
  const name = [description || device, vendor, architecture].filter(Boolean).join(", ")
  const hardware = isFallbackAdapter !== true && !/swiftshader|llvmpipe|lavapipe|software|basic render/i.test(`${name} ${device}`)
  return { adapter, description: name, hardware }
}

/** The runtime's own device, opened once, and again after it was lost. */
export async function openDevice(): Promise<Context> {
  if (!own) own = open()
  const opening = own
  const context = await opening
  if (context.lost === undefined) return context
  // Another run may have opened a new one by now.
  if (own === opening) own = undefined
  return openDevice()
}

async function open(): Promise<Context> {
  try {
    const found = await requestAdapter()
    if ("missing" in found) throw new Error(found.missing)
    const { maxBufferSize, maxStorageBufferBindingSize } = found.adapter.limits
    const device = await found.adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } })
    return watch(device, false, busyOf(found.hardware))
  } catch (error) {
    own = undefined
    throw error
  }
}

/** The context of a device that a user handed in. */
export async function adopt(device: GpuDevice): Promise<Context> {
  if (own) {
    const context = await own.catch(() => undefined)
    if (context?.device === device) return context
  }
  let context = borrowed.get(device)
  if (!context) {
    context = watch(device, true, busyOf(true))
    borrowed.set(device, context)
  }
  return context
}

function watch(device: GpuDevice, isBorrowed: boolean, busy: number): Context {
  const { maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension } = device.limits
  const limits = { maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension }
  const context: Context = { device, memory: new Memory(device), pipelines: new Pipelines(device), borrowed: isBorrowed, limits, busy }
  device.lost.then(({ reason, message }) => {
    context.lost = message || reason
    borrowed.delete(device)
  })
  return context
}

/** Drops all that is held; destroys the runtime's own device. */
export async function closeDevices(): Promise<void> {
  const closing = own
  own = undefined
  for (const context of borrowed.values()) context.memory.clear()
  borrowed.clear()
  const context = await closing?.catch(() => undefined)
  if (context) {
    context.memory.clear()
    context.device.destroy()
    await context.device.lost
  }
  gpu = undefined
  known = undefined
}
