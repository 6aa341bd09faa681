// What a family of reductions writes into a WASM kernel. Partial states lie in memory: for each step (R x 4 rows), component, slot
// and row block one register. A family's state in a step is at `state + ((component * slots + slot) * R + r) * 16`.
import type { Program, Segment } from "../../ir/program.ts"
import type { Code } from "../encoder.ts"
import { type FunctionWriter, REGISTER_BYTES } from "../function-writer.ts"

/** Places of the data that a family works on: locals (i32), and the shape of a step. */
export interface Site {
  readonly writer: FunctionWriter
  readonly program: Program
  /** R: registers of rows in a step. */
  readonly rows: number
  /** The current step's states. */
  readonly state: number
  /** Scratch for the partial results of looped segments. */
  readonly partial: number
  /** Number of the first column of the current group. */
  readonly column: number
  /** Index of the module's function exp: one register in, one out. */
  readonly exp: number
  /** Index of the family's own function. */
  readonly helper: number
  /** A local (i32): some numbers of this block of columns are far from each other (wasm/spread.ts). */
  readonly careful: number
  /** Where that is known already: how terms are added here. */
  readonly chosen?: "plain" | "wide"
}

/** One component of the segment at hand: a constant, or the counter of its loop (a local). */
export interface Component {
  readonly number: number
  readonly counter?: number
}

export interface Reducer {
  /** Registers of state for each component and row block. */
  slots(program: Program): number
  /** Registers of scratch for each component of a looped segment and row block. */
  readonly partials: number
  /** Of states that components share: registers for each row block, after the components' states. */
  readonly shared?: SharedState
  /** What a state is before any column: the float32 bits of each slot. */
  identity(program: Program): readonly number[]
  /** A function of its own that the kernel calls, if any. */
  helper?(program: Program, rows: number): FunctionWriter | undefined
  /** Before a step's first column. */
  begin(site: Site, segment: Segment): void
  /** One component's values (of a segment) for the rows and `columns` columns at hand, `values(r, u)`. */
  step(site: Site, segment: Segment, component: Component, values: (r: number, u: number) => number, columns: number): void
  /** After a step's last column. */
  end(site: Site, segment: Segment): void
  /** Leaves on the stack the results of rank `rank` and output component `component` (locals) for row block r, `values` or `indices`. */
  result(site: Site, component: OutputComponent, rank: number, output: "values" | "indices"): void
}

/** An output component, and the addresses of states for it; they are left on the stack. */
export interface OutputComponent {
  readonly r: number
  readonly component: number
  /** Of the component that stands `by` further on. */
  readonly at: (by?: number) => Code
}

/** What happens to a state that components share, before and after what happens to theirs. */
export interface SharedState {
  /** The float32 bits of the identity of each slot. */
  readonly identity: readonly number[]
  begin(site: Site): void
  /** The shift for the rows and `columns` columns at hand. */
  step(site: Site, values: (r: number, u: number) => number, columns: number): void
  end(site: Site): void
}

/** Where a slot of the shared state of row block r lies in a step's states. */
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
 * A partial result of the columns at hand: a local where components are written out, else a place in scratch memory.
 * `load` gives a local that holds it, `save` stores that local back.
 */
export function partial(site: Site, component: Component, index: number, r: number) {
  const { writer } = site
  if (component.counter === undefined) {
    const local = writer.temporary(`partial ${component.number} ${index} ${r}`)
    return { load: () => local, save: () => {} }
  }
  const local = writer.temporary(`partial ${index} ${r}`)
  // those of one index lie together: often the others are not used
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
