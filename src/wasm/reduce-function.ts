// The function `reduce` of a WASM kernel: a block of columns against all rows of some steps.
import { careOf, scales } from "../ir/care.ts"
import type { LoadValue, Segment, Value } from "../ir/program.ts"
import type { Schedule } from "../ir/statement.ts"
import type { Code } from "./encoder.ts"
import { FunctionWriter, LANES, REGISTER_BYTES } from "./function-writer.ts"
import type { Component, Reducer, Site } from "./reducers/reducer.ts"
import type { ScratchLayout, StepShape } from "./shape.ts"
import { type Pointers, StatementWriter } from "./statements.ts"

/** The parameters of `reduce` in src/artifact/wasm-abi.ts. */
const [steps, columnStart, columnEnd, state, scratch, table] = [0, 1, 2, 3, 4, 5] as const

export interface Kernel {
  readonly schedule: Schedule
  readonly reducer: Reducer
  readonly shape: StepShape
  readonly layout: ScratchLayout
  readonly stateBytes: number
  /** The index of the function of `angleFunction`, if it is called. */
  readonly angle: number
}

export function reduceFunction(kernel: Kernel): { readonly code: Code; readonly asksAngle: boolean } {
  return new ReduceFunction(kernel).write()
}

class ReduceFunction {
  readonly #kernel: Kernel
  readonly #writer: FunctionWriter
  readonly #site: Site
  readonly #pointers: Pointers
  /** The pointers to the variables as the caller passed them. */
  readonly #given: readonly number[]
  readonly #values: StatementWriter
  readonly #columnScratch: number
  readonly #columnValuePointer: number

  constructor(kernel: Kernel) {
    const { schedule, shape, layout, reducer } = kernel
    const { program } = schedule
    const writer = new FunctionWriter(["i32", "i32", "i32", "i32", "i32", "i32"], [], true, kernel.angle)
    const { code } = writer
    this.#kernel = kernel
    this.#writer = writer
    this.#columnScratch = offsetPointer(writer, scratch, layout.columnValues)
    this.#columnValuePointer = code.local("i32")
    const columnValue = new Map(
      schedule.columnValues.map((value, n) => [value, { pointer: this.#columnValuePointer, offset: n * shape.block * 4 }] as const),
    )
    this.#given = program.variables.map((_, n) => {
      const pointer = code.local("i32")
      code
        .get(table)
        .memory("i32.load", n * 4)
        .set(pointer)
      return pointer
    })
    // A column variable's pointer is copied and advances with the columns; a row variable's own pointer advances with the steps.
    const variable = program.variables.map(({ role }, n) => (role === "column" ? code.local("i32") : this.#given[n]!))
    const looped = new Map([...layout.looped].map(([n, offset]) => [n, offsetPointer(writer, scratch, offset)]))
    const arrays = new Map([...layout.arrays].map(([cells, offset]) => [cells, offsetPointer(writer, scratch, offset)]))
    this.#pointers = { variable, looped, arrays, columnValue }
    const partial = offsetPointer(writer, scratch, layout.partials)
    this.#site = {
      writer,
      program,
      state,
      rows: shape.rows,
      partial,
      column: code.local("i32"),
      exp: 0,
      helper: reducer.callsExp ? 1 : 0,
      careful: code.local("i32"),
    }
    this.#values = new StatementWriter(writer, schedule, this.#pointers, shape.rows, shape.columns)
  }

  write() {
    const { schedule } = this.#kernel
    this.#values.write(schedule.constant)
    if (schedule.columnValues.length > 0) this.#columnStage()
    this.#look()
    this.#writer.while(this.#writer.code.local("i32"), steps, 1, () => this.#step())
    return { code: this.#writer.finish(), asksAngle: this.#writer.asksAngle }
  }

  /** Computes the values that depend on columns alone, four columns at once, into scratch. */
  #columnStage(): void {
    const stage = new StatementWriter(this.#writer, this.#kernel.schedule, this.#pointers, 1, 1, true)
    stage.registers.share(this.#values.registers)
    this.#toFirstColumn()
    this.#walk(LANES, columnEnd, () => {
      stage.write(this.#kernel.schedule.column)
      for (const [value, { pointer, offset }] of this.#pointers.columnValue) {
        this.#writer.code.get(pointer, stage.local(value as Value, 0, 0)).memory("v128.store", offset)
      }
    })
  }

  /** Sets `careful` if numbers of the block's columns vary too much to add the terms that depend on them in float32. */
  #look(): void {
    const { writer, program, careful, helper } = this.#site
    const sources = scales(program).map((value) => {
      const kept = this.#pointers.columnValue.get(value)
      if (kept) return { first: () => writer.code.get(this.#columnScratch).i32(kept.offset).op("i32.add"), bytes: 4, key: value }
      const { variable } = value as LoadValue
      const bytes = program.variables[variable]!.dim * 4
      return { first: () => writer.address(this.#given[variable]!, columnStart, bytes), bytes, key: variable }
    })
    for (const { first, bytes } of new Map(sources.map((source) => [source.key, source])).values()) {
      first()
      first().get(columnEnd, columnStart).op("i32.sub").i32(bytes).op("i32.mul").op("i32.add")
      writer.code.op("call", helper).get(careful).op("i32.or").set(careful)
    }
  }

  #step(): void {
    const { schedule, reducer, shape, stateBytes } = this.#kernel
    const { code } = this.#writer
    const { segments } = schedule.program
    for (const [n, pointer] of this.#pointers.looped) this.#transpose(n, pointer)
    this.#values.write(schedule.row)
    reducer.shared?.begin(this.#site)
    for (const segment of segments) reducer.begin(this.#site, segment)
    this.#toFirstColumn()
    // Whole groups of columns, then the remaining columns one by one. The size of a group is a power of two.
    const whole = this.#writer.named("whole", "i32")
    code.get(columnEnd).get(columnEnd, columnStart).op("i32.sub")
    code
      .i32(shape.columns - 1)
      .op("i32.and")
      .op("i32.sub")
      .set(whole)
    this.#walk(shape.columns, whole, () => this.#pairs(shape.columns))
    if (shape.columns > 1) this.#walk(1, columnEnd, () => this.#pairs(1))
    reducer.shared?.end(this.#site)
    for (const segment of segments) reducer.end(this.#site, segment)
    this.#writer.advance(state, stateBytes)
    this.#advance("row", shape.rows * LANES)
  }

  #pairs(columns: number): void {
    this.#values.columns = columns
    this.#values.fetchColumnValues()
    const { reducer } = this.#kernel
    this.#values.write(this.#kernel.schedule.pair, (statement) => {
      if (statement.kind === "shift") {
        reducer.shared?.step(this.#site, (r, u) => this.#values.local(statement.value, r, u), columns)
        return
      }
      const { segment, body } = statement
      const write = (site: Site) =>
        this.#eachComponent(segment, (component) => {
          const release = this.#values.write(body, undefined, statement)
          reducer.step(site, segment, component, (r, u) => this.#values.local(segment.value, r, u), columns)
          release()
        })
      if (segment.loop) this.#choose(segment, write)
      else write(this.#site)
    })
  }

  /** PERF: the branch is outside of a loop, because inside it both sides together need too many registers. */
  #choose(segment: Segment, write: (site: Site) => void): void {
    const care = careOf(this.#site.program, segment)
    if (typeof care === "string") {
      write(this.#site)
      return
    }
    const { code } = this.#writer
    code.get(this.#site.careful).op("if")
    write({ ...this.#site, chosen: "wide" })
    code.op("else")
    write({ ...this.#site, chosen: "plain" })
    code.op("end")
  }

  /** Like `eachComponent` of reducers, but with the counter that the segment's values use. */
  #eachComponent({ loop, start }: Segment, body: (component: Component) => void): void {
    if (!loop) {
      body({ number: start })
      return
    }
    const counter = this.#values.addresses.counter(loop)
    this.#writer.count(counter, loop.start, loop.end, () => body({ number: 0, counter }))
  }

  #toFirstColumn(): void {
    const { code } = this.#writer
    code.get(columnStart).set(this.#site.column)
    if (this.#pointers.columnValue.size > 0) code.get(this.#columnScratch).set(this.#columnValuePointer)
    for (const [n, { role, dim }] of this.#kernel.schedule.program.variables.entries()) {
      if (role === "column") this.#writer.address(this.#given[n]!, columnStart, dim * 4).set(this.#pointers.variable[n]!)
    }
  }

  /** Iterates over the columns up to `end` (a local), `columns` at a time. */
  #walk(columns: number, end: number, body: () => void): void {
    this.#writer.while(this.#site.column, end, columns, () => {
      body()
      this.#advance("column", columns)
      if (this.#pointers.columnValue.size > 0) this.#writer.advance(this.#columnValuePointer, columns * 4)
    })
  }

  #advance(role: "row" | "column", count: number): void {
    for (const [n, variable] of this.#kernel.schedule.program.variables.entries()) {
      if (variable.role === role) this.#writer.advance(this.#pointers.variable[n]!, count * variable.dim * 4)
    }
  }

  /** Writes a step's rows of a variable to scratch, component by component: lanes are rows. */
  #transpose(variable: number, target: number): void {
    const writer = this.#writer
    const { rows } = this.#kernel.shape
    const { dim } = this.#kernel.schedule.program.variables[variable]!
    const k = writer.named("transposed component", "i32")
    const gathered = writer.temporary("gathered")
    const source = () => writer.address(this.#pointers.variable[variable]!, k, 4)
    const offset = (r: number, lane: number) => (r * LANES + lane) * dim * 4
    writer.count(k, 0, dim, () => {
      for (let r = 0; r < rows; r++) {
        source().memory("v128.load32_splat", offset(r, 0)).set(gathered)
        for (let lane = 1; lane < LANES; lane++) source().get(gathered).memory("v128.load32_lane", offset(r, lane), lane).set(gathered)
        writer
          .address(target, k, rows * REGISTER_BYTES)
          .get(gathered)
          .memory("v128.store", r * REGISTER_BYTES)
      }
    })
  }
}

function offsetPointer(writer: FunctionWriter, base: number, offset: number): number {
  if (offset === 0) return base
  const pointer = writer.code.local("i32")
  writer.code.get(base).i32(offset).op("i32.add").set(pointer)
  return pointer
}
