// Sentences about what a reduction is given: its formula, its weight.

export type ShiftNotScalar<
  reduction extends string,
  dim extends string,
> = `${reduction} shares one maximum among its sums: the formula must have dimension 1, got ${dim}`
export const ShiftNotScalar = (reduction: string, dim: number | string): ShiftNotScalar<string, string> =>
  `${reduction} shares one maximum among its sums: the formula must have dimension 1, got ${dim}`

export type NeedsWeight<reduction extends string> = `${reduction} needs a weight: give a second formula as \`weight\``
export const NeedsWeight = (reduction: string): NeedsWeight<string> => `${reduction} needs a weight: give a second formula as \`weight\``

export type TakesNoWeight<reduction extends string> = `${reduction} accepts no weight; leave \`weight\` out`
export const TakesNoWeight = (reduction: string): TakesNoWeight<string> => `${reduction} accepts no weight; leave \`weight\` out`
