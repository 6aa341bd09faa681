// The artifact: what the build makes of one reduction, and all that the runtime knows of it. Versioned data that can be stored as JSON;
// the only data that build time and run time share.
import type { WasmKernel } from "./wasm-abi.ts"
import type { WgslKernel } from "./wgsl-abi.ts"

/** Changes with every change of this file's types or of the kernels' calling conventions. */
export const ARTIFACT_VERSION = 3

/**
 * Which rows a variable has: one for each row of the output (`row`), one for each row that is reduced over (`column`), or a single one.
 * With `over: "j"` rows are i and columns j; with `over: "i"` rows are j and columns i.
 */
export type Role = "row" | "column" | "parameter"

export interface ArtifactVariable {
  readonly name: string
  /** As the user declared it: `Vi`, `Vj` or `Pm`. */
  readonly category: "Vi" | "Vj" | "Pm"
  readonly dim: number
  readonly role: Role
}

export interface Artifact {
  /** ARTIFACT_VERSION; also marks an object as an artifact. */
  readonly tskeops: number
  readonly formula: string
  /** In the order in which the kernels accept them: that of the aliases. */
  readonly variables: readonly ArtifactVariable[]
  readonly reduction: string
  readonly over: "i" | "j"
  /** K of a ranked reduction, else 0. */
  readonly k: number
  /** The second formula of a weighted reduction. */
  readonly weight?: string
  readonly output: {
    /** Numbers per output row and rank: the dimension of the formula, or of the weighted terms. */
    readonly dim: number
    /** Numbers per output row: `dim`, or K x `dim`. */
    readonly width: number
    readonly kind: "values" | "indices" | "both"
    /** Set for the gradient of a parameter, which belongs to no axis. */
    readonly category?: "pm"
  }
  /** The compiler makes both; a build with `targets` leaves one out (artifact/targets.ts), and runs then choose the other. */
  readonly wgsl: WgslKernel
  readonly wasm: WasmKernel
}

/**
 * A gradient that one kernel cannot compute: steps that run one after the other. Each step refers to inputs and earlier results by their names.
 */
export interface Chain extends Omit<Artifact, "wgsl" | "wasm"> {
  /** The variables of the gradients: differentiated one after the other; or, if `value` is set, side by side. */
  readonly wrt: readonly string[]
  readonly steps: readonly ChainStep[]
  /** The names of the value and of the gradients. */
  readonly value?: string
  readonly gradients: Readonly<Record<string, string>>
}

/** A reduction of inputs and earlier results. `gives` is the name of its result. */
export interface ChainStep {
  readonly gives: string
  readonly artifact: Artifact
  readonly gather?: Gather
}

/**
 * A step evaluated only at the winning rows of a min, max or K-min. Each index other than -1 is a *slot*; the kernel has one row per slot; outputs
 * are scatter-added (in float64) into the rows named by `to`.
 */
export interface Gather {
  /** The step that returns the indices. */
  readonly index: string
  /** Where each of the kernel's variables, which all have rows, comes from. */
  readonly from: readonly SlotSource[]
  readonly to: SlotSource
}

/**
 * Where a slot's data comes from: its output row (`row`), the row its index names (`column`), the single parameter row (`parameter`), or its own
 * cotangent entry (`slot`, a vector zero elsewhere).
 */
export type SlotSource = Role | "slot"

/** What the build makes of a reduction or a gradient. */
export type Built = Artifact | Chain
