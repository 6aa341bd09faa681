// The table of reductions, data only. Each is one of three monoids (a family); identity, step, merge and finish of a family have one
// implementation per target. Their definitions in words stand in docs.ts, because the runtime holds this table. This file imports nothing.

export interface ReductionRow {
  /**
   * accumulate: a compensated sum of `exp(f - m)`, m the running maximum, where `shift` is set, else of `f`.
   * extreme: the K best (value, index) in order; ties go to the smallest index; NaN never wins.
   * product: a plain product.
   */
  readonly family: "accumulate" | "extreme" | "product"
  readonly shift?: true
  /**
   * Of `shift`: takes a second formula, the weight g, and then a scalar f, whose maximum m all sums share: those of `exp(f - m) * terms`,
   * terms a formula in g, or `plain` where there is no weight. Without `plain` each component has its own m.
   */
  readonly weight?: { readonly terms: string; readonly plain?: string; readonly needed?: true }
  /** Of `shift`: what becomes of m and the sums s. log: `m + log(s)`. ratio: `s_1 / s_0, s_2 / s_0` and so on. parts: m, then s. */
  readonly finish?: "log" | "ratio" | "parts"
  readonly order?: "min" | "max"
  /** Takes K, and gives K rows of the formula's dimension. */
  readonly ranked?: true
  readonly outputs: "values" | "indices" | "both"
  /** The method of a formula that makes it. */
  readonly method: string
  /** KeOps's mathematical alias of it, where there is one. */
  readonly generic?: string
}

export const reductions = {
  Sum: {
    family: "accumulate",
    outputs: "values",
    method: "sum",
    generic: "genericSum",
  },
  LogSumExp: {
    family: "accumulate",
    shift: true,
    weight: { terms: "g" },
    finish: "log",
    outputs: "values",
    method: "logSumExp",
    generic: "genericLogSumExp",
  },
  SumSoftMaxWeight: {
    family: "accumulate",
    shift: true,
    weight: { terms: "Concat(1, g)", needed: true },
    finish: "ratio",
    outputs: "values",
    method: "sumSoftMaxWeight",
  },
  Max_SumShiftExp: {
    family: "accumulate",
    shift: true,
    weight: { terms: "g", plain: "1" },
    finish: "parts",
    outputs: "values",
    method: "maxSumShiftExp",
  },
  Product: { family: "product", outputs: "values", method: "product" },
  Min: { family: "extreme", order: "min", outputs: "values", method: "min" },
  ArgMin: {
    family: "extreme",
    order: "min",
    outputs: "indices",
    method: "argMin",
    generic: "genericArgMin",
  },
  Min_ArgMin: { family: "extreme", order: "min", outputs: "both", method: "minArgMin" },
  Max: { family: "extreme", order: "max", outputs: "values", method: "max" },
  ArgMax: {
    family: "extreme",
    order: "max",
    outputs: "indices",
    method: "argMax",
  },
  Max_ArgMax: { family: "extreme", order: "max", outputs: "both", method: "maxArgMax" },
  KMin: {
    family: "extreme",
    order: "min",
    ranked: true,
    outputs: "values",
    method: "kMin",
  },
  ArgKMin: {
    family: "extreme",
    order: "min",
    ranked: true,
    outputs: "indices",
    method: "argKMin",
    generic: "genericArgKMin",
  },
  KMin_ArgKMin: { family: "extreme", order: "min", ranked: true, outputs: "both", method: "kMinArgKMin" },
} as const satisfies Record<string, ReductionRow>

export type Reductions = typeof reductions
export type ReductionName = keyof Reductions
