// Every sentence about a mistake in an alias, in the output of an alias of KeOps or in a variable's declaration: function and type of
// the same name.

export type AliasForm<text extends string> = `\`${text}\` is not an alias; write it like \`x = Vi(3)\``
export const AliasForm = (text: string): AliasForm<string> => `\`${text}\` is not an alias; write it like \`x = Vi(3)\``

export type UnknownCategory<
  text extends string,
  category extends string,
> = `in \`${text}\`: the category \`${category}\` must be Vi, Vj or Pm`
export const UnknownCategory = (text: string, category: string): UnknownCategory<string, string> =>
  `in \`${text}\`: the category \`${category}\` must be Vi, Vj or Pm`

export type NotAName<
  text extends string,
  name extends string,
> = `in \`${text}\`: \`${name}\` is not a name; names have letters, digits and _, and begin with no digit`
export const NotAName = (text: string, name: string): NotAName<string, string> =>
  `in \`${text}\`: \`${name}\` is not a name; names have letters, digits and _, and begin with no digit`

export type NotADimension<
  text extends string,
  dim extends string,
  most extends number,
> = `in \`${text}\`: the dimension \`${dim}\` must be an integer from 1 to ${most}`
export const NotADimension = (text: string, dim: string, most: number): NotADimension<string, string, number> =>
  `in \`${text}\`: the dimension \`${dim}\` must be an integer from 1 to ${most}`

export type NotAPosition<
  text extends string,
  position extends string,
> = `in \`${text}\`: the position \`${position}\` must be an integer, 0 or more`
export const NotAPosition = (text: string, position: string): NotAPosition<string, string> =>
  `in \`${text}\`: the position \`${position}\` must be an integer, 0 or more`

export type DeclaredTwice<name extends string> = `\`${name}\` is declared twice; give each variable its own name`
export const DeclaredTwice = (name: string): DeclaredTwice<string> => `\`${name}\` is declared twice; give each variable its own name`

export type Positions = "the positions of aliases must be 0, 1, 2 and so on; leave them out to count in order"
export const Positions = (): Positions => "the positions of aliases must be 0, 1, 2 and so on; leave them out to count in order"

export type DeclaredDifferently<name extends string> = `\`${name}\` is declared in two ways; give each variable its own name`
export const DeclaredDifferently = (name: string): DeclaredDifferently<string> =>
  `\`${name}\` is declared in two ways; give each variable its own name`

export type OutputIsParameter<text extends string> = `the output \`${text}\` must be Vi or Vj`
export const OutputIsParameter = (text: string): OutputIsParameter<string> => `the output \`${text}\` must be Vi or Vj`

export type OutputDiffers<text extends string, dim extends string> = `the output \`${text}\` does not fit: the formula has dimension ${dim}`
export const OutputDiffers = (text: string, dim: string): OutputDiffers<string, string> =>
  `the output \`${text}\` does not fit: the formula has dimension ${dim}`

export type OutputMissing<
  text extends string,
  name extends string,
> = `the first alias, \`${text}\`, is the output, but the formula reads \`${name}\`; put an output before it, like \`a = Vi(1)\` (over j) or \`a = Vj(1)\` (over i)`
export const OutputMissing = (text: string, name: string): OutputMissing<string, string> =>
  `the first alias, \`${text}\`, is the output, but the formula reads \`${name}\`; put an output before it, like \`a = Vi(1)\` (over j) or \`a = Vj(1)\` (over i)`
