// The artifact: what the build makes of one reduction, and all that the runtime knows of it. JSON-able data with a version;
// the only thing that build time and run time share. This file imports nothing.

/** Changes with every change of this file's types or of the kernels' calling conventions. */
export const ARTIFACT_VERSION = 2

/**
 * Which rows a variable has: one a row of the output (`row`), one a row that is reduced over (`column`), or just one.
 * With `over: "j"` rows are i and columns j; with `over: "i"` the other way round.
 */
export type Role = "row" | "column" | "parameter"

export interface ArtifactVariable {
  readonly name: string
  /** As the user declared it: `Vi`, `Vj` or `Pm`. */
  readonly category: "Vi" | "Vj" | "Pm"
  readonly dim: number
  readonly role: Role
}

/**
 * The fields of a WGSL kernel's uniform `args`, all u32, in order; after them comes one offset for each variable. Both take whole groups of four
 * words.
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

/**
 * The WGSL kernels of a reduction, two entry points of one module, `reduce` and `finish`.
 * The calling convention is described in src/wgsl/emit.ts.
 */
export interface WgslKernel {
  readonly code: string
  /** Invocations per workgroup, and output rows that one workgroup of `reduce` covers. */
  readonly workgroupSize: number
  readonly rowsPerGroup: number
  /** Columns of a tile: column ranges begin at its multiples. */
  readonly tile: number
  /** 32-bit words of partial state per output row. */
  readonly stateWords: number
}

/** The WASM module of a reduction. The calling convention is described in src/wasm/emit.ts. */
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

export interface Artifact {
  /** ARTIFACT_VERSION; also marks an object as an artifact. */
  readonly tskeops: number
  readonly formula: string
  /** In the order in which the kernels take them: the order of the aliases. */
  readonly variables: readonly ArtifactVariable[]
  readonly reduction: string
  readonly over: "i" | "j"
  /** K of a ranked reduction, else 0. */
  readonly k: number
  /** The second formula of a weighted reduction. */
  readonly weight?: string
  readonly output: {
    /** Numbers per output row and rank: the dimension of the formula, or of the weight and what goes with it. */
    readonly dim: number
    /** Numbers per output row: `dim`, or K x `dim`. */
    readonly width: number
    readonly kind: "values" | "indices" | "both"
    /** Of the gradient of a parameter, which belongs to no axis. */
    readonly category?: "pm"
  }
  readonly wgsl: WgslKernel
  readonly wasm: WasmKernel
}

/**
 * What the build makes of a gradient that one kernel cannot give: steps that run one after the other. Inputs and earlier results have names, by
 * which each takes its inputs.
 */
export interface Chain extends Omit<Artifact, "wgsl" | "wasm"> {
  /** The variables with respect to which it is the gradient: one after the other, or side by side where the value is given too. */
  readonly wrt: readonly string[]
  readonly steps: readonly Step[]
  /** The names of the value and of the gradients. */
  readonly value?: string
  readonly gradients: Readonly<Record<string, string>>
}

/** A reduction of inputs and earlier results. `gives` is the name of the result. */
export interface Step {
  readonly gives: string
  readonly artifact: Artifact
  readonly gather?: Gather
}

/**
 * Of a step that looks at the winners of an extreme alone, and not at all pairs. Each place of the matrix of indices that is not -1 is a slot, and
 * the kernel's rows are slots; what they give is added up where `to` says, in float64.
 */
export interface Gather {
  /** The step whose indices they are. */
  readonly index: string
  /** Where each of the kernel's variables, which all have rows, comes from. */
  readonly from: readonly Place[]
  readonly to: Place
}

/**
 * Of a slot: the row of the output in which it stands (`row`), the row that its index names (`column`), the only row (`parameter`), or the number
 * at its own place (`slot`). To the kernel that number is a vector, one component of the formula, and 0 for the others.
 */
export type Place = Role | "slot"

/** What the build makes of a reduction or a gradient. */
export type Built = Artifact | Chain

/** What `differentiate` (src/compiler/compile-gradient.ts) takes: the gradient of a reduction. */
export interface GradientRequest extends Request {
  /** The variable, or a list of variables where the value is asked for too. */
  readonly wrt: string | readonly string[]
  /** Where the gradient of a gradient is asked for: the variables before, in turn. Their cotangents are the last variables. */
  readonly of?: readonly string[]
  /** Where it is the gradient of a value with its gradients, which there is not: the name of that value. */
  readonly value?: string
}

/** What `compile` (src/compiler/compile-reduction.ts) takes: one reduction, as the type checker or the run-time parser knows it. */
export interface Request {
  readonly formula: string
  /** In call order. */
  readonly variables: readonly { readonly name: string; readonly category: "Vi" | "Vj" | "Pm"; readonly dim: number }[]
  readonly reduction: string
  /** The axis that is reduced over. */
  readonly over: "i" | "j"
  /** K of a ranked reduction. */
  readonly k?: number
  /** The second formula of a weighted reduction, in the same variables. */
  readonly weight?: string
  /** Definitions of operations that are not in the table: as texts, or the rows themselves. */
  readonly operations?: readonly (string | object)[]
}
