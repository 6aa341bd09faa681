// The artifact: what the build makes of one reduction, and all that the runtime knows of it. JSON-able data with a version;
// the only thing that build time and run time share.
import type { WasmKernel } from "./wasm-abi.ts"
import type { WgslKernel } from "./wgsl-abi.ts"

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
  readonly steps: readonly ChainStep[]
  /** The names of the value and of the gradients. */
  readonly value?: string
  readonly gradients: Readonly<Record<string, string>>
}

/** A reduction of inputs and earlier results. `gives` is the name of the result. */
export interface ChainStep {
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
  readonly from: readonly SlotSource[]
  readonly to: SlotSource
}

/**
 * Of a slot: the row of the output in which it stands (`row`), the row that its index names (`column`), the only row (`parameter`), or the number
 * at its own place (`slot`). To the kernel that number is a vector, one component of the formula, and 0 for the others.
 */
export type SlotSource = Role | "slot"

/** What the build makes of a reduction or a gradient. */
export type Built = Artifact | Chain
