// `Vi`, `Vj`, `Pm`: the variables of formulas.
import { type Category, type IsDimension, parseAlias, type WrongDimension } from "../formula/alias.ts"
import type { IsName } from "../formula/parser/characters.ts"
import type { IsUnion } from "../formula/parser/suggest.ts"
import type { NotAName } from "../messages/alias.ts"
import type { Faults } from "./check.ts"
import { makeFormula, type Variable } from "./formula.ts"

/** The sentence about the name, or never. */
type NameFault<N extends string, C extends Category, D extends number> = string extends N
  ? never
  : IsName<N> extends true
    ? never
    : NotAName<`${N} = ${C}(${D})`, N>
type CheckName<N extends string, C extends Category, D extends number> = [...Faults<NameFault<N, C, D>>] extends [1]
  ? NameFault<N, C, D>
  : N
/** The sentence about the dimension, or never. */
type DimFault<N extends string, C extends Category, D extends number> = number extends D
  ? never
  : IsDimension<`${D}`> extends true
    ? never
    : WrongDimension<`${N} = ${C}(${D})`, `${D}`>
type CheckDim<N extends string, C extends Category, D extends number> = [...Faults<DimFault<N, C, D>>] extends [1] ? DimFault<N, C, D> : D

/** One of several dimensions is none that is known. What is wrong is loosely typed, so that no second error follows from the first. */
type Made<N extends string, C extends Category, D extends number> = Variable<
  [NameFault<N, C, D>] extends [never] ? N : string,
  C,
  // biome-ignore lint/suspicious/noExplicitAny: `any` says to the transformer that a mistake has been reported
  [NameFault<N, C, D> | DimFault<N, C, D>] extends [never] ? (IsUnion<D> extends true ? number : D) : any
>

/**
 * A variable with one row of `dim` numbers for each i. It is a formula, and a term of others.
 *
 * @throws FormulaError if `name` is not a name, or `dim` not an integer from 1 to 2^24.
 * @example
 * const x = Vi("x", 3) // Variable<"x", "Vi", 3>
 * const norms = keops(["SqNorm2(", ")"], x).sum({ over: "i" })
 * const a = await norms({ x: points }) // Matrix<"j", 1>
 * @see KeOps: `Vi`, https://www.kernel-operations.io/keops/python/api/index.html
 */
export function Vi<const N extends string, const D extends number>(
  name: CheckName<N, "Vi", D>,
  dim: CheckDim<N, "Vi", D>,
): Made<N, "Vi", D> {
  return makeVariable(name as string, "Vi", dim as number) as Made<N, "Vi", D>
}

/**
 * A variable with one row of `dim` numbers for each j. It is a formula, and a term of others.
 *
 * @throws FormulaError if `name` is not a name, or `dim` not an integer from 1 to 2^24.
 * @example
 * const y = Vj("y", 3) // Variable<"y", "Vj", 3>
 * const norms = keops(["SqNorm2(", ")"], y).sum()
 * const a = await norms({ y: samples }) // Matrix<"i", 1>
 * @see KeOps: `Vj`, https://www.kernel-operations.io/keops/python/api/index.html
 */
export function Vj<const N extends string, const D extends number>(
  name: CheckName<N, "Vj", D>,
  dim: CheckDim<N, "Vj", D>,
): Made<N, "Vj", D> {
  return makeVariable(name as string, "Vj", dim as number) as Made<N, "Vj", D>
}

/**
 * A parameter: one row of `dim` numbers, the same for all i and j; of dimension 1 also one number. It is a formula, and a term of others.
 *
 * @throws FormulaError if `name` is not a name, or `dim` not an integer from 1 to 2^24.
 * @example
 * const g = Pm("g", 1) // Variable<"g", "Pm", 1>
 * const density = keops(["Exp(-", " * SqDist(", ", ", "))"], g, Vi("x", 3), Vj("y", 3)).sum()
 * const a = await density({ g: 0.5, x: points, y: samples }) // Matrix<"i", 1>
 * @see KeOps: `Pm`, https://www.kernel-operations.io/keops/python/api/index.html
 */
export function Pm<const N extends string, const D extends number>(
  name: CheckName<N, "Pm", D>,
  dim: CheckDim<N, "Pm", D>,
): Made<N, "Pm", D> {
  return makeVariable(name as string, "Pm", dim as number) as Made<N, "Pm", D>
}

function makeVariable(name: string, category: Category, dim: number): unknown {
  // String() alone takes a symbol
  const variable = parseAlias(`${String(name)} = ${category}(${String(dim)})`)
  return makeFormula(variable.name, [variable], variable.dim, [], variable.name)
}
