// Sentences about operations that users define. Function and type of the same name where types know the mistake too.
import { Arguments } from "./formula.ts"

export type InDefinition<name extends string, sentence extends string> = `in the definition of \`${name}\`: ${sentence}`
export const InDefinition = (name: string, sentence: string): InDefinition<string, string> =>
  `in the definition of \`${name}\`: ${sentence}`

export type OwnName<name extends string> =
  `\`${name}\` cannot name an operation: a name is made of letters, digits and _, does not begin with a digit, and is not taken`
export const OwnName = (name: string): OwnName<string> =>
  `\`${name}\` cannot name an operation: a name is made of letters, digits and _, does not begin with a digit, and is not taken`

export const ownShape = (shape: string, shapes: readonly string[]) => `unknown shape \`${shape}\`; it must be one of ${shapes.join(", ")}`

export type OwnCount<
  shape extends string,
  count extends number,
  got extends number,
> = `the shape \`${shape}\` requires ${Arguments<count>}, got ${got}`
export const OwnCount = (shape: string, count: number, got: number): OwnCount<string, 0 | 1, number> | OwnCount<string, number, number> =>
  `the shape \`${shape}\` requires ${Arguments(count)}, got ${got}`

export type OwnArgument<arg extends string> =
  `\`${arg}\` cannot name an argument: argument names must be distinct, and \`e\` is the cotangent of the result`
export const OwnArgument = (arg: string): OwnArgument<string> =>
  `\`${arg}\` cannot name an argument: argument names must be distinct, and \`e\` is the cotangent of the result`

export type NoMeaning = "it has no definition; set `means` (a formula in its arguments) or `scalar` (an expression of the primitives)"
export const NoMeaning = (): NoMeaning =>
  "it has no definition; set `means` (a formula in its arguments) or `scalar` (an expression of the primitives)"

export type NotElementwise<
  shape extends string,
  shapes extends string,
> = `\`scalar\` is applied to each component, so the shape must be one of ${shapes}, not \`${shape}\`; set \`means\``
export const NotElementwise = (shape: string, shapes: readonly string[]): NotElementwise<string, string> =>
  `\`scalar\` is applied to each component, so the shape must be one of ${shapes.join(", ")}, not \`${shape}\`; set \`means\``

export type NoIntegers<shape extends string> =
  `the shape \`${shape}\` requires integer literals, which a formula cannot use; set \`scalar\``
export const NoIntegers = (shape: string): NoIntegers<string> =>
  `the shape \`${shape}\` requires integer literals, which a formula cannot use; set \`scalar\``

export type NoSuchArgument<arg extends string, args extends string> = `a gradient is given for \`${arg}\`; the arguments are ${args}`
export const NoSuchArgument = (arg: string, args: string): NoSuchArgument<string, string> =>
  `a gradient is given for \`${arg}\`; the arguments are ${args}`

export const scalarEnds = (text: string) => `\`${text}\` ends where a number, an argument or a primitive is expected`
export const scalarUnexpected = (what: string, text: string) => `unexpected \`${what}\` in \`${text}\`, an expression of the primitives`
export const unknownPrimitive = (name: string, names: string) =>
  `unknown primitive \`${name}\`; \`scalar\` is made of ${names} and operators`
export const notAnArgument = (name: string, args: string) => `unknown name \`${name}\` in \`scalar\`; the arguments are ${args}`
export const primitiveCount = (name: string, count: number, got: number) =>
  `the primitive \`${name}\` requires ${Arguments(count)}, got ${got}`
export const primitiveKind = (name: string, place: number, kind: "number" | "mask") =>
  `argument ${place} of the primitive \`${name}\` must be a ${kind === "mask" ? "comparison, like f < 0" : "number, not a comparison"}`
export const powerExponent = () => "argument 2 of the primitive `power` must be an integer literal, like 2"
export const notANumberButMask = (text: string) => `\`${text}\` is a comparison, not a number; write \`select(${text}, 1, 0)\``

export const notAnOperation = (used: string) => `it uses \`${used}\`, which is not an operation that \`defineOperation\` made`

export const usesItself = (used: string) => `circular definition: it uses \`${used}\`, which uses it`

export const definedTwice = () => "the formula uses two operations of this name"

export const ofMeaning = (dim: number) => `the rule gives the result dimension ${dim}, but \`means\``
export const ofGradient = (arg: string, dim: number) => `\`${arg}\` has dimension ${dim}, but its gradient`
export const misfit = (what: string, dim: number) => `${what} has ${dim}`
