// A reducer writes the part of a WASM kernel that depends on the family of the reduction. Partial states are in memory: one register for each step
// (R x 4 rows), component, slot and row block, at `state + ((component * slots + slot) * R + r) * 16` within a step.
import type { Program, Segment } from "../../ir/program.ts"
import type { Code } from "../encoder.ts"
import { type FunctionWriter, REGISTER_BYTES } from "../function-writer.ts"

/** The data that a reducer works on: addresses in locals (i32), and the shape of a step. */
export interface Site {
  readonly writer: FunctionWriter
  readonly program: Program
  /** R: registers of rows in a step. */
  readonly rows: number
  /** Address of the current step's states. */
  readonly state: number
  /** Scratch for the partial results of looped segments. */
  readonly partial: number
  /** Number of the first column of the current group. */
  readonly column: number
  /** Index of the module's function exp: one register in, one out. */
  readonly exp: number
  /** Index of the reducer's function, if it has one. */
  readonly helper: number
  /** A local (i32), 1 if numbers of this block of columns are far from each other (wasm/spread.ts). */
  readonly careful: number
  /** How terms are added, if that is decided already. */
  readonly chosen?: "plain" | "wide"
}

/** One component of the current segment: a constant, or the counter of its loop (a local). */
export interface Component {
  readonly number: number
  readonly counter?: number
}

export interface Reducer {
  /** Registers of state for each component and row block. */
  slots(program: Program): number
  /** Registers of scratch for each component of a looped segment and row block. */
  readonly partials: number
  /** The state that components share: registers for each row block, after the components' states. */
  readonly shared?: SharedState
  /** A state before any column: the float32 bits of each slot. */
  identity(program: Program): readonly number[]
  /** Set if the reducer calls the module's function exp, which is then the first. */
  readonly callsExp?: true
  /** A function that the kernel contains for this reducer, if any; after exp. */
  helper?(program: Program, rows: number): FunctionWriter | undefined
  /** Writes what runs before a step's first column. */
  begin(site: Site, segment: Segment): void
  /** Adds one component's values (of a segment) for the current rows and `columns` columns, `values(r, u)`. */
  step(site: Site, segment: Segment, component: Component, values: (r: number, u: number) => number, columns: number): void
  /** Writes what runs after a step's last column. */
  end(site: Site, segment: Segment): void
  /** Leaves on the stack the results of rank `rank` and output component `component` (locals) for row block r, `values` or `indices`. */
  result(site: Site, component: OutputComponent, rank: number, output: "values" | "indices"): void
}

/** An output component, and the addresses of its states, which are left on the stack. */
export interface OutputComponent {
  readonly r: number
  readonly component: number
  /** The address of the component `by` further on. */
  readonly at: (by?: number) => Code
}

/** The phases of a state that components share, before and after those of the components. */
export interface SharedState {
  /** The float32 bits of the identity of each slot. */
  readonly identity: readonly number[]
  begin(site: Site): void
  /** The shift for the current rows and `columns` columns. */
  step(site: Site, values: (r: number, u: number) => number, columns: number): void
  end(site: Site): void
}

/** The offset of a slot of the shared state of row block r in a step's states. */
export function sharedOffset({ program, rows }: Site, reducer: Reducer, slot: number, r: number): number {
  return ((program.dim * reducer.slots(program) + slot) * rows + r) * REGISTER_BYTES
}

/** Leaves the address of a component's state on the stack; slot and row block are an offset: `slotOffset`. */
export function stateAddress(site: Site, reducer: Reducer, component: Component): Code {
  return site.writer.address(site.state, component.counter, reducer.slots(site.program) * site.rows * REGISTER_BYTES)
}

export function slotOffset(site: Site, reducer: Reducer, component: Component, slot: number, r: number): number {
  const fixed = component.counter === undefined ? component.number : 0
  return ((fixed * reducer.slots(site.program) + slot) * site.rows + r) * REGISTER_BYTES
}

/**
 * A partial result of the current columns: a local if components are unrolled, otherwise in scratch memory.
 * `load` returns a local that holds it, `save` stores that local back.
 */
export function partial(site: Site, component: Component, index: number, r: number) {
  const { writer } = site
  if (component.counter === undefined) {
    const local = writer.temporary(`partial ${component.number} ${index} ${r}`)
    return { load: () => local, save: () => {} }
  }
  const local = writer.temporary(`partial ${index} ${r}`)
  // Those of one index are adjacent, because often the others are not used.
  const offset = (index * site.program.dim * site.rows + r) * REGISTER_BYTES
  const address = () => writer.address(site.partial, component.counter, site.rows * REGISTER_BYTES)
  return {
    load: () => {
      address().memory("v128.load", offset).set(local)
      return local
    },
    save: () => {
      address().get(local).memory("v128.store", offset)
    },
  }
}

/** Runs `body` for every component of a segment. */
export function eachComponent(site: Site, segment: Segment, body: (component: Component) => void): void {
  if (!segment.loop) {
    body({ number: segment.start })
    return
  }
  const counter = site.writer.named("component", "i32")
  site.writer.count(counter, segment.start, segment.start + segment.count, () => body({ number: 0, counter }))
}
