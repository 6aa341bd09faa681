// Sentences about what a reduction is given: its formula, its weight.

export type ShiftNotScalar<
  reduction extends string,
  dim extends string,
> = `${reduction} shares one maximum among its sums: the formula must have dimension 1, got ${dim}`
export const ShiftNotScalar = (reduction: string, dim: number | string): string =>
  `${reduction} shares one maximum among its sums: the formula must have dimension 1, got ${dim}`

export type NeedsWeight<reduction extends string> = `${reduction} needs a weight: give a second formula as \`weight\``
export const NeedsWeight = (reduction: string): string => `${reduction} needs a weight: give a second formula as \`weight\``

export type TakesNoWeight<reduction extends string> = `${reduction} takes no weight; leave \`weight\` out`
export const TakesNoWeight = (reduction: string): string => `${reduction} takes no weight; leave \`weight\` out`
