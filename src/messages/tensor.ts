// Sentences about lists of integers and the tensors that they describe: function and type of the same name. A list is given as it is shown.

const shown = (list: readonly number[]): `[${string}]` => `[${list.join(", ")}]`

export type NotAList<place extends string> = `argument ${place} must be a list of integers from 0 on, like [2, 3]`
export function NotAList(place: number): NotAList<`${number}`> {
  return `argument ${place} must be a list of integers from 0 on, like [2, 3]`
}

export type ListForm<text extends string> = `\`${text}\` must hold integers from 0 on, like [2, 3]`
export function ListForm(text: string): ListForm<string> {
  return `\`${text}\` must hold integers from 0 on, like [2, 3]`
}

export type ListNotClosed<text extends string> = `\`]\` is missing to close \`${text}\``
export function ListNotClosed(text: string): ListNotClosed<string> {
  return `\`]\` is missing to close \`${text}\``
}

export type ExtentsMisfit<
  list extends string,
  product extends string,
  place extends string,
  dim extends string,
> = `a tensor of extents [${list}] has dimension ${product}, but argument ${place} has ${dim}`
export function ExtentsMisfit(
  list: readonly number[],
  product: number,
  place: number,
  dim: number,
): ExtentsMisfit<string, `${number}`, `${number}`, `${number}`> {
  return `a tensor of extents ${shown(list)} has dimension ${product}, but argument ${place} has ${dim}`
}

export type UnequalLists<a extends string, b extends string> = `[${a}] and [${b}] must have the same length`
export function UnequalLists(a: readonly number[], b: readonly number[]): UnequalLists<string, string> {
  return `${shown(a)} and ${shown(b)} must have the same length`
}

export type NoAxis<
  axis extends string,
  list extends string,
> = `axis ${axis} does not exist; axes of a tensor of extents [${list}] count from 0`
export function NoAxis(axis: number, list: readonly number[]): NoAxis<`${number}`, string> {
  return `axis ${axis} does not exist; axes of a tensor of extents ${shown(list)} count from 0`
}

export type AxisTwice<axis extends string, list extends string> = `axis ${axis} is listed twice in [${list}]`
export function AxisTwice(axis: number, list: readonly number[]): AxisTwice<`${number}`, string> {
  return `axis ${axis} is listed twice in ${shown(list)}`
}

export type AxesDiffer<
  a extends string,
  m extends string,
  b extends string,
  n extends string,
> = `axis ${a} of argument 1 has extent ${m}, and axis ${b} of argument 2 has ${n}; axes that are contracted must have equal extents`
export function AxesDiffer(a: number, m: number, b: number, n: number): AxesDiffer<`${number}`, `${number}`, `${number}`, `${number}`> {
  return `axis ${a} of argument 1 has extent ${m}, and axis ${b} of argument 2 has ${n}; axes that are contracted must have equal extents`
}

export type NotAPermutation<
  list extends string,
  count extends string,
> = `[${list}] must be a permutation of the ${count} result axes, counted from 0`
export function NotAPermutation(list: readonly number[], count: number): NotAPermutation<string, `${number}`> {
  return `${shown(list)} must be a permutation of the ${count} result axes, counted from 0`
}

export type TooFewKnots<
  dim extends string,
  order extends string,
> = `${dim} knots are too few for order ${order}; there must be at least order + 2`
export function TooFewKnots(dim: number, order: string): TooFewKnots<`${number}`, string> {
  return `${dim} knots are too few for order ${order}; there must be at least order + 2`
}
