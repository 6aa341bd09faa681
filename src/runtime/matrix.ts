/// <reference lib="esnext.disposable" preserve="true" />
// Matrix: the output of a reduction, and an input of others: rows of numbers on the host or on a device. It computes nothing.
import { matrixFreed, matrixOnDevice } from "../messages/runtime.ts"

/** Numbers of a matrix that lives on a device. Made by the webgpu executor. */
export interface DeviceData {
  /** The device whose memory holds them. */
  readonly device: object
  /** The GPU's buffer. */
  readonly buffer: object
  /** How many numbers it holds. */
  readonly length: number
  /** Marks them as used, until the returned function is called. */
  hold(): () => void
  /** Copies them to the host. */
  read(): Promise<ArrayBuffer>
  /** Frees them as soon as they are not in use. */
  free(): void
}

/**
 * What reductions return: `rows` rows of `dim` numbers, row-major. `category` is that of the output alias: `"i"` if the reduction ran over j. The gradient of a
 * parameter is one row, of category `"pm"`.
 * A matrix may be passed to a reduction as it is, for any variable of the same dimension.
 *
 * A matrix made with `output: "device"` stays in the memory of the GPU: `data` and `toArray` throw until it is copied with `toHost`.
 *
 * @example
 * const gaussian = keops(["Exp(-SqDist(", ", ", "))"], Vi("x", 3), Vj("y", 3)).sum()
 * const density = await gaussian({ x: points, y: samples }) // Matrix<"i", 1>
 * density.data // Float32Array of density.rows numbers
 * const rows = density.toArray() // number[][]
 */
export class Matrix<
  C extends "i" | "j" | "pm" = "i" | "j" | "pm",
  D extends number = number,
  Data extends Float32Array | Int32Array = Float32Array,
> {
  /** How many rows there are. */
  declare readonly rows: number
  /** How many numbers a row has. */
  declare readonly dim: D
  /** The index of the rows; a parameter's `"pm"` has one row. */
  declare readonly category: C
  /** Whether the numbers are values, or indices of rows (-1 if there is none). */
  declare readonly kind: "values" | "indices"
  /** The first numbers of `data`, for consoles, which print properties but call no getters; undefined on the device. */
  declare readonly first: Data | undefined
  #numbers: Data | DeviceData | undefined

  /** From `rows * dim` numbers, row-major. Reductions return matrices; an input may be a plain array as well. */
  constructor(numbers: Data | DeviceData, rows: number, dim: D, category: C, kind: "values" | "indices" = "values") {
    this.#numbers = numbers
    Object.assign(this, { rows, dim, category, kind, first: (numbers as Data).subarray?.(0, 8) })
  }

  /**
   * `rows * dim` numbers, row-major.
   *
   * @throws TypeError if the matrix is on the device, or disposed of.
   */
  get data(): Data {
    if (this.onDevice) throw new TypeError(matrixOnDevice())
    return this.#numbers as Data
  }

  /** Whether the numbers are in the memory of a GPU. */
  get onDevice(): boolean {
    return !ArrayBuffer.isView(this.numbers())
  }

  /**
   * The rows as arrays of `dim` numbers.
   *
   * @throws TypeError if the matrix is on the device, or disposed of.
   */
  toArray(): number[][] {
    const { data, dim } = this
    return Array.from({ length: this.rows }, (_, row) => Array.from(data.subarray(row * dim, (row + 1) * dim)))
  }

  /**
   * The matrix itself if it is on the host, else a copy there.
   *
   * @throws TypeError if the matrix is disposed of (the promise rejects).
   */
  async toHost(): Promise<Matrix<C, D, Data>> {
    if (!this.onDevice) return this
    const device = this.#numbers as DeviceData
    const bytes = await device.read().finally(device.hold())
    const data = new (this.kind === "indices" ? Int32Array : Float32Array)(bytes) as Data
    return new Matrix(data, this.rows, this.dim, this.category, this.kind)
  }

  /**
   * Frees the memory of a matrix on the device, after the runs and reads that use it now; the matrix cannot be used afterwards. Does nothing on
   * the host. `using matrix = await reduction(inputs)` calls it at the end of the block.
   */
  dispose(): void {
    if (!this.#numbers || !this.onDevice) return
    ;(this.#numbers as DeviceData).free()
    this.#numbers = undefined
  }

  /** The same, for `using`. */
  [Symbol.dispose](): void {
    this.dispose()
  }

  /** The numbers wherever they are, for the runtime. @internal */
  numbers(): Data | DeviceData {
    if (this.#numbers === undefined) throw new TypeError(matrixFreed())
    return this.#numbers
  }
}
