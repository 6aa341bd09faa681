// `Vi`, `Vj`, `Pm`: the variables of formulas.
import { type Category, type IsDimension, parseAlias, type WrongDimension } from "../formula/alias.ts"
import type { IsName } from "../formula/text.ts"
import type { NotAName } from "../messages/alias.ts"
import { makeFormula, type Variable } from "./formula.ts"

/** The name, or the sentence about it. */
type CheckName<N extends string, C extends Category, D extends number> = string extends N
  ? N
  : IsName<N> extends true
    ? N
    : NotAName<`${N} = ${C}(${D})`, N>
/** The dimension, or the sentence about it. */
type CheckDim<N extends string, C extends Category, D extends number> = number extends D
  ? D
  : IsDimension<`${D}`> extends true
    ? D
    : WrongDimension<`${N} = ${C}(${D})`, `${D}`>

/**
 * A variable with one row of `dim` numbers for each i.
 *
 * @throws FormulaError where `name` is not a name or `dim` not an integer from 1 on.
 * @example
 * const x = Vi("x", 3) // Variable<"x", "Vi", 3>
 */
export function Vi<const N extends string, const D extends number>(
  name: CheckName<N, "Vi", D>,
  dim: CheckDim<N, "Vi", D>,
): Variable<N, "Vi", D> {
  return makeVariable(name as string, "Vi", dim as number) as Variable<N, "Vi", D>
}

/** A variable with one row of `dim` numbers for each j. Otherwise as `Vi`. */
export function Vj<const N extends string, const D extends number>(
  name: CheckName<N, "Vj", D>,
  dim: CheckDim<N, "Vj", D>,
): Variable<N, "Vj", D> {
  return makeVariable(name as string, "Vj", dim as number) as Variable<N, "Vj", D>
}

/** A parameter: `dim` numbers, the same for all i and j. Otherwise as `Vi`. */
export function Pm<const N extends string, const D extends number>(
  name: CheckName<N, "Pm", D>,
  dim: CheckDim<N, "Pm", D>,
): Variable<N, "Pm", D> {
  return makeVariable(name as string, "Pm", dim as number) as Variable<N, "Pm", D>
}

function makeVariable(name: string, category: Category, dim: number): unknown {
  // String() alone takes a symbol
  const variable = parseAlias(`${String(name)} = ${category}(${String(dim)})`)
  return makeFormula(variable.name, [variable], variable.dim, [], variable.name)
}
