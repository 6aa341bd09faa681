// The function `reduce` of a WASM kernel: a block of columns against all rows of some steps.
import { careOf, scales } from "../ir/care.ts"
import type { LoadValue, Segment, Value } from "../ir/program.ts"
import type { Schedule } from "../ir/statement.ts"
import type { Code } from "./encoder.ts"
import { Frame, lanes, registerBytes } from "./function-writer.ts"
import type { Component, Family, Site } from "./reducers/reducer.ts"
import type { Layout, Shape } from "./shape.ts"
import { type Pointers, Values } from "./statements.ts"

/** The parameters. */
const [steps, columnStart, columnEnd, state, scratch, table] = [0, 1, 2, 3, 4, 5] as const

export interface Kernel {
  readonly schedule: Schedule
  readonly family: Family
  readonly shape: Shape
  readonly layout: Layout
  readonly stateBytes: number
  /** The number that the function `angleFunction` has, if it is asked for. */
  readonly angle: number
}

export function reduceFunction(kernel: Kernel, relaxed: boolean): { readonly code: Code; readonly asksAngle: boolean } {
  return new Reduce(kernel, relaxed).write()
}

class Reduce {
  readonly #kernel: Kernel
  readonly #frame: Frame
  readonly #site: Site
  readonly #pointers: Pointers
  /** The pointers of the variables as the caller gave them. */
  readonly #given: readonly number[]
  readonly #values: Values
  readonly #columnScratch: number
  readonly #columnValuePointer: number

  constructor(kernel: Kernel, relaxed: boolean) {
    const { schedule, shape, layout } = kernel
    const { program } = schedule
    const frame = new Frame(["i32", "i32", "i32", "i32", "i32", "i32"], [], relaxed, kernel.angle)
    const { code } = frame
    this.#kernel = kernel
    this.#frame = frame
    this.#columnScratch = offsetPointer(frame, scratch, layout.columnValues)
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
    // A column's pointer walks with the columns, from the given one on; a row's walks itself with the steps.
    const variable = program.variables.map(({ role }, n) => (role === "column" ? code.local("i32") : this.#given[n]!))
    const looped = new Map([...layout.looped].map(([n, offset]) => [n, offsetPointer(frame, scratch, offset)]))
    const arrays = new Map([...layout.arrays].map(([cells, offset]) => [cells, offsetPointer(frame, scratch, offset)]))
    this.#pointers = { variable, looped, arrays, columnValue }
    const partial = offsetPointer(frame, scratch, layout.partials)
    this.#site = {
      frame,
      program,
      state,
      rows: shape.rows,
      partial,
      column: code.local("i32"),
      exp: 0,
      helper: 1,
      careful: code.local("i32"),
    }
    this.#values = new Values(frame, schedule, this.#pointers, shape.rows, shape.columns)
  }

  write() {
    const { schedule } = this.#kernel
    this.#values.write(schedule.constant)
    if (schedule.columnValues.length > 0) this.#columnStage()
    this.#look()
    this.#frame.while(this.#frame.code.local("i32"), steps, 1, () => this.#step())
    return { code: this.#frame.finish(), asksAngle: this.#frame.asksAngle }
  }

  /** Computes what depends on columns alone, four columns at once, into scratch. */
  #columnStage(): void {
    const stage = new Values(this.#frame, this.#kernel.schedule, this.#pointers, 1, 1, true)
    stage.registers.share(this.#values.registers)
    this.#toFirstColumn()
    this.#walk(lanes, columnEnd, () => {
      stage.write(this.#kernel.schedule.column)
      for (const [value, { pointer, offset }] of this.#pointers.columnValue) {
        this.#frame.code.get(pointer, stage.local(value as Value, 0, 0)).memory("v128.store", offset)
      }
    })
  }

  /** Looks at the numbers of the block's columns that terms which may cancel depend on. */
  #look(): void {
    const { frame, program, careful, helper } = this.#site
    const sources = scales(program).map((value) => {
      const kept = this.#pointers.columnValue.get(value)
      if (kept) return { first: () => frame.code.get(this.#columnScratch).i32(kept.offset).op("i32.add"), bytes: 4, key: value }
      const { variable } = value as LoadValue
      const bytes = program.variables[variable]!.dim * 4
      return { first: () => frame.address(this.#given[variable]!, columnStart, bytes), bytes, key: variable }
    })
    for (const { first, bytes } of new Map(sources.map((source) => [source.key, source])).values()) {
      first()
      first().get(columnEnd, columnStart).op("i32.sub").i32(bytes).op("i32.mul").op("i32.add")
      frame.code.op("call", helper).get(careful).op("i32.or").set(careful)
    }
  }

  #step(): void {
    const { schedule, family, shape, stateBytes } = this.#kernel
    const { code } = this.#frame
    const { segments } = schedule.program
    for (const [n, pointer] of this.#pointers.looped) this.#transpose(n, pointer)
    this.#values.write(schedule.row)
    family.shared?.begin(this.#site)
    for (const segment of segments) family.begin(this.#site, segment)
    this.#toFirstColumn()
    // As many columns as there are whole groups of, then the others one by one. The group's size is a power of two.
    const whole = this.#frame.named("whole", "i32")
    code.get(columnEnd).get(columnEnd, columnStart).op("i32.sub")
    code
      .i32(shape.columns - 1)
      .op("i32.and")
      .op("i32.sub")
      .set(whole)
    this.#walk(shape.columns, whole, () => this.#pairs(shape.columns))
    if (shape.columns > 1) this.#walk(1, columnEnd, () => this.#pairs(1))
    family.shared?.end(this.#site)
    for (const segment of segments) family.end(this.#site, segment)
    this.#frame.advance(state, stateBytes)
    this.#advance("row", shape.rows * lanes)
  }

  #pairs(columns: number): void {
    this.#values.columns = columns
    this.#values.fetchColumnValues()
    const { family } = this.#kernel
    this.#values.write(this.#kernel.schedule.pair, (statement) => {
      if (statement.kind === "shift") {
        family.shared?.step(this.#site, (r, u) => this.#values.local(statement.value, r, u), columns)
        return
      }
      const { segment, body } = statement
      const write = (site: Site) =>
        this.#eachComponent(segment, (component) => {
          const release = this.#values.write(body, undefined, statement)
          family.step(site, segment, component, (r, u) => this.#values.local(segment.value, r, u), columns)
          release()
        })
      if (segment.loop) this.#choose(segment, write)
      else write(this.#site)
    })
  }

  /** The choice stands outside of a loop: within it, registers would not do for both. */
  #choose(segment: Segment, write: (site: Site) => void): void {
    const care = careOf(this.#site.program, segment)
    if (typeof care === "string") {
      write(this.#site)
      return
    }
    const { code } = this.#frame
    code.get(this.#site.careful).op("if")
    write({ ...this.#site, chosen: "wide" })
    code.op("else")
    write({ ...this.#site, chosen: "plain" })
    code.op("end")
  }

  /** Like `eachComponent` of families, but with the counter that the segment's values are written with. */
  #eachComponent({ loop, start }: Segment, body: (component: Component) => void): void {
    if (!loop) {
      body({ number: start })
      return
    }
    const counter = this.#values.places.counter(loop)
    this.#frame.count(counter, loop.start, loop.end, () => body({ number: 0, counter }))
  }

  #toFirstColumn(): void {
    const { code } = this.#frame
    code.get(columnStart).set(this.#site.column).get(this.#columnScratch).set(this.#columnValuePointer)
    for (const [n, { role, dim }] of this.#kernel.schedule.program.variables.entries()) {
      if (role === "column") this.#frame.address(this.#given[n]!, columnStart, dim * 4).set(this.#pointers.variable[n]!)
    }
  }

  /** Walks over the columns up to `end` (a local), `columns` at a time. */
  #walk(columns: number, end: number, body: () => void): void {
    this.#frame.while(this.#site.column, end, columns, () => {
      body()
      this.#advance("column", columns)
      this.#frame.advance(this.#columnValuePointer, columns * 4)
    })
  }

  #advance(role: "row" | "column", count: number): void {
    for (const [n, variable] of this.#kernel.schedule.program.variables.entries()) {
      if (variable.role === role) this.#frame.advance(this.#pointers.variable[n]!, count * variable.dim * 4)
    }
  }

  /** Writes a step's rows of a variable to scratch, component by component: lanes are rows. */
  #transpose(variable: number, target: number): void {
    const frame = this.#frame
    const { rows } = this.#kernel.shape
    const { dim } = this.#kernel.schedule.program.variables[variable]!
    const k = frame.named("transposed component", "i32")
    const gathered = frame.temporary("gathered")
    const source = () => frame.address(this.#pointers.variable[variable]!, k, 4)
    const offset = (r: number, lane: number) => (r * lanes + lane) * dim * 4
    frame.count(k, 0, dim, () => {
      for (let r = 0; r < rows; r++) {
        source().memory("v128.load32_splat", offset(r, 0)).set(gathered)
        for (let lane = 1; lane < lanes; lane++) source().get(gathered).memory("v128.load32_lane", offset(r, lane), lane).set(gathered)
        frame
          .address(target, k, rows * registerBytes)
          .get(gathered)
          .memory("v128.store", r * registerBytes)
      }
    })
  }
}

function offsetPointer(frame: Frame, base: number, offset: number): number {
  if (offset === 0) return base
  const pointer = frame.code.local("i32")
  frame.code.get(base).i32(offset).op("i32.add").set(pointer)
  return pointer
}
