// The table of reductions, data only: how each is called and what it gives. The runtime holds this table; what only the compiler needs stands
// beside it (kernels.ts, gradients.ts), and what it means in words in docs.ts. This file imports nothing.

export interface ReductionRow {
  /** Takes a second formula, the weight, and then a scalar formula. */
  readonly weight?: { readonly needed?: true }
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
    outputs: "values",
    method: "sum",
    generic: "genericSum",
  },
  LogSumExp: {
    weight: {},
    outputs: "values",
    method: "logSumExp",
    generic: "genericLogSumExp",
  },
  SumSoftMaxWeight: {
    weight: { needed: true },
    outputs: "values",
    method: "sumSoftMaxWeight",
  },
  Max_SumShiftExp: {
    weight: {},
    outputs: "values",
    method: "maxSumShiftExp",
  },
  Product: { outputs: "values", method: "product" },
  Min: { outputs: "values", method: "min" },
  ArgMin: {
    outputs: "indices",
    method: "argMin",
    generic: "genericArgMin",
  },
  Min_ArgMin: { outputs: "both", method: "minArgMin" },
  Max: { outputs: "values", method: "max" },
  ArgMax: {
    outputs: "indices",
    method: "argMax",
  },
  Max_ArgMax: { outputs: "both", method: "maxArgMax" },
  KMin: {
    ranked: true,
    outputs: "values",
    method: "kMin",
  },
  ArgKMin: {
    ranked: true,
    outputs: "indices",
    method: "argKMin",
    generic: "genericArgKMin",
  },
  KMin_ArgKMin: { ranked: true, outputs: "both", method: "kMinArgKMin" },
} as const satisfies Record<string, ReductionRow>

export type Reductions = typeof reductions
export type ReductionName = keyof Reductions
