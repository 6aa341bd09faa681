// What an executor must do: run one artifact on checked inputs. Two do it: webgpu.ts and cpu.ts.
import type { Artifact, Role } from "../artifact/artifact.ts"
import { noMemory, ofRows } from "../messages/runtime.ts"
import type { DeviceData } from "./matrix.ts"

/** Row-major float32 numbers of one variable, on the host or, for the webgpu executor alone, in a buffer of its device. */
export type Column<Device> = Float32Array | Device

/** What can end a run early: the part of an `AbortSignal` that a run uses, so that the package needs no types of the DOM or of Node. */
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
  /** Called with the share done, from 0 to 1, not more often than every 50 ms or so; 1 at the end. */
  readonly onProgress?: (done: number) => void
  /** Where the result is wanted; only an executor with a device knows `device`. */
  readonly output?: "host" | "device"
}

/** Row-major, `rows * artifact.output.width` numbers each; which of them there are, `artifact.output.kind` says. */
export interface Outcome<Device = never> {
  readonly values?: Float32Array | Device
  readonly indices?: Int32Array | Device
}

/** Numbers of one row of all variables of a role. */
export const sizeOf = ({ variables }: Artifact, wanted: Role) =>
  variables.reduce((sum, { role, dim }) => sum + (role === wanted ? dim : 0), 0)

/** Numbers that may be on a device, on the host. */
export async function onHost(input: Column<DeviceData>): Promise<Float32Array> {
  return ArrayBuffer.isView(input) ? input : new Float32Array(await input.read())
}

/** What `construct` makes, or a RangeError with a sentence of ours where there is no memory for it. */
export function make<T>(construct: () => T, sentence: string): T {
  try {
    return construct()
  } catch {
    throw new RangeError(sentence)
  }
}

/** Numbers that a result may have: 4 GiB, what WebAssembly can address, and about what an engine gives one array. */
const MOST_NUMBERS = 2 ** 30

/** The numbers of a result on the host, as zeros. */
export function hostNumbers<T>(kind: new (length: number) => T, { artifact: { formula, k, output }, rows }: Job<DeviceData>): T {
  const length = rows * output.width
  return make(() => new kind(length > MOST_NUMBERS ? -1 : length), noMemory(`\`${formula}\``, length * 4, ofRows(rows, output.width, k)))
}
