// The part of WebGPU that the runtime uses, as structural types, so that the package does not need @webgpu/types. A browser's GPUDevice
// and the `webgpu` package's fit them. Descriptors are plain objects: WebGPU itself checks them.

// biome-ignore lint/suspicious/noExplicitAny: WebGPU brands its handles, so that no structural type of ours would fit them
type Handle = any

export interface GpuObject {
  readonly label: string
}

export interface GpuBuffer extends GpuObject {
  readonly size: number
  readonly usage: number
  mapAsync(mode: number, offset?: number, size?: number): Promise<unknown>
  getMappedRange(offset?: number, size?: number): ArrayBuffer
  unmap(): unknown
  destroy(): unknown
}

export interface GpuPass {
  setPipeline(pipeline: Handle): unknown
  setBindGroup(index: number, group: Handle): unknown
  dispatchWorkgroups(x: number, y?: number, z?: number): unknown
  end(): unknown
}

export interface GpuEncoder {
  beginComputePass(): GpuPass
  copyBufferToBuffer(source: Handle, sourceOffset: number, target: Handle, targetOffset: number, size: number): unknown
  finish(): object
}

export interface GpuQueue {
  submit(commands: Handle[]): unknown
  writeBuffer(buffer: Handle, offset: number, data: Handle, dataOffset?: number, size?: number): unknown
  onSubmittedWorkDone(): Promise<unknown>
}

export interface GpuLimits {
  readonly maxStorageBufferBindingSize: number
  readonly maxBufferSize: number
  readonly maxComputeWorkgroupsPerDimension: number
}

export interface GpuShader extends GpuObject {
  getCompilationInfo(): Promise<{
    readonly messages: Iterable<{ readonly type: string; readonly message: string; readonly lineNum: number }>
  }>
}

/** A WebGPU device: the result of `adapter.requestDevice()`. */
export interface GpuDevice extends GpuObject {
  readonly queue: GpuQueue
  readonly limits: GpuLimits
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>
  createBuffer(descriptor: Handle): GpuBuffer
  createShaderModule(descriptor: Handle): GpuShader
  createBindGroupLayout(descriptor: Handle): GpuObject
  createPipelineLayout(descriptor: Handle): GpuObject
  createBindGroup(descriptor: Handle): GpuObject
  createComputePipelineAsync(descriptor: Handle): Promise<GpuObject>
  createCommandEncoder(): GpuEncoder
  pushErrorScope(filter: "out-of-memory" | "validation" | "internal"): unknown
  popErrorScope(): Promise<{ readonly message: string } | null>
  destroy(): unknown
}

export interface GpuAdapter {
  readonly info: {
    readonly vendor: string
    readonly architecture: string
    readonly device: string
    readonly description: string
    readonly isFallbackAdapter?: boolean
  }
  readonly limits: GpuLimits
  requestDevice(descriptor?: Handle): Promise<GpuDevice>
}

export interface Gpu {
  requestAdapter(options?: Handle): Promise<GpuAdapter | null>
}

/** GPUBufferUsage and GPUMapMode: globals in a browser, but not in Node. */
export const mapRead = 1
export const copySource = 4
export const copyTarget = 8
export const uniform = 64
export const storage = 128
