// Every sentence about a mistake in a formula: function and type of the same name. A type's parameters are strings; the functions take what
// the parser has. The function returns the type, so that a word that differs is a type error; where a sentence depends on a condition, it
// returns the type of each branch. `Located` puts the part of the formula in front.

export type Located<place extends string, sentence extends string> = `in \`${place}\`: ${sentence}`
export function Located(place: string, sentence: string): Located<string, string> {
  return `in \`${place}\`: ${sentence}`
}

// Dimensions and arguments

export type Differ<a extends string, b extends string> = `dimensions ${a} and ${b} differ; they must be equal, or one of them 1`
export function Differ(a: number, b: number): Differ<`${number}`, `${number}`> {
  return `dimensions ${a} and ${b} differ; they must be equal, or one of them 1`
}

export type WrongCount<name extends string, list extends string, count extends string> = `${name} takes (${list}), got ${count}`
export function WrongCount(name: string, list: string, count: string): WrongCount<string, string, string> {
  return `${name} takes (${list}), got ${count}`
}

/** A number of arguments, in words. */
export type Arguments<n extends number> = n extends 0 ? "no arguments" : n extends 1 ? "1 argument" : `${n} arguments`
export function Arguments(n: number): Arguments<0 | 1> | Arguments<number> {
  return n === 0 ? "no arguments" : n === 1 ? "1 argument" : `${n} arguments`
}

export type NotInteger<place extends string> = `argument ${place} must be an integer literal, like 2`
export function NotInteger(place: number): NotInteger<`${number}`> {
  return `argument ${place} must be an integer literal, like 2`
}

export type TooSmall<place extends string, least extends string, n extends string> = `argument ${place} must be at least ${least}, got ${n}`
export function TooSmall(place: number, least: number, n: string): TooSmall<`${number}`, `${number}`, string> {
  return `argument ${place} must be at least ${least}, got ${n}`
}

export type NoComponent<
  m extends string,
  dim extends string,
> = `component ${m} does not exist; components of a vector of dimension ${dim} count from 0`
export function NoComponent(m: string, dim: number): NoComponent<string, `${number}`> {
  return `component ${m} does not exist; components of a vector of dimension ${dim} count from 0`
}

export type BeyondEnd<
  start extends string,
  count extends string,
  dim extends string,
> = `${count} components from component ${start} reach beyond dimension ${dim}`
export function BeyondEnd(start: string, count: string, dim: number): BeyondEnd<string, string, `${number}`> {
  return `${count} components from component ${start} reach beyond dimension ${dim}`
}

export type DivisionByZero = "division by 0; the divisor must not be the number 0"
export function DivisionByZero(): DivisionByZero {
  return "division by 0; the divisor must not be the number 0"
}

export type WeightMisfit<
  weight extends string,
  dim extends string,
  square extends string,
> = `a weight of dimension ${weight} does not fit dimension ${dim}; it must have dimension 1, ${dim} or ${square}`
export function WeightMisfit(weight: number, dim: number, square: number): WeightMisfit<`${number}`, `${number}`, `${number}`> {
  return `a weight of dimension ${weight} does not fit dimension ${dim}; it must have dimension 1, ${dim} or ${square}`
}

export type MatrixMisfit<
  matrix extends string,
  dim extends string,
  square extends string,
> = `a matrix of dimension ${matrix} does not fit dimension ${dim}; it must have dimension ${square}`
export function MatrixMisfit(matrix: number, dim: number, square: number): MatrixMisfit<`${number}`, `${number}`, `${number}`> {
  return `a matrix of dimension ${matrix} does not fit dimension ${dim}; it must have dimension ${square}`
}

export type NotScalar<place extends string, dim extends string> = `argument ${place} must have dimension 1, not ${dim}`
export function NotScalar(place: number, dim: number): NotScalar<`${number}`, `${number}`> {
  return `argument ${place} must have dimension 1, not ${dim}`
}

export type NotMultiple<
  m extends string,
  n extends string,
> = `${m} components cannot form a matrix with a side of ${n}: ${m} is not divisible by ${n}`
export function NotMultiple(m: number, n: number): NotMultiple<`${number}`, `${number}`> {
  return `${m} components cannot form a matrix with a side of ${n}: ${m} is not divisible by ${n}`
}

export type Odd<dim extends string> = `dimension ${dim} is odd; complex vectors have an even dimension`
export function Odd(dim: number): Odd<`${number}`> {
  return `dimension ${dim} is odd; complex vectors have an even dimension`
}

export type ComplexDiffer<
  a extends string,
  b extends string,
> = `dimensions ${a} and ${b} differ; they must be equal, or one of them 2 (a complex number)`
export function ComplexDiffer(a: number, b: number): ComplexDiffer<`${number}`, `${number}`> {
  return `dimensions ${a} and ${b} differ; they must be equal, or one of them 2 (a complex number)`
}

export type NotComplex<
  place extends string,
  dim extends string,
> = `argument ${place} must be a complex number (dimension 2), not of dimension ${dim}`
export function NotComplex(place: number, dim: number): NotComplex<`${number}`, `${number}`> {
  return `argument ${place} must be a complex number (dimension 2), not of dimension ${dim}`
}

export type NoScale<
  a extends string,
  b extends string,
> = `one argument must be a real number (dimension 1); these have dimensions ${a} and ${b}`
export function NoScale(a: number, b: number): NoScale<`${number}`, `${number}`> {
  return `one argument must be a real number (dimension 1); these have dimensions ${a} and ${b}`
}

export type CotangentMisfit<
  e extends string,
  f extends string,
> = `the cotangent has dimension ${e}; it must have dimension 1 or ${f}, that of the formula`
export function CotangentMisfit(e: number, f: number): CotangentMisfit<`${number}`, `${number}`> {
  return `the cotangent has dimension ${e}; it must have dimension 1 or ${f}, that of the formula`
}

export type DirectionMisfit<
  u extends string,
  v extends string,
> = `the direction has dimension ${u}; it must have dimension ${v}, that of the variable`
export function DirectionMisfit(u: number, v: number): DirectionMisfit<`${number}`, `${number}`> {
  return `the direction has dimension ${u}; it must have dimension ${v}, that of the variable`
}

export type NotSquare<f extends string, v extends string> = `the formula has dimension ${f}, and the variable ${v}; they must be equal`
export function NotSquare(f: number, v: number): NotSquare<`${number}`, `${number}`> {
  return `the formula has dimension ${f}, and the variable ${v}; they must be equal`
}

// Names

export type UnknownOperation<name extends string, near extends string> = near extends ""
  ? `unknown operation \`${name}\`; an operation made by \`defineOperation\` must be a term, like \`$<${name}>\`, or be listed among the aliases`
  : `unknown operation \`${name}\` (did you mean \`${near}\`?)`
export function UnknownOperation(name: string, near: string): UnknownOperation<string, ""> | UnknownOperation<string, string> {
  return near === ""
    ? `unknown operation \`${name}\`; an operation made by \`defineOperation\` must be a term, like \`$<${name}>\`, or be listed among the aliases`
    : `unknown operation \`${name}\` (did you mean \`${near}\`?)`
}

export type UnknownVariable<name extends string, near extends string> = near extends ""
  ? `unknown variable \`${name}\`; declare it, or in \`keops\` write \`$<${name}>\` or \`\${${name}}\``
  : `unknown variable \`${name}\`; did you mean \`${near}\`?`
export function UnknownVariable(name: string, near: string): UnknownVariable<string, ""> | UnknownVariable<string, string> {
  return near === ""
    ? `unknown variable \`${name}\`; declare it, or in \`keops\` write \`$<${name}>\` or \`\${${name}}\``
    : `unknown variable \`${name}\`; did you mean \`${near}\`?`
}

export type NotCalled<name extends string, list extends string> = `\`${name}\` is an operation; write \`${name}(${list})\``
export function NotCalled(name: string, list: string): NotCalled<string, string> {
  return `\`${name}\` is an operation; write \`${name}(${list})\``
}

export type NotACategory<text extends string> = `the third number of \`${text}\` must be 0 (i), 1 (j) or 2 (parameter)`
export function NotACategory(text: string): NotACategory<string> {
  return `the third number of \`${text}\` must be 0 (i), 1 (j) or 2 (parameter)`
}

export type VariableForm<text extends string> = `\`${text}\` must be three numbers: Var(position, dimension, category)`
export function VariableForm(text: string): VariableForm<string> {
  return `\`${text}\` must be three numbers: Var(position, dimension, category)`
}

/** Run time only: types do not know the order of the variables. */
export function noVariableAt(text: string, position: number, count: number): string {
  return `\`${text}\` is the variable at position ${position}, but the number of variables is ${count}; positions count from 0`
}

/** Run time only: types do not know the order of the variables. */
export function otherVariableAt(text: string, name: string, dim: number): string {
  return `\`${text}\` is the variable \`${name}\`, which has dimension ${dim}`
}

// Grammar

export type Empty = "the formula is empty; write for example `Exp(-SqNorm2(x - y))`"
export function Empty(): Empty {
  return "the formula is empty; write for example `Exp(-SqNorm2(x - y))`"
}

export type EndsEarly<text extends string> = `the formula ends after \`${text}\`, where a variable, a number or an operation is expected`
export function EndsEarly(text: string): EndsEarly<string> {
  return `the formula ends after \`${text}\`, where a variable, a number or an operation is expected`
}

export type Unexpected<what extends string, before extends string, remedy extends string> = before extends ""
  ? `unexpected \`${what}\` at the start; ${remedy}`
  : `unexpected \`${what}\` after \`${before}\`; ${remedy}`
export function Unexpected(
  what: string,
  before: string,
  remedy: string,
): Unexpected<string, "", string> | Unexpected<string, string, string> {
  return before === "" ? `unexpected \`${what}\` at the start; ${remedy}` : `unexpected \`${what}\` after \`${before}\`; ${remedy}`
}

// The remedy, unless the table of other languages' spellings has a better one (src/operations/foreign.ts).

export type OperatorMissing = "write an operator between them, like `*`"
export const OperatorMissing = (): OperatorMissing => "write an operator between them, like `*`"

export type OperatorExpected = "write an operator there, like `*`"
export const OperatorExpected = (): OperatorExpected => "write an operator there, like `*`"

export type OperandExpected = "write a variable, a number or an operation there"
export const OperandExpected = (): OperandExpected => "write a variable, a number or an operation there"

export type LeaveOut = "leave it out"
export const LeaveOut = (): LeaveOut => "leave it out"

export type AfterList = "a list cannot be an operand; write `,` or `)` after it"
export const AfterList = (): AfterList => "a list cannot be an operand; write `,` or `)` after it"

export type CalledVariable<name extends string> =
  `\`${name}\` is a variable, not an operation; write \`${name} * (\` for a product, \`Elem(${name}, 0)\` for a component`
export function CalledVariable(name: string): CalledVariable<string> {
  return `\`${name}\` is a variable, not an operation; write \`${name} * (\` for a product, \`Elem(${name}, 0)\` for a component`
}

export type NotANumber<text extends string> = `\`${text}\` is not a number; write for example 2, 0.5, 1e-3 or 2 * x`
export function NotANumber(text: string): NotANumber<string> {
  return `\`${text}\` is not a number; write for example 2, 0.5, 1e-3 or 2 * x`
}

export type NotClosed<text extends string> = `\`)\` is missing to close \`${text}\``
export function NotClosed(text: string): NotClosed<string> {
  return `\`)\` is missing to close \`${text}\``
}

export type Chained = "comparisons do not chain; put one of them in parentheses"
export function Chained(): Chained {
  return "comparisons do not chain; put one of them in parentheses"
}
