// How a WGSL kernel is called: what the emitter writes and the runtime binds. This file imports nothing.
//
// `reduce`, dispatched with (row groups, splits) workgroups, of which the first is (groupFirst, splitFirst): split s reads `width` columns from
// s * span + begin, up to `end`, and folds them into the partial state of each of the rows [rowFirst, rowFirst + rowCount). With `resume` it
// starts from the state in the buffer, otherwise from the identity. So time slices, splits and data in pieces are the same to it.
// If the rows are too few for a workgroup, `parts` of its invocations share each row and divide each tile between them: that makes
// splits * parts states, (group, part) in order. `parts` divides 64; if it is above 1, all rows fit in one group of rowsPerGroup / parts.
// Word w of the state of row r of state s is number (s * stateWords + w) * stride + r, r counted from rowFirst; `stride` is rowCount
// rounded up to a multiple of rowsPerGroup / parts.
//
// `finish`, dispatched with (row groups) workgroups: merges `splits` states in order and writes the results of these rows, `width` words a row:
// values first; if there are both, indices begin at word `section`. Missing indices are 0xffffffff.
// Rows and columns are counted from the start of the bound data; indices of columns begin at `columnBase`.

/**
 * The buffers of group 0, in the order of their bindings. Rows, columns and parameters are each the concatenation of the variables of that role,
 * row-major, in the order of the artifact; variable v begins at number `args.at[v / 4][v % 4]`.
 */
export const WGSL_BINDINGS = [
  ["args", "uniform", "Args"],
  ["rows", "storage, read", "array<f32>"],
  ["columns", "storage, read", "array<f32>"],
  ["parameters", "storage, read", "array<f32>"],
  ["state", "storage, read_write", "array<u32>"],
  ["result", "storage, read_write", "array<u32>"],
] as const

/** Their types in a bind group layout. */
export const WGSL_BINDING_TYPES = ["uniform", "read-only-storage", "read-only-storage", "read-only-storage", "storage", "storage"] as const

/**
 * The fields of a WGSL kernel's uniform `args`, all u32, in order; then one offset for each variable. Both are padded to groups of four words.
 */
export const WGSL_ARGS = [
  "rowFirst",
  "rowCount",
  "stride",
  "groupFirst",
  "splitFirst",
  "begin",
  "width",
  "end",
  "span",
  "splits",
  "parts",
  "columnBase",
  "resume",
  "section",
  "zero",
] as const

/** Their values. */
export type WgslArgs = Numbers<typeof WGSL_ARGS>
type Numbers<names extends readonly string[]> = { readonly [N in keyof names]: number }

/**
 * The WGSL kernels of a reduction, two entry points of one module, `reduce` and `finish`.
 */
export interface WgslKernel {
  readonly code: string
  /** Output rows that one workgroup of `reduce` covers. */
  readonly rowsPerGroup: number
  /** Columns of a tile: column ranges begin at its multiples. */
  readonly tile: number
  /** 32-bit words of partial state per output row. */
  readonly stateWords: number
}
