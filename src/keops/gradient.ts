// Gradients of reductions in types: which there are, what they take and what they give. The functions themselves are made by make.ts.

import type { ReducedDimension } from "../formula/dimensions/reduction.ts"
import type { Near } from "../formula/parser/suggest.ts"
import type { GradientMissing, NoGradient, NoNames, NoSecondGradient, NoSuchVariable } from "../messages/gradient.ts"
import type { Gradients, GradientText } from "../reductions/gradients.ts"
import type { ReductionName, Reductions, Whichever } from "../reductions/reductions.ts"
import type { Matrix } from "../runtime/matrix.ts"
import type { RunOptions } from "../runtime/options.ts"
import type { Faults } from "./check.ts"
import type { Arguments, Axis, Output, ToNumber, Width } from "./matrices.ts"
import type { Reduction } from "./reduction.ts"
import type { Mistake, Signature } from "./terms.ts"

/** The declarations of variables: a union, or a tuple in call order. */
type Declarations = string | readonly string[]
type Members<a> = a extends readonly unknown[] ? a[number] : a
type NameOf<d> = string extends d ? string : d extends `${infer n} = ${string}` ? n : never
type NamesIn<a> = NameOf<Members<a>>
type Parts<d> = d extends `${string} = ${infer c}(${infer dim})` ? [c, dim] : never
/** `[category, dimension]` of the variable `n`; of any where the declarations are known only at run time. */
type PartsOf<a, n extends string> =
  string extends Members<a> ? ["Vi" | "Vj" | "Pm", string] : Parts<Extract<Members<a>, `${n} = ${string}`>>

/** The name of a variable with respect to which there is a gradient; else suggestions, and the sentence that says why not. */
export type CheckName<N, A, R extends ReductionName> = [...Faults<NameFault<N, A, R>>] extends [1] ? NameFault<N, A, R> : N
type NameFault<N, A, R extends ReductionName> = [R] extends [keyof Gradients]
  ? N extends NamesIn<A>
    ? never
    : N extends string
      ? string extends N
        ? never
        : NamesIn<A> | Mistake<NoSuchVariable<N, Near<N, NamesIn<A>>>>
      : never
  : keyof Gradients extends R
    ? // An unknown reduction, which is reported.
      never
    : Mistake<Reductions[R]["outputs"] extends "indices" ? NoGradient<R> : GradientMissing<R>>
/** Likewise of each name of a list. */
export type CheckNames<N, A, R extends ReductionName> = { readonly [k in keyof N]: CheckName<N[k], A, R> }

/** Beside the list, whose names would not be inferred through it: that it has one. */
export type Some<N> = N extends readonly [] ? Mistake<NoNames> : unknown

/** The cotangent's name: the first of `cotangent`, `cotangent2`, `cotangent3` that no variable has. Its twin is `Steps.declare` of the calculus. */
type FreeName<names, n extends readonly 1[] = readonly [1]> = `cotangent${n extends readonly [1] ? "" : n["length"]}` extends infer name
  ? name extends names
    ? FreeName<names, readonly [...n, 1]>
    : name
  : never
type Cotangent<A> = (string extends NamesIn<A> ? "cotangent" : FreeName<NamesIn<A>>) & string

/** A side on which no variable has rows has one row: a parameter. */
type Side<A, c extends "Vi" | "Vj"> = c extends PartsOf<A, string>[0] ? c : "Pm"
type WidthText<
  T extends string,
  A extends Declarations,
  R extends ReductionName,
  K extends number,
  W extends string,
> = Reductions[R] extends {
  readonly ranked: true
}
  ? `${Width<K, ReducedDimension<T, W, R, A>>}`
  : ReducedDimension<T, W, R, A>
/** The declarations with that of the cotangent, which has the shape of what the reduction gives. */
export type WithCotangent<
  T extends string,
  A extends Declarations,
  R extends ReductionName,
  O extends Axis,
  K extends number,
  W extends string,
> = Append<A, `${Cotangent<A>} = ${Side<A, O extends "j" ? "Vi" : "Vj">}(${WidthText<T, A, R, K, W>})`>
type Append<A extends Declarations, d extends string> = A extends readonly string[] ? readonly [...A, d] : A | d

/** A gradient, with the category of its variable; a parameter's is one row of category `"pm"`. */
type GradientMatrix<A, N extends string> =
  PartsOf<A, N> extends [infer c, infer dim] ? Matrix<c extends "Vi" ? "i" : c extends "Vj" ? "j" : "pm", ToNumber<dim>> : never

/**
 * What `.grad(name)` gives: where the gradient is the same reduction of another formula, that reduction, which has gradients of its own; else
 * a function that runs several kernels.
 */
export type GradientOf<
  T extends string,
  A extends Declarations,
  R extends ReductionName,
  O extends Axis,
  K extends number,
  W extends string,
  N extends string,
> = [R] extends [keyof Gradients]
  ? Gradients[R] extends { readonly before: unknown }
    ? Gradient<T, A, R, O, K, W, N>
    : PartsOf<A, N>[0] extends "Vi" | "Vj"
      ? Reduction<GradientText<T, N, Cotangent<A>>, WithCotangent<T, A, R, O, K, W>, R, PartsOf<A, N>[0] extends "Vi" ? "j" : "i">
      : Gradient<T, A, R, O, K, W, N>
  : // There is none, which is reported.
    // biome-ignore lint/suspicious/noExplicitAny: see above
    Gradient<any, string, Whichever, O, K, any, any>

/** The declarations with that of the next cotangent, where the gradients with respect to `B` have been taken, one of the other. */
type WithNext<
  T extends string,
  A extends Declarations,
  R extends ReductionName,
  O extends Axis,
  K extends number,
  W extends string,
  B extends readonly string[],
> = B extends readonly [...unknown[], infer last extends string]
  ? PartsOf<A, last> extends [infer c extends string, infer dim extends string]
    ? Append<A, `${Cotangent<A>} = ${c}(${dim})`>
    : A
  : WithCotangent<T, A, R, O, K, W>

/** Like `CheckName`, of a gradient's gradient. */
type CheckNext<N, A, R extends ReductionName> = R extends keyof Gradients
  ? Gradients[R] extends { readonly last: true }
    ? Mistake<NoSecondGradient<R>>
    : CheckName<N, A, R>
  : CheckName<N, A, R>

/**
 * The gradient of a reduction with respect to the variable `N`: the transposed Jacobian times a cotangent, which has the shape of what the
 * reduction gives and is passed as `cotangent`, or last. The other parameters are the reduction's. Of a gradient's gradient, `B` are the
 * variables before, and their cotangents stand in `A`.
 */
export interface Gradient<
  T extends string,
  A extends Declarations,
  R extends ReductionName,
  O extends Axis,
  K extends number,
  W extends string,
  N extends string,
  B extends readonly string[] = readonly [],
> {
  /** Computes the gradient: inputs as the reduction's, and the cotangent. It rejects as the reduction does. */
  (...inputs: Arguments<WithNext<T, A, R, O, K, W, B>>): Promise<GradientMatrix<A, N>>
  /** The same gradient with these options. */
  with(options: RunOptions): Gradient<T, A, R, O, K, W, N, B>
  /** The gradient of this gradient, whose cotangent has the shape of what this one gives. */
  grad<const M extends string>(
    name: CheckNext<M, WithNext<T, A, R, O, K, W, B>, R>,
    ...built: readonly never[]
  ): Gradient<T, WithNext<T, A, R, O, K, W, B>, R, O, K, W, M, readonly [...B, N]>
  /** The gradient as data; `formula` is that of the reduction. */
  readonly signature: Signature
}

/** A reduction and its gradients with respect to the variables `N`, called as `Gradient` is. */
export interface ValueAndGradient<
  T extends string,
  A extends Declarations,
  R extends ReductionName,
  O extends Axis,
  K extends number,
  W extends string,
  N extends string,
> {
  /** Computes the value and the gradients: inputs as the reduction's, and the cotangent. It rejects as the reduction does. */
  (
    ...inputs: Arguments<WithCotangent<T, A, R, O, K, W>>
  ): Promise<{
    readonly value: Output<ReducedDimension<T, W, R, A>, R, O, K>
    readonly gradients: { readonly [n in N]: GradientMatrix<A, n> }
  }>
  /** The same with these options. */
  with(options: RunOptions): ValueAndGradient<T, A, R, O, K, W, N>
  /** The reduction as data. */
  readonly signature: Signature
}
