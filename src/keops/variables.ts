// `Vi`, `Vj`, `Pm`: the variables of formulas.

import type { Alias } from "../formula/alias.ts"
import { type Category, parseAlias } from "../formula/alias.ts"
import type { Wrong } from "../formula/rules.ts"
import { makeFormula, type Variable } from "./formula.ts"

/** What an argument must be: anything where `name = category(dim)` can be read, else the sentence that says why not. */
type Checked<own, N extends string, C extends Category, D extends number> = string extends N
  ? own
  : number extends D
    ? own
    : Alias<`${N} = ${C}(${D})`> extends Wrong<infer sentence>
      ? sentence
      : own

/**
 * A variable with one row of `dim` numbers for each i.
 *
 * @throws FormulaError where `name` is not a name or `dim` not an integer from 1 on.
 * @example
 * const x = Vi("x", 3) // Variable<"x", "Vi", 3>
 */
export function Vi<const N extends string, const D extends number>(name: N, dim: Checked<D, N, "Vi", D>): Variable<N, "Vi", D> {
  return makeVariable(name, "Vi", dim as number) as Variable<N, "Vi", D>
}

/** A variable with one row of `dim` numbers for each j. Otherwise as `Vi`. */
export function Vj<const N extends string, const D extends number>(name: N, dim: Checked<D, N, "Vj", D>): Variable<N, "Vj", D> {
  return makeVariable(name, "Vj", dim as number) as Variable<N, "Vj", D>
}

/** A parameter: `dim` numbers, the same for all i and j. Otherwise as `Vi`. */
export function Pm<const N extends string, const D extends number>(name: N, dim: Checked<D, N, "Pm", D>): Variable<N, "Pm", D> {
  return makeVariable(name, "Pm", dim as number) as Variable<N, "Pm", D>
}

function makeVariable(name: string, category: Category, dim: number): unknown {
  const variable = parseAlias(`${name} = ${category}(${dim})`)
  return makeFormula(variable.name, [variable], variable.dim, variable.name)
}
