// The table of reductions, data only. Each is one of two monoids (a family); identity, step, merge and finish of a family have one
// implementation per target. This file imports nothing.

export interface ReductionRow {
  /**
   * accumulate: a compensated sum of `exp(f - m)`, m the running maximum, where `shift` is set, else of `f`.
   * extreme: the K best (value, index) in order; ties go to the smallest index; NaN never wins.
   */
  readonly family: "accumulate" | "extreme"
  readonly shift?: true
  readonly order?: "min" | "max"
  /** Takes K, and gives K rows of the formula's dimension. */
  readonly ranked?: true
  readonly outputs: "values" | "indices" | "both"
  /** The method of a formula that makes it. */
  readonly method: string
  /** KeOps's mathematical alias of it, where there is one. */
  readonly generic?: string
  readonly doc: string
}

export const reductions = {
  Sum: {
    family: "accumulate",
    outputs: "values",
    method: "sum",
    generic: "genericSum",
    doc: "The sum of the formula's values; 0 for no rows.",
  },
  LogSumExp: {
    family: "accumulate",
    shift: true,
    outputs: "values",
    method: "logSumExp",
    generic: "genericLogSumExp",
    doc: "log(sum(exp(f))), without overflow; -inf for no rows, or where every value is -inf.",
  },
  Min: { family: "extreme", order: "min", outputs: "values", method: "min", doc: "The smallest value; +inf for no rows." },
  ArgMin: {
    family: "extreme",
    order: "min",
    outputs: "indices",
    method: "argMin",
    generic: "genericArgMin",
    doc: "The index of the smallest value, the first of equals; -1 for no rows.",
  },
  Min_ArgMin: { family: "extreme", order: "min", outputs: "both", method: "minArgMin", doc: "Min and ArgMin." },
  Max: { family: "extreme", order: "max", outputs: "values", method: "max", doc: "The largest value; -inf for no rows." },
  ArgMax: {
    family: "extreme",
    order: "max",
    outputs: "indices",
    method: "argMax",
    doc: "The index of the largest value, the first of equals; -1 for no rows.",
  },
  Max_ArgMax: { family: "extreme", order: "max", outputs: "both", method: "maxArgMax", doc: "Max and ArgMax." },
  KMin: {
    family: "extreme",
    order: "min",
    ranked: true,
    outputs: "values",
    method: "kMin",
    doc: "The K smallest values in ascending order; +inf where there are fewer than K rows.",
  },
  ArgKMin: {
    family: "extreme",
    order: "min",
    ranked: true,
    outputs: "indices",
    method: "argKMin",
    generic: "genericArgKMin",
    doc: "The indices of the K smallest values, equals in order of index; -1 where there are fewer than K rows.",
  },
  KMin_ArgKMin: { family: "extreme", order: "min", ranked: true, outputs: "both", method: "kMinArgKMin", doc: "KMin and ArgKMin." },
} as const satisfies Record<string, ReductionRow>

export type Reductions = typeof reductions
export type ReductionName = keyof Reductions
