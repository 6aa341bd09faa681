// How a WASM kernel is called: what the emitter writes and the runtime calls. This file imports nothing.
//
// A step is `rowsPerStep` rows. The caller pads row variables and outputs to whole steps, and columns by three rows; results for the padding are
// discarded. Columns must be passed in ascending order, so that ties go to the smallest index.

/** What the module exports. It imports `tskeops.memory`; every argument is an i32, pointers in bytes. */
export interface WasmExports {
  /** Writes the identity: states of `steps` steps, `stateBytes` each. */
  init(steps: number, state: number): void
  /**
   * Adds columns [columnStart, columnEnd), at most `block` of them, to the states of `steps` steps. `variables` points to a table with one pointer
   * for each variable in order: to the first step's first row, to column 0, or to the parameter. (A function has at most 1,000 parameters.)
   */
  reduce(steps: number, columnStart: number, columnEnd: number, state: number, scratch: number, variables: number): void
  /** Writes the results, row-major, `width` numbers a row. */
  finish(steps: number, state: number, values: number, indices: number): void
}

/**
 * The WASM module of a reduction.
 *
 * PERF: bytes are hexadecimal because a bundle is compressed when it is sent: compression finds what kernels share in them, and not in base64. They are
 * then as few as with compressed bytes in base64, which would have to be decompressed here.
 */
export interface WasmKernel {
  /** The module's bytes, hexadecimal, with fused multiply-add (relaxed SIMD). */
  readonly module: string
  /** Output rows that one step covers: row counts are padded to its multiples. */
  readonly rowsPerStep: number
  /** The most columns that one call may reduce. */
  readonly block: number
  /** Bytes of partial state for each `rowsPerStep` rows. */
  readonly stateBytes: number
  /** Bytes of scratch memory. */
  readonly scratchBytes: number
  readonly work: WasmWork
}

/**
 * The same module for engines without relaxed SIMD: `a, b, c, relaxed_madd, nop, nop, nop` becomes `a, b, mul, c, add`. Lengths stay, so that all else does.
 * This finds whole bytes alone: cut in their midst the pattern would be a local, then a call of one of the functions from 16 to 31, which no kernel has.
 */
export const withoutFusion = (module: string): string => module.replace(/(20([8-f].)*..)fd8502010101/g, "fde601$1fde401")

/**
 * The bytes of hexadecimal text. PERF: a module may have millions of them, and a text for each would take longer than to compile it. The codes of
 * "0" to "9" are 48 to 57, and of "a" to "f" 97 to 102: modulo 39 they are 9 to 24.
 */
export function bytesOfHexadecimal(text: string): Uint8Array<ArrayBuffer> {
  const digit = (at: number) => (text.charCodeAt(at) % 39) - 9
  return new Uint8Array(text.length / 2).map((_, at) => digit(2 * at) * 16 + digit(2 * at + 1))
}

/**
 * An estimate of the time of a call of `reduce`, rather too high than too low: for s steps and c columns it executes
 * `call + s * step + c * column + s * c * pair` vector instructions. Loops over components count all iterations, so `pair` grows with the dimension.
 * `step` is the cost of a step that does not depend on the columns (values of rows alone, and gathering of components); `column` likewise.
 */
export interface WasmWork {
  readonly call: number
  readonly step: number
  readonly column: number
  readonly pair: number
}
