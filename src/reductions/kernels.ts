// What each reduction computes, data only. Each belongs to one of three monoids (a family); each target implements identity, step, merge and
// finish once per family, in its `reducers/`.
import type { ReductionName } from "./reductions.ts"

export interface KernelRow {
  /**
   * accumulate: a compensated sum: with `shift` of `exp(f - m)`, m the running maximum, otherwise of `f`.
   * extreme: the K best (value, index) in order; ties go to the smallest index; NaN never wins.
   * product: a product that stays in float32's range whatever the order of its factors.
   */
  readonly family: "accumulate" | "extreme" | "product"
  readonly shift?: true
  /**
   * With a weight g all sums share the maximum m of a scalar f: they are sums of `exp(f - m) * weighted`, a formula in g; without a weight,
   * of `exp(f - m) * plain`. Without a weight and `plain` each component has its own m.
   */
  readonly weighted?: string
  readonly plain?: string
  /** With `shift`: the result from m and the sums s. log: `m + log(s)`. ratio: `s_1 / s_0, s_2 / s_0` and so on. parts: m, then s. */
  readonly finish?: "log" | "ratio" | "parts"
  readonly order?: "min" | "max"
}

export const kernels = {
  Sum: { family: "accumulate" },
  LogSumExp: { family: "accumulate", shift: true, weighted: "g", finish: "log" },
  SumSoftMaxWeight: { family: "accumulate", shift: true, weighted: "Concat(1, g)", finish: "ratio" },
  Max_SumShiftExp: { family: "accumulate", shift: true, weighted: "g", plain: "1", finish: "parts" },
  Product: { family: "product" },
  Min: { family: "extreme", order: "min" },
  ArgMin: { family: "extreme", order: "min" },
  Min_ArgMin: { family: "extreme", order: "min" },
  Max: { family: "extreme", order: "max" },
  ArgMax: { family: "extreme", order: "max" },
  Max_ArgMax: { family: "extreme", order: "max" },
  KMin: { family: "extreme", order: "min" },
  ArgKMin: { family: "extreme", order: "min" },
  KMin_ArgKMin: { family: "extreme", order: "min" },
} as const satisfies Record<ReductionName, KernelRow>

export type Kernels = typeof kernels
