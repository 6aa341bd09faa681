// The gradients of reductions, data only, in formulas of our own language. Apart from the table of reductions, because only the compiler
// reads it: the runtime gets kernels. This file imports nothing.

/** A reduction that runs before the gradient, on the formula or on `of`, a formula in f. */
interface Before {
  readonly reduction: string
  readonly of?: string
  /** With the weight. */
  readonly weighted?: true
  /** Its indices are what the gradient reads, and the number of each row that is reduced over as `row`. */
  readonly indices?: true
}

/** What the formulas of one pair of rows receive. Formulas in f, the weight g, the cotangent e and the names of `before`. */
export interface GradientRow {
  readonly before?: Readonly<Record<string, Before>>
  /** Which of `before` is the reduction itself, so that a value that is asked for too costs nothing. */
  readonly value?: string
  /** What f receives, perhaps by K. */
  readonly f: string | ((k: number) => string)
  /** What g receives. */
  readonly g?: string
  /** 0 or more where the pair contributes nothing, whatever the derivative of f is there. */
  readonly skip?: string
  readonly fused?: Fused
}

/**
 * One reduction that gives the value and the gradients with respect to variables of the output's own rows: of `head` and the gradients of f
 * joined to one vector, which is the formula or the weight. What it gives is `both`; d is the dimension of f.
 */
export interface Fused {
  readonly reduction: string
  readonly joined: "formula" | "weight"
  readonly head: string
  /** What f receives. */
  readonly f: string
  /** The value, a formula in `both`. */
  readonly value: (d: number) => string
  /** Where in `both` the gradients begin. */
  readonly start: (d: number) => number
  /** A gradient, a formula in its `part` of `both`, in `both` and in e. */
  readonly gradient: string
  /** Only for f of dimension 1. */
  readonly scalar?: true
}

/** f is -inf. */
const nothing = "-3e38 - Max(f)"
const winner = { f: "e * (index == row)", skip: "-Sum(index == row)", value: "index" } as const
const winners = {
  ...winner,
  f: (k: number) => `VecMatMult(SumT(1, ${k}), e * (index == row))`,
  before: { index: { reduction: "KMin_ArgKMin", indices: true } },
} as const
const smallest = { ...winner, before: { index: { reduction: "Min_ArgMin", indices: true } } } as const
const largest = { ...winner, before: { index: { reduction: "Max_ArgMax", indices: true } } } as const

/** Reductions that are not listed have no gradient. Without `before`, the gradient is the same reduction of the gradient of the formula. */
export const gradients = {
  Sum: {
    f: "e",
    fused: {
      reduction: "Sum",
      joined: "formula",
      head: "f",
      f: "e",
      value: (d: number) => `Extract(both, 0, ${d})`,
      start: (d: number) => d,
      gradient: "part",
    },
  },
  LogSumExp: {
    before: { value: { reduction: "LogSumExp" } },
    value: "value",
    f: "e * Exp(f - value)",
    skip: nothing,
    fused: {
      reduction: "Max_SumShiftExp",
      joined: "weight",
      head: "1",
      f: "1",
      value: () => "Elem(both, 0) + Log(Elem(both, 1))",
      start: () => 2,
      gradient: "IfElse(-Elem(both, 1), 0, e * part / Elem(both, 1))",
      scalar: true,
    },
  },
  SumSoftMaxWeight: {
    before: { scale: { reduction: "LogSumExp" }, value: { reduction: "SumSoftMaxWeight", weighted: true } },
    value: "value",
    f: "(e | (g - value)) * Exp(f - scale)",
    g: "e * Exp(f - scale)",
    skip: nothing,
  },
  // The product of the other factors: where one factor is 0, that of all which are not; where several are, 0.
  Product: {
    before: { others: { reduction: "Product", of: "f + (f == 0)" }, zeros: { reduction: "Sum", of: "f == 0" } },
    f: "e * others * ((zeros == 0) / (f + (f == 0)) + (zeros == 1) * (f == 0))",
  },
  Min: smallest,
  Max: largest,
  KMin: winners,
  Min_ArgMin: smallest,
  Max_ArgMax: largest,
  KMin_ArgKMin: winners,
} as const satisfies Record<string, GradientRow>

/** The gradients of reductions that have another one where there is a weight. */
export const weightedGradients: Readonly<Record<string, GradientRow>> = {
  LogSumExp: {
    before: { value: { reduction: "LogSumExp", weighted: true } },
    value: "value",
    f: "Sum(e * g * Exp(f - value))",
    g: "e * Exp(f - value)",
    skip: nothing,
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
  join: "Concat(f, g)",
  slice: (start: number, count: number) => `Extract(both, ${start}, ${count})`,
} as const

/** The formula of the gradient of a reduction without `before`, as the types and the calculus write it. */
export type GradientText<f extends string, v extends string, e extends string> = `Grad(${f}, ${v}, ${e})`
export function gradientText(f: string, v: string, e: string): string {
  return `Grad(${f}, ${v}, ${e})`
}
