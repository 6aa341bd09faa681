// How a WASM kernel is called: what the emitter writes and the runtime calls. This file imports nothing.
//
// A step is `rowsPerStep` rows. The caller pads row variables and outputs to whole steps and columns by three rows: what is computed for them is
// thrown away. Columns must come in ascending order, so that the first of equals wins.

/** What the module exports. It imports `tskeops.memory`; every argument is an i32, pointers in bytes. */
export interface WasmExports {
  /** Writes the identity: states of `steps` steps, `stateBytes` each. */
  init(steps: number, state: number): void
  /**
   * Adds columns [columnStart, columnEnd), at most `block` of them, to the states of `steps` steps. At `variables` is a table, a pointer for each
   * variable in their order (a function has at most 1,000 parameters): of the first step's first row, of column 0, or of the parameter.
   */
  reduce(steps: number, columnStart: number, columnEnd: number, state: number, scratch: number, variables: number): void
  /** Writes the results, row-major, `width` numbers a row. */
  finish(steps: number, state: number, values: number, indices: number): void
}

/** The WASM module of a reduction. */
export interface WasmKernel {
  /** The module's bytes, base64. */
  readonly module: string
  /** The same with fused multiply-add (relaxed SIMD), where that gains anything. */
  readonly relaxed?: string
  /** Output rows that one step covers: row counts are padded to its multiples. */
  readonly rowsPerStep: number
  /** Most columns that one call reduces. */
  readonly block: number
  /** Bytes of partial state for each `rowsPerStep` rows. */
  readonly stateBytes: number
  /** Bytes of scratch memory. */
  readonly scratchBytes: number
  readonly work: WasmWork
}

/**
 * How long a call of `reduce` takes, roughly and rather too much than too little: for s steps and c columns it executes
 * `call + s * step + c * column + s * c * pair` vector instructions. Loops over components are counted with all their turns, so `pair` grows with the
 * dimension; `step` is what a step costs whatever the columns (values of rows alone, and components brought together), `column` likewise.
 */
export interface WasmWork {
  readonly call: number
  readonly step: number
  readonly column: number
  readonly pair: number
}
