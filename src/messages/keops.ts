// Sentences of the public face at run time and of its types: what is handed to `keops`, to the methods of a formula and to a reduction.

export type PieceCount<
  pieces extends string,
  terms extends string,
> = `got ${pieces} pieces and ${terms} terms; give an array with one piece more than terms`
export const PieceCount = (pieces: number, terms: number): PieceCount<`${number}`, `${number}`> =>
  `got ${pieces} pieces and ${terms} terms; give an array with one piece more than terms`

export type NotRanked<
  k extends string,
  most extends number,
> = `K, the number of entries to keep, must be an integer from 1 to ${most}, got ${k}`
export const NotRanked = (k: string, most: number): NotRanked<string, number> =>
  `K, the number of entries to keep, must be an integer from 1 to ${most}, got ${k}`

export type NeedsRank<reduction extends string> = `${reduction} needs K, 1 or more: add \`k: 5\` to the options`
export const NeedsRank = (reduction: string): NeedsRank<string> => `${reduction} needs K, 1 or more: add \`k: 5\` to the options`

export type TakesNoRank<reduction extends string> = `${reduction} accepts no K; leave \`k\` out`
export const TakesNoRank = (reduction: string): TakesNoRank<string> => `${reduction} accepts no K; leave \`k\` out`

// Where its name is not known, as in types and at run time, a term is called by its position, like "term 1".

export type NotAConstant<
  term extends string,
  name extends string,
> = `${term} is a number that is not known before the program runs; declare it as a parameter, like \`Pm("${name}", 1)\`, and pass its value at the call`
export const NotAConstant = (term: string, name: string): NotAConstant<string, string> =>
  `${term} is a number that is not known before the program runs; declare it as a parameter, like \`Pm("${name}", 1)\`, and pass its value at the call`

export type NotATerm<
  term extends string,
  kind extends string,
> = `${term} is ${kind}; a term must be a variable, a formula, an operation or a finite number`
export const NotATerm = (term: string, kind: string): NotATerm<string, string> =>
  `${term} is ${kind}; a term must be a variable, a formula, an operation or a finite number`

export type IsData<
  term extends string,
  name extends string,
> = `${term} is data; declare a variable for it, like \`Vi("${name}", 3)\`, and pass the data at the call`
export const IsData = (term: string, name: string): IsData<string, string> =>
  `${term} is data; declare a variable for it, like \`Vi("${name}", 3)\`, and pass the data at the call`

export type UndeclaredInline<inside extends string> = `\`$<${inside}>\` is not declared in this text; write for example \`$<x:Vi(3)>\``
export const UndeclaredInline = (inside: string): UndeclaredInline<string> =>
  `\`$<${inside}>\` is not declared in this text; write for example \`$<x:Vi(3)>\``

/** In a tag, which the transformer reads. */
export function NotAReferenceInTag(inside: string): string {
  const expression = inside.trim().replace(/^#/, "this.#") || "x"
  // an operation on a variable belongs to the formula, not to the program
  const remedy = /^[\w$.#[\]()"'?]+$/.test(expression) ? `\`\${${expression}}\`` : "operations outside of it, as in `$<x> + 1`"
  return `\`$<${inside}>\` must hold a name, as in \`$<x>\` or \`$<this.x>\`; write ${remedy}`
}

export type NotClosedReference<rest extends string> = `\`>\` is missing to close \`$<${rest}\``
export const NotClosedReference = (rest: string): NotClosedReference<string> => `\`>\` is missing to close \`$<${rest}\``

/** What helps with and without `tskeops/jit`. */
export const NotTransformed = (name: string): string => `\`$<${name}>\` needs the build: run \`npx tskeops init\`, or write \`\${${name}}\``

export const NotCompiled = (formula: string): string => `\`${formula}\` is not compiled: run \`npx tskeops init\`, or import "tskeops/jit"`

export const NotARecord = (names: readonly string[]): string => `expected one record of inputs: { ${names.join(", ")} }`

export const MissingInput = (name: string): string => `${name}: this input is missing`

export const UnknownInput = (name: string, names: readonly string[]): string =>
  `${name}: the formula has no such variable; it has ${names.join(", ")}`
