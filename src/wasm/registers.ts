// The locals that hold values: one for each row block and column that a value differs between. Locals of dead values are reused.
import type { Region, Value } from "../ir/program.ts"
import type { FunctionWriter } from "./function-writer.ts"

/** Whether a value of a region differs between rows, and between columns. */
export const varies: Record<Region, readonly [byRow: boolean, byColumn: boolean]> = {
  constant: [false, false],
  row: [true, false],
  column: [false, true],
  pair: [true, true],
}

export class Registers {
  readonly #locals = new Map<string, number>()
  /** Locals of dead values. */
  readonly #free: number[] = []
  readonly #writer: FunctionWriter
  readonly #rows: number
  readonly #lanesAreColumns: boolean

  constructor(writer: FunctionWriter, rows: number, lanesAreColumns: boolean) {
    this.#writer = writer
    this.#rows = rows
    this.#lanesAreColumns = lanesAreColumns
  }

  /** The local that holds a value for row block r and column u. */
  local(value: Value, r: number, u: number): number {
    if (value.kind === "number") return this.#writer.float(value.value)
    const key = this.#key(value, r, u)
    const known = this.#locals.get(key)
    if (known !== undefined) return known
    const made = this.#free.pop() ?? this.#writer.code.local("v128")
    this.#locals.set(key, made)
    return made
  }

  #key(value: Value, r: number, u: number): string {
    const [byRow, byColumn] = varies[value.region]
    return `${this.#lanesAreColumns && value.region !== "constant" ? "c" : ""}${value.id} ${byRow ? r : 0} ${byColumn ? u : 0}`
  }

  /** Frees the locals of a value for other values. */
  release(value: Value, columns: number): void {
    for (const [r, u] of this.replicas(value.region, columns)) {
      const key = this.#key(value, r, u)
      const local = this.#locals.get(key)
      if (local === undefined) continue
      this.#locals.delete(key)
      this.#free.push(local)
    }
  }

  /** Makes the values of the constant region, which another stage has written, available here. */
  share(other: Registers): void {
    for (const [key, local] of other.#locals) this.#locals.set(key, local)
  }

  /** The row blocks and columns for which values of a region are written. */
  replicas(region: Region, columns: number): (readonly [r: number, u: number])[] {
    const [byRow, byColumn] = varies[region]
    const all: (readonly [number, number])[] = []
    for (let r = 0; r < (byRow ? this.#rows : 1); r++) for (let u = 0; u < (byColumn ? columns : 1); u++) all.push([r, u])
    return all
  }
}
