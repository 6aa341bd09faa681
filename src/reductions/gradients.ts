// The gradients of reductions, data only, in formulas of our own language. Apart from the table of reductions, because only the compiler
// reads it: the runtime gets kernels.
import type { ReductionName } from "./reductions.ts"

/** A reduction that runs before the gradient, on the formula or on `of`, a formula in f. */
interface Before {
  readonly reduction: string
  readonly of?: string
  /** With the weight. */
  readonly weighted?: true
}

/** What the formulas of one pair of rows receive. Formulas in f, the weight g, the cotangent e and the names of `before`. */
export interface GradientRow {
  readonly before?: Readonly<Record<string, Before>>
  /** What f receives. */
  readonly f: string
  /** What g receives. */
  readonly g?: string
  /** 0 or more where the pair contributes nothing, whatever the derivative of f is there. */
  readonly skip?: string
  /** Which of `before` gives the indices of the only pairs that contribute, and the value too. */
  readonly gather?: string
  /** Its formulas cannot be differentiated again. */
  readonly last?: true
  readonly fused?: Fused
}

/**
 * One reduction that gives the value and the gradients with respect to variables of the output's own rows: of `head` and, for each variable, its
 * parts, joined to one vector, which is the formula or the weight. What it gives is `both`; d is the dimension of the value.
 */
export interface Fused {
  readonly reduction: string
  readonly joined: "formula" | "weight"
  readonly head: string
  /** What f and g receive, for each part. */
  readonly parts: readonly { readonly f: string; readonly g?: string }[]
  /** Where in `both` the parts begin. */
  readonly start: (d: number) => number
  /** The value, a formula in `both`. */
  readonly value: (d: number) => string
  /** A gradient, a formula in its parts of `both`, `part0` and so on, in `both`, in the value and in e. */
  readonly gradient: string
  /** Only for values of dimension 1. */
  readonly scalar?: true
}

/** f is -inf, and all of them. */
const nothing = "-3e38 - Max(f)"
const nowhere = "-3e38 - Elem(both, 0)"
const inRange = "(1e-37 < Abs(others)) * (Abs(others) < 3e38)"
const winner = (reduction: string) => ({ before: { index: { reduction } }, gather: "index", f: "e" }) as const

/** The maximum m of f, and sums of exp(f - m) times what is joined. */
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
  // The product of the other factors: where one factor is 0, that of all which are not; where several are, 0. All together may leave float32's
  // range where those without one do not: the product of their square roots, with their signs, does not then.
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

/** The gradients of reductions that have another one where there is a weight. */
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

/** What the calculus puts gradients of reductions together from. */
export const frames = {
  gradient: "Grad(f, v, e)",
  skip: "IfElse(skip, 0, part)",
  add: "f + g",
  /** Where e is 0 the derivative is, whatever the factors of e are. */
  single: "e * (e != 0)",
  join: "Concat(f, g)",
  slice: (start: number, count: number) => `Extract(both, ${start}, ${count})`,
} as const

/** The formula of the gradient of a reduction without `before`, as the types and the calculus write it. */
export type GradientText<f extends string, v extends string, e extends string> = `Grad(${f}, ${v}, ${e})`
export function gradientText(f: string, v: string, e: string): string {
  return `Grad(${f}, ${v}, ${e})`
}
