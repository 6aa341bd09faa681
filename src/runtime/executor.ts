// The interface of the two executors, webgpu/execute.ts and cpu/execute.ts: they run one artifact on checked inputs.
import type { Artifact, Role } from "../artifact/artifact.ts"
import { noMemory, ofRows } from "../messages/runtime.ts"
import type { DeviceData } from "./matrix.ts"

/** Row-major float32 numbers of one variable, on the host or, for the webgpu executor alone, in a buffer of its device. */
export type Column<Device> = Float32Array | Device

/** The part of an `AbortSignal` that a run uses, so that the package needs no types of the DOM or of Node. */
export interface AbortSignalLike {
  /** Throws the reason if the signal is aborted. */
  throwIfAborted(): void
}

export interface Job<Device = never> {
  readonly artifact: Artifact
  /** Rows of the output, and rows that are reduced over. Either may be 0. */
  readonly rows: number
  readonly columns: number
  /** One for each of `artifact.variables`, lengths checked. */
  readonly inputs: readonly Column<Device>[]
  readonly signal?: AbortSignalLike
  /** Called with the completed share, from 0 to 1, at most about every 50 ms; with 1 at the end. */
  readonly onProgress?: (done: number) => void
  /** Where the result is to be stored; `device` is for executors with a device only. */
  readonly output?: "host" | "device"
}

/** Row-major, `rows * artifact.output.width` numbers each. `artifact.output.kind` specifies which of the two are present. */
export interface Outcome<Device = never> {
  readonly values?: Float32Array | Device
  readonly indices?: Int32Array | Device
}

/** Numbers of one row of all variables of a role. */
export const sizeOf = ({ variables }: Artifact, wanted: Role) =>
  variables.reduce((sum, { role, dim }) => sum + (role === wanted ? dim : 0), 0)

/** Copies numbers that are on a device to the host. */
export async function onHost(input: Column<DeviceData>): Promise<Float32Array> {
  return ArrayBuffer.isView(input) ? input : new Float32Array(await input.read())
}

/** Calls `construct`, and throws a RangeError with `sentence` if there is not enough memory. */
export function make<T>(construct: () => T, sentence: string): T {
  try {
    return construct()
  } catch {
    throw new RangeError(sentence)
  }
}

/** The most numbers of a result: 4 GiB, the address space of WebAssembly and about an engine's limit for one array. */
const MOST_NUMBERS = 2 ** 30

/** The numbers of a result on the host, as zeros. */
export function hostNumbers<T>(kind: new (length: number) => T, { artifact: { formula, k, output }, rows }: Job<DeviceData>): T {
  const length = rows * output.width
  return make(() => new kind(length > MOST_NUMBERS ? -1 : length), noMemory(`\`${formula}\``, length * 4, ofRows(rows, output.width, k)))
}
