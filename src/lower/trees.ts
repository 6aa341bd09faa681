// The input of lowering: the formulas of a reduction as trees, using operations of the table only.
import type { ArtifactVariable } from "../artifact/artifact.ts"
import type { Node } from "../formula/node.ts"
import type { KernelRow } from "../reductions/kernels.ts"
import type { ReductionRow } from "../reductions/reductions.ts"

export interface Trees {
  readonly variables: readonly ArtifactVariable[]
  readonly reduction: ReductionRow & KernelRow
  readonly k: number
  readonly formula: Node
  readonly weight?: Node
  /** If all sums share the maximum of the formula: the terms of the sums, a formula in the weight `g`. */
  readonly terms?: Node
  /** Numbers per output row and rank. */
  readonly outputDim: number
}
