// Writes a schedule's statements in WASM. Lanes hold four rows; a step covers R x 4 rows and U columns, so a value of the pair region has R x U
// replicas, one of a row R, one of a column U. In the column stage lanes hold four columns.
import { blocksOf } from "../ir/blocks.ts"
import { endings, leaving } from "../ir/liveness.ts"
import type { AffineIndex, ApplyValue, CellArray, CellValue, FoldValue, IndexValue, LoadValue, Value } from "../ir/program.ts"
import type { FoldLoop, Nest, Reduce, Schedule, Shift, Statement } from "../ir/statement.ts"
import { Addresses } from "./addresses.ts"
import { fusedProducts } from "./fma.ts"
import { sumLoop } from "./fold.ts"
import { type FunctionWriter, LANES, REGISTER_BYTES } from "./function-writer.ts"
import { madd } from "./math.ts"
import { wasmPrimitives } from "./primitives.ts"
import { Registers, varies } from "./registers.ts"

/** The most values of a loop body that is written replica after replica. */
const MOST_FLAT_VALUES = 64

/** Locals (i32) with the addresses of the kernel's data. */
export interface Pointers {
  /** For each variable: of a parameter, of the step's first row, or of the current column. */
  readonly variable: readonly number[]
  /** For each looped row variable: of its components in scratch, R registers each. */
  readonly looped: ReadonlyMap<number, number>
  /** For each array: each number has a register for each row block, and in the pair region for each column. */
  readonly arrays: ReadonlyMap<CellArray, number>
  /** For each column value: of its number for the current column. */
  readonly columnValue: ReadonlyMap<Value, { readonly pointer: number; readonly offset: number }>
}

export class StatementWriter {
  readonly registers: Registers
  readonly addresses: Addresses
  readonly #fused: ReadonlySet<Value>
  /** Values that are read in another region. */
  readonly #leaving: ReadonlySet<Value>
  readonly #writer: FunctionWriter
  readonly #schedule: Schedule
  readonly #pointers: Pointers
  readonly #rows: number
  readonly #mostColumns: number
  readonly #lanesAreColumns: boolean
  columns: number
  /** The number of enclosing sums. */
  #depth = 0

  constructor(writer: FunctionWriter, schedule: Schedule, pointers: Pointers, rows: number, columns: number, lanesAreColumns = false) {
    this.#writer = writer
    this.addresses = new Addresses(writer)
    this.#schedule = schedule
    this.#pointers = pointers
    this.registers = new Registers(writer, rows, lanesAreColumns)
    this.#rows = rows
    this.columns = columns
    this.#mostColumns = columns
    this.#lanesAreColumns = lanesAreColumns
    this.#fused = fusedProducts(schedule)
    this.#leaving = leaving(schedule, this.#fused)
  }

  /** The local that holds a value for row block r and column u. */
  local(value: Value, r: number, u: number): number {
    return this.registers.local(value, r, u)
  }

  /** Loads the values that the column stage computed for these columns. */
  fetchColumnValues(): void {
    for (const [value, { pointer, offset }] of this.#pointers.columnValue) {
      for (let u = 0; u < this.columns; u++) {
        this.#writer.code
          .get(pointer)
          .memory("v128.load32_splat", offset + u * 4)
          .set(this.local(value, 0, u))
      }
    }
  }

  /** Writes statements. The returned function frees the values that `end`, the statement whose body they are, reads last. */
  write(statements: readonly Statement[], reduce?: (statement: Reduce | Shift) => void, end?: Statement): () => void {
    const ending = endings(statements, this.#fused, this.#leaving, end)
    statements.forEach((statement, n) => {
      if (statement.kind === "let") this.#let(statement.value)
      else if (statement.kind === "fold") this.#fold(statement)
      else if (statement.kind === "nest") this.#nest(statement)
      else reduce!(statement)
      for (const value of ending.get(n) ?? []) this.registers.release(value, this.columns)
    })
    return () => {
      for (const value of ending.get(statements.length) ?? []) this.registers.release(value, this.columns)
    }
  }

  #let(value: Value): void {
    for (const [r, u] of this.registers.replicas(value.region, this.columns)) this.#replica(value, r, u)
  }

  #replica(value: Value, r: number, u: number): void {
    if (this.#fused.has(value)) return
    if (value.kind === "load") this.#load(value, r, u)
    else if (value.kind === "index") this.#number(value, this.local(value, r, u))
    else if (value.kind === "apply") this.#apply(value, r, u)
    else if (value.kind === "cell") this.#cell(value, r, u)
  }

  #fold(statement: FoldLoop): void {
    const { fold } = statement
    // Allocated before the loop, so that no value of the body gets the same local.
    const replicas = this.registers.replicas(fold.region, this.columns).map(([r, u]) => [r, u, this.local(fold, r, u)] as const)
    const counter = this.addresses.counter(fold.loop)
    if (fold.fold === "sum") {
      const totals = replicas.map(([, , total]) => total)
      const name = `fold ${this.#depth++}`
      sumLoop(this.#writer, { name, loop: fold.loop, counter, totals }, blocksOf(fold), {
        add: (sums) => this.#writeIteration(statement, (n, r, u) => this.#add(sums[n]!, fold.body, sums[n]!, r, u)),
        eachTerm: (take) => this.#writeIteration(statement, (n, r, u) => take(n, this.#whole(fold.body, r, u))),
      })
      this.#depth--
      return
    }
    this.#writer.count(counter, fold.loop.start, fold.loop.end, () => {
      const release = this.write(statement.body, undefined, statement)
      for (const [r, u, best] of replicas) this.#extreme(fold, best, counter, r, u)
      release()
    })
  }

  /**
   * Writes an iteration of a sum, and calls `take` for each replica. PERF: a short body is written replica after replica, so that fewer values are
   * alive at once and engines that keep our order have registers for all: half the time for a distance. These engines support relaxed SIMD; older
   * ones lose some percent.
   */
  #writeIteration(statement: FoldLoop, take: (n: number, r: number, u: number) => void): void {
    const { body, fold } = statement
    const values = body.flatMap((one) => (one.kind === "let" ? [one.value] : []))
    const isFlat = values.length === body.length && values.length <= MOST_FLAT_VALUES
    const release = isFlat
      ? () => {
          for (const value of values) if (!this.#leaving.has(value)) this.registers.release(value, this.columns)
        }
      : this.write(body, undefined, statement)
    const done = new Set<number>()
    for (const [n, [r, u]] of this.registers.replicas(fold.region, this.columns).entries()) {
      if (isFlat) for (const value of values) this.#letOnce(value, r, u, done)
      take(n, r, u)
    }
    release()
  }

  /** Writes a value for a replica, unless another replica has written the same local: `done` holds these. */
  #letOnce(value: Value, r: number, u: number, done: Set<number>): void {
    const local = this.local(value, r, u)
    if (done.has(local)) return
    done.add(local)
    const [byRow, byColumn] = varies[value.region]
    this.#replica(value, byRow ? r : 0, byColumn ? u : 0)
  }

  #nest(statement: Nest): void {
    const { loop, body, stores } = statement
    this.#writer.count(this.addresses.counter(loop), loop.start, loop.end, () => {
      const release = this.write(body, undefined, statement)
      for (const { cells, index, value } of stores) {
        for (const [r, u] of this.registers.replicas(this.#schedule.arrays.get(cells)!, this.#mostColumns)) {
          const offset = this.#slot(cells, index, r, u)
          this.#writer.code.get(this.local(value, r, u)).memory("v128.store", offset)
        }
      }
      release()
    })
  }

  #cell(value: CellValue, r: number, u: number): void {
    const offset = this.#slot(value.cells, value.index, r, u)
    this.#writer.code.memory("v128.load", offset).set(this.local(value, r, u))
  }

  /** Leaves the variable part of the address of a number of an array on the stack, and returns the constant part. */
  #slot(cells: CellArray, index: AffineIndex, r: number, u: number): number {
    const [byRow, byColumn] = varies[this.#schedule.arrays.get(cells)!]
    const columns = byColumn ? this.#mostColumns : 1
    const registers = (byRow ? this.#rows : 1) * columns
    const offset = this.addresses.address(this.#pointers.arrays.get(cells)!, index, registers * REGISTER_BYTES)
    return offset + ((byRow ? r * columns : 0) + (byColumn ? u : 0)) * REGISTER_BYTES
  }

  /** Replaces the extreme so far by the body if that is better, and in the first iteration. */
  #extreme(fold: FoldValue, best: number, counter: number, r: number, u: number): void {
    const { code } = this.#writer
    const value = this.local(fold.body, r, u)
    code.get(value, best)
    code.get(value, best).op(fold.fold === "min" ? "f32x4.lt" : "f32x4.gt")
    // All ones in the first iteration: 0 - (counter == start).
    code.i32(0).get(counter).i32(fold.loop.start).op("i32.eq").op("i32.sub").op("i32x4.splat")
    code.op("v128.or").op("v128.bitselect").set(best)
  }

  /** out = value + sum, fused if value is a product that nothing else reads. */
  #add(out: number, value: Value, sum: number, r: number, u: number): void {
    if (this.#fused.has(value)) {
      const [a, b] = (value as ApplyValue).args
      madd(this.#writer, this.local(a!, r, u), this.local(b!, r, u), sum).set(out)
    } else this.#writer.apply("f32x4.add", out, sum, this.local(value, r, u))
  }

  /** The local of a value. A fused product, which has none, is computed here. */
  #whole(value: Value, r: number, u: number): number {
    if (!this.#fused.has(value)) return this.local(value, r, u)
    const product = this.#writer.temporary("whole product")
    this.#writer.apply("f32x4.mul", product, ...(value as ApplyValue).args.map((arg) => this.local(arg, r, u)))
    return product
  }

  #apply(value: ApplyValue, r: number, u: number): void {
    const out = this.local(value, r, u)
    const args = value.args.map((arg) => this.local(arg, r, u))
    const product = value.primitive === "add" ? value.args.findIndex((arg) => this.#fused.has(arg)) : -1
    if (product >= 0) this.#add(out, value.args[product]!, args[1 - product]!, r, u)
    else wasmPrimitives[value.primitive](this.#writer, out, args, value.args)
  }

  #number({ index }: IndexValue, out: number): void {
    this.addresses.index(index)
    this.#writer.code.op("i32x4.splat").op("f32x4.convert_i32x4_s").set(out)
  }

  #load(value: LoadValue, r: number, u: number): void {
    const { code } = this.#writer
    const { dim, role } = this.#schedule.program.variables[value.variable]!
    const out = this.local(value, r, u)
    const pointer = this.#pointers.variable[value.variable]!
    if (role === "row" && value.index.terms.length > 0) {
      const offset = this.addresses.address(this.#pointers.looped.get(value.variable)!, value.index, this.#rows * REGISTER_BYTES)
      code.memory("v128.load", offset + r * REGISTER_BYTES).set(out)
    } else if (role === "parameter" || !(role === "row" || this.#lanesAreColumns)) {
      const offset = this.addresses.address(pointer, value.index, 4)
      code.memory("v128.load32_splat", offset + u * (role === "column" ? dim : 0) * 4).set(out)
    } else {
      const offset = this.addresses.address(pointer, value.index, 4)
      code.memory("v128.load32_splat", offset + r * LANES * dim * 4).set(out)
      for (let lane = 1; lane < LANES; lane++) {
        this.addresses.address(pointer, value.index, 4)
        code
          .get(out)
          .memory("v128.load32_lane", offset + (r * LANES + lane) * dim * 4, lane)
          .set(out)
      }
    }
  }
}
