// The gradients of reductions, data only, as formulas. Separate from the table of reductions, because only the compiler reads it.
import type { ReductionName } from "./reductions.ts"

/** A reduction that runs before the gradient, on the formula or on `of`, a formula in f. */
interface Before {
  readonly reduction: string
  readonly of?: string
  /** With the weight. */
  readonly weighted?: true
}

/** The cotangents that one pair of rows passes to its formulas, as formulas in f, the weight g, the cotangent e and the names of `before`. */
export interface GradientRow {
  readonly before?: Readonly<Record<string, Before>>
  /** The cotangent of f. */
  readonly f: string
  /** The cotangent of g. */
  readonly g?: string
  /** 0 or more if the pair contributes nothing, whatever the derivative of f is. */
  readonly skip?: string
  /** The name in `before` of the reduction that returns the indices of the contributing pairs, and the value. */
  readonly gather?: string
  /** The formulas cannot be differentiated again. */
  readonly last?: true
  readonly fused?: Fused
}

/**
 * One reduction that returns the value and the gradients with respect to variables of the output's rows. It reduces one vector, the formula or the
 * weight, which joins `head` and the parts of each variable. Its result is `both`; d is the dimension of the value.
 */
export interface Fused {
  readonly reduction: string
  readonly joined: "formula" | "weight"
  readonly head: string
  /** The cotangents of f and g, for each part. */
  readonly parts: readonly { readonly f: string; readonly g?: string }[]
  /** The index in `both` at which the parts begin. */
  readonly start: (d: number) => number
  /** The value, a formula in `both`. */
  readonly value: (d: number) => string
  /** A gradient, a formula in its parts of `both`, `part0` and so on, in `both`, in the value and in e. */
  readonly gradient: string
  /** Only for values of dimension 1. */
  readonly scalar?: true
}

/** 0 or more if all components of f are -inf. */
const nothing = "-3e38 - Max(f)"
const nowhere = "-3e38 - Elem(both, 0)"
const inRange = "(1e-37 < Abs(others)) * (Abs(others) < 3e38)"
const winner = (reduction: string) => ({ before: { index: { reduction } }, gather: "index", f: "e" }) as const

/** The maximum m of f, and sums of exp(f - m) times the joined vector. */
const shifted = { reduction: "Max_SumShiftExp", joined: "weight" } as const
const logarithm = {
  ...shifted,
  start: () => 2,
  value: () => "Elem(both, 0) + Log(Elem(both, 1))",
  gradient: `IfElse(${nowhere}, 0, e * part0 / Elem(both, 1))`,
  scalar: true,
} as const

/** Those that have a gradient; the others are in `withoutGradient`. Without `before`, the gradient is the same reduction of the gradient of the formula. */
export const gradients = {
  Sum: {
    f: "e",
    fused: {
      reduction: "Sum",
      joined: "formula",
      head: "f",
      parts: [{ f: "e" }],
      start: (d: number) => d,
      value: (d: number) => `Extract(both, 0, ${d})`,
      gradient: "part0",
    },
  },
  LogSumExp: {
    before: { value: { reduction: "LogSumExp" } },
    f: "e * Exp(f - value)",
    skip: nothing,
    fused: { ...logarithm, head: "1", parts: [{ f: "1" }] },
  },
  SumSoftMaxWeight: {
    before: { scale: { reduction: "LogSumExp" }, value: { reduction: "SumSoftMaxWeight", weighted: true } },
    f: "(e | (g - value)) * Exp(f - scale)",
    g: "e * Exp(f - scale)",
    skip: nothing,
    fused: {
      ...shifted,
      head: "Concat(1, g)",
      parts: [{ f: "1" }, { f: "(e | g)", g: "e" }],
      start: (d: number) => 2 + d,
      value: (d: number) => `Extract(both, 2, ${d}) / Elem(both, 1)`,
      gradient: `IfElse(${nowhere}, 0, (part1 - (e | value) * part0) / Elem(both, 1))`,
    },
  },
  // The product of the other factors: if one factor is 0, that of all non-zero ones; if several are, 0. The product of all factors may leave
  // float32's range although that of the others does not; the product of their square roots, with their signs, does not.
  Product: {
    before: {
      others: { reduction: "Product", of: "f + (f == 0)" },
      root: { reduction: "Product", of: "Sign(f + (f == 0)) * Sqrt(Abs(f + (f == 0)))" },
      zeros: { reduction: "Sum", of: "f == 0" },
    },
    f: `IfElse((zeros == (f == 0)) - 1, e * IfElse(${inRange} - 1, others / (f + (f == 0)), root / (f + (f == 0)) * Abs(root)), 0)`,
    last: true,
  },
  Min: winner("Min_ArgMin"),
  Max: winner("Max_ArgMax"),
  KMin: winner("KMin_ArgKMin"),
  Min_ArgMin: winner("Min_ArgMin"),
  Max_ArgMax: winner("Max_ArgMax"),
  KMin_ArgKMin: winner("KMin_ArgKMin"),
} as const satisfies { readonly [reduction in ReductionName]?: GradientRow }

/** The other reductions, and why they have none: the output is an index, or the gradient is not implemented. */
export const withoutGradient = {
  ArgMin: "index",
  ArgMax: "index",
  ArgKMin: "index",
  Max_SumShiftExp: "missing",
} as const satisfies Record<Exclude<ReductionName, keyof typeof gradients>, "index" | "missing">

/** The gradients of reductions that differ if there is a weight. */
export const weightedGradients: Readonly<Record<string, GradientRow>> = {
  LogSumExp: {
    before: { value: { reduction: "LogSumExp", weighted: true } },
    f: "Sum(e * g * Exp(f - value))",
    g: "e * Exp(f - value)",
    skip: nothing,
    fused: { ...logarithm, head: "g", parts: [{ f: "g", g: "1" }] },
  },
}

export type Gradients = typeof gradients

/** The reduction that adds up what the pairs contribute. */
export const total = "Sum"

/** The formulas from which the calculus builds gradients of reductions. */
export const templates = {
  gradient: "Grad(f, v, e)",
  skip: "IfElse(skip, 0, part)",
  add: "f + g",
  /** 0 if e is 0, even if a factor of e is infinite or NaN. */
  single: "e * (e != 0)",
  join: "Concat(f, g)",
  slice: (start: number, count: number) => `Extract(both, ${start}, ${count})`,
} as const

/** The formula of the gradient of a reduction without `before`, as the types and the calculus write it. */
export type GradientText<f extends string, v extends string, e extends string> = `Grad(${f}, ${v}, ${e})`
export function gradientText(f: string, v: string, e: string): string {
  return `Grad(${f}, ${v}, ${e})`
}
