// The part of WebGPU that the runtime uses, as structural types, so that the package asks for no @webgpu/types. A browser's GPUDevice
// and the `webgpu` package's fit them. Descriptors are plain objects: WebGPU itself checks them.

export interface GpuObject {
  readonly label: string
}

export interface GpuBuffer extends GpuObject {
  readonly size: number
  mapAsync(mode: number, offset?: number, size?: number): Promise<unknown>
  getMappedRange(offset?: number, size?: number): ArrayBuffer
  unmap(): unknown
  destroy(): unknown
}

export interface GpuPass {
  setPipeline(pipeline: object): unknown
  setBindGroup(index: number, group: object): unknown
  dispatchWorkgroups(x: number, y?: number, z?: number): unknown
  end(): unknown
}

export interface GpuEncoder {
  beginComputePass(): GpuPass
  copyBufferToBuffer(source: object, sourceOffset: number, target: object, targetOffset: number, size: number): unknown
  finish(): object
}

export interface GpuQueue {
  submit(commands: object[]): unknown
  writeBuffer(buffer: object, offset: number, data: object, dataOffset?: number, size?: number): unknown
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

/** A WebGPU device: what `adapter.requestDevice()` gives. */
export interface GpuDevice extends GpuObject {
  readonly queue: GpuQueue
  readonly limits: GpuLimits
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>
  createBuffer(descriptor: object): GpuBuffer
  createShaderModule(descriptor: object): GpuShader
  createBindGroupLayout(descriptor: object): GpuObject
  createPipelineLayout(descriptor: object): GpuObject
  createBindGroup(descriptor: object): GpuObject
  createComputePipelineAsync(descriptor: object): Promise<GpuObject>
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
  requestDevice(descriptor?: object): Promise<GpuDevice>
}

export interface Gpu {
  requestAdapter(options?: object): Promise<GpuAdapter | null>
}

/** GPUBufferUsage and GPUMapMode: globals in a browser, but not in Node. */
export const usage = { mapRead: 1, copySource: 4, copyTarget: 8, uniform: 64, storage: 128 } as const
export const mapRead = 1
