// A formula as a value: its text, its variables and one method for each row of the table of reductions. It computes nothing.
import type { Declaration } from "../formula/alias.ts"
import type { Dimension, Dims } from "../formula/dimensions/infer.ts"
import type { Wrong } from "../formula/dimensions/operand.ts"
import type { Reduced } from "../formula/dimensions/reduction.ts"
import type { DeclaredDifferently } from "../messages/alias.ts"
import { NotCompiled } from "../messages/keops.ts"
import type { ReductionMethods } from "../reductions/methods.ts"
import { method, type ReductionName, type ReductionRow, type Reductions, reductions } from "../reductions/reductions.ts"
import type { CheckK, Conflict, Faults, NoRank } from "./check.ts"
import { dimensionOf, makeReduction, refuse, takeBuilt } from "./make.ts"
import type { Axis, ToNumber } from "./matrices.ts"
import { unite } from "./pieces.ts"
import type { Reduction } from "./reduction.ts"
import type { AnyFormula, DeclaredBy, declarations, Mistake } from "./terms.ts"

/** The options of a method that makes a reduction. */
export interface ReduceOptions<O extends Axis> {
  /** The axis that is reduced over, by default `"j"`, which leaves one row for each i. */
  readonly over?: O
}

type CategoryOf<a extends string> = string extends a
  ? AnyFormula["category"]
  : [Extract<a, `${string} = Vi(${string}`>] extends [never]
    ? [Extract<a, `${string} = Vj(${string}`>] extends [never]
      ? "pm"
      : "j"
    : [Extract<a, `${string} = Vj(${string}`>] extends [never]
      ? "i"
      : "ij"

type Plain<T extends string, A extends string, R extends ReductionName> = <const O extends Axis = "j">(
  options?: ReduceOptions<O>,
) => Reduction<T, A, R, O>

/** `this` of a method whose reduction shares a maximum: anything, or the sentence that says why formula and weight do not fit. */
type Fits<T extends string, A extends string, R extends ReductionName, G> = [...Faults<Misfit<T, A, R, G>>] extends [1]
  ? Mistake<Misfit<T, A, R, G>>
  : unknown
type Misfit<T extends string, A extends string, R extends ReductionName, G> = [Conflict<A | DeclaredBy<G>>] extends [never]
  ? Reduced<T, TextOf<G>, R, Dims<A | DeclaredBy<G>>> extends Wrong<infer sentence extends string>
    ? sentence
    : never
  : DeclaredDifferently<Conflict<A | DeclaredBy<G>>>
type TextOf<G> = G extends { readonly text: infer s extends string } ? s : ""

type WeightNeeded<T extends string, A extends string, R extends ReductionName> = <const G extends AnyFormula, const O extends Axis = "j">(
  this: Fits<T, A, R, G>,
  weight: G,
  options?: ReduceOptions<O>,
) => Reduction<T, A | DeclaredBy<G>, R, O, 0, TextOf<G>>

type WeightTaken<T extends string, A extends string, R extends ReductionName> = <
  const O extends Axis = "j",
  const G extends AnyFormula | undefined = undefined,
>(
  this: Fits<T, A, R, G>,
  options?: ReduceOptions<O> & { readonly weight?: G },
) => Reduction<T, A | DeclaredBy<G>, R, O, 0, TextOf<G>>

/** K may be left out to the checker, so that `this` says what it is, where TypeScript would only count arguments. */
type Ranked<T extends string, A extends string, R extends ReductionName> = <const K extends number = never, const O extends Axis = "j">(
  this: Given<K>,
  k?: CheckK<K>,
  options?: ReduceOptions<O>,
) => Reduction<T, A, R, O, K>
type Given<K extends number> = [...Faults<NoRank<K>>] extends [1] ? Mistake<NoRank<K>> : unknown

type MethodOf<T extends string, A extends string, R extends ReductionName> = Reductions[R] extends { readonly ranked: true }
  ? Ranked<T, A, R>
  : Reductions[R] extends { readonly weight: infer weight }
    ? weight extends { readonly needed: true }
      ? WeightNeeded<T, A, R>
      : WeightTaken<T, A, R>
    : Plain<T, A, R>
/** One method for each row of the table of reductions, with its docstring. */
type Methods<T extends string, A extends string> = { readonly [M in keyof ReductionMethods]: MethodOf<T, A, ReductionMethods[M]> }

/** A formula of text `T` in variables declared by `A`, of dimension `D` and category `C`. */
interface Typed<T extends string, A extends string, D extends number, C extends AnyFormula["category"]> extends AnyFormula, Methods<T, A> {
  /** Dimension of the formula's values. */
  readonly dim: D
  /** The indices that the formula depends on: `"pm"` if on none. */
  readonly category: C
  readonly [declarations]?: A
}

/**
 * A formula of text `T` in variables declared by `A`, a union of declarations like `"x = Vi(3)"`. Its methods make reductions
 * (`ReductionMethods` describes them).
 *
 * @example
 * const f = keops(["Exp(-SqDist(", ", ", "))"], Vi("x", 3), Vj("y", 3))
 * f.dim // 1
 * f.category // "ij"
 * const a = await f.sum()({ x: points, y: samples }) // Matrix<"i", 1>
 */
export interface Formula<T extends string, A extends string> extends Typed<T, A, ToNumber<Dimension<T, A>>, CategoryOf<A>> {
  /** The formula as text, the variables by their names. */
  readonly text: T
}

/**
 * A variable: a formula of its own name. `Vi`, `Vj` and `Pm` make it.
 *
 * @example
 * const x: Variable<"x", "Vi", 3> = Vi("x", 3)
 */
// What a declaration says is not read from the formula again.
export interface Variable<N extends string, C extends "Vi" | "Vj" | "Pm", D extends number>
  extends Typed<N, `${N} = ${C}(${D})`, D, Categories[C]> {
  /** The name of the input. */
  readonly name: N
  /** The same: the variable as a formula. */
  readonly text: N
}
interface Categories {
  Vi: "i"
  Vj: "j"
  Pm: "pm"
}

const entries = Object.entries(reductions) as [ReductionName, ReductionRow][]

/** A formula at run time. `dim` is undefined where only the compiler knows it; a variable has a `name`. */
export function makeFormula(
  text: string,
  variables: readonly Declaration[],
  dim: number | undefined,
  operations: readonly object[],
  name?: string,
): AnyFormula {
  const index = (category: string, letter: string) => (variables.some((variable) => variable.category === category) ? letter : "")
  const formula = {
    text,
    variables,
    operations,
    category: index("Vi", "i") + index("Vj", "j") || "pm",
    get dim() {
      const known = dim ?? dimensionOf({ formula: text, variables, operations })
      if (known === undefined) throw new Error(NotCompiled(text))
      return known
    },
    ...(name && { name }),
  }
  for (const [reduction, row] of entries) {
    Object.defineProperty(formula, method(reduction), {
      value: (...args: unknown[]) => {
        const artifact = takeBuilt(args)
        const k = row.ranked ? (args.shift() as number) : 0
        const first = row.weight?.needed ? { weight: args.shift() as AnyFormula } : {}
        const {
          over = "j",
          weight,
          ...more
        } = { ...(args[0] as ReduceOptions<Axis>), ...first } as ReduceOptions<Axis> & { weight?: AnyFormula }
        refuse(more, "over, weight")
        const all = unite([...variables, ...((weight?.variables ?? []) as readonly Declaration[])])
        const used = operations.concat((weight?.operations ?? []) as readonly object[])
        // null is no weight that was left out
        const second = weight === undefined ? weight : ((weight?.text ?? null) as string)
        return makeReduction(
          { formula: text, variables: all, operations: used, reduction, over, k, weight: second, called: "record" },
          artifact,
        )
      },
    })
  }
  return formula as unknown as AnyFormula
}
