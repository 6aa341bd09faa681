// The table of reductions, data only: what each accepts and returns, and how its name makes those of the functions that call it. The runtime
// contains this table; kernels.ts and gradients.ts hold the data that only the compiler reads, docs.ts the documentation. This file imports
// nothing.

export interface ReductionRow {
  /** Accepts a second formula, the weight; the first must then be scalar. */
  readonly weight?: { readonly needed?: true }
  /** Accepts K, and returns K rows of the formula's dimension. */
  readonly ranked?: true
  readonly outputs: "values" | "indices" | "both"
}

export const reductions = {
  Sum: { outputs: "values" },
  LogSumExp: { weight: {}, outputs: "values" },
  SumSoftMaxWeight: { weight: { needed: true }, outputs: "values" },
  Max_SumShiftExp: { weight: {}, outputs: "values" },
  Product: { outputs: "values" },
  Min: { outputs: "values" },
  ArgMin: { outputs: "indices" },
  Min_ArgMin: { outputs: "both" },
  Max: { outputs: "values" },
  ArgMax: { outputs: "indices" },
  Max_ArgMax: { outputs: "both" },
  KMin: { ranked: true, outputs: "values" },
  ArgKMin: { ranked: true, outputs: "indices" },
  KMin_ArgKMin: { ranked: true, outputs: "both" },
} as const satisfies Record<string, ReductionRow>

export type Reductions = typeof reductions
/** KeOps's name of a reduction, as `genred` takes it. */
export type ReductionName = keyof Reductions

/** The reduction that types assume after they have reported a mistake: one with all gradients. */
export type Whichever = "Sum"

/** The method of a formula that makes a reduction: its name in camel case. */
export type Method<name extends string> = Uncapitalize<name extends `${infer a}_${infer b}` ? `${a}${b}` : name>
export function method(name: string): string {
  return name[0]!.toLowerCase() + name.slice(1).replace("_", "")
}

/** The reduction that one of KeOps's mathematical aliases makes. */
export type Aliased<alias extends string> = alias extends `generic${infer name extends ReductionName}` ? name : never
export function aliased<const alias extends string>(alias: alias): Aliased<alias> {
  return alias.slice("generic".length) as Aliased<alias>
}
