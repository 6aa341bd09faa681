// What a reduction takes and gives, in types: the names of the variables stand in the types, so that an error or a signature shows them.
import type { Declared } from "../formula/alias.ts"
import type { Times } from "../formula/dimensions/decimal.ts"
import type { ReductionName, Reductions } from "../reductions/reductions.ts"
import type { Matrix } from "../runtime/matrix.ts"

/** An axis: `"j"` is KeOps's `axis=1`, whose reductions return one row for each i; `"i"` is `axis=0`, one row for each j. */
export type Axis = "i" | "j"

/** The number that a digit string writes; `number` where it is not known. */
export type ToNumber<s> = s extends `${infer n extends number}` ? n : number

type Numbers =
  | readonly number[]
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray

/** The number itself, where a parameter has dimension 1. */
type Scalar<dim extends number> = 1 extends dim ? number : never

/**
 * Rows of the variable `name`, of `dim` numbers each: row-major in a typed array or a flat array, one array a row, or a matrix. Other numbers than float32
 * are rounded to it.
 * `name` takes no part in what fits: it is there to be read.
 */
export type MatrixArg<_name extends string, dim extends number> =
  | Numbers
  | readonly Numbers[]
  // biome-ignore lint/suspicious/noExplicitAny: a matrix of either category and any data may be an input
  | Matrix<any, dim, any>

/** The arguments of a call: one record for a union of declarations, one after the other for a tuple. */
export type Arguments<a extends string | readonly string[]> = [a] extends [never]
  ? readonly [inputs?: { readonly [name in never]: never }]
  : [a] extends [infer list extends readonly string[]]
    ? [Extract<list[number], Definition>] extends [never]
      ? { readonly [k in keyof list]: ArgumentOf<list[k]> }
      : Arguments<Variables<list>>
    : string extends a
      ? readonly [inputs: { readonly [name: string]: MatrixArg<string, number> | number }]
      : readonly [
          inputs: {
            readonly [d in a & string as Declared<d> extends [infer n extends string, unknown, unknown] ? n : never]: ArgumentOf<d>
          },
        ]

type Definition = `operation ${string}`
/** The declarations of a tuple without definitions of operations, which are no inputs. */
type Variables<list, kept extends readonly string[] = readonly []> = list extends readonly [infer one extends string, ...infer rest]
  ? Variables<rest, one extends Definition ? kept : readonly [...kept, one]>
  : kept

type ArgumentOf<d> =
  Declared<d> extends [infer name extends string, infer category, infer dim]
    ? category extends "Pm"
      ? MatrixArg<name, ToNumber<dim>> | Scalar<ToNumber<dim>>
      : MatrixArg<name, ToNumber<dim>>
    : MatrixArg<string, number> | number

/** What a reduction of a formula of dimension `dim` gives. */
export type Output<dim extends string, r extends ReductionName, over extends Axis, k extends number> = Outputs<
  over extends "j" ? "i" : "j",
  Reductions[r] extends { readonly ranked: true } ? Width<k, dim> : ToNumber<dim>
>[Reductions[r]["outputs"]]

/** Numbers of a row of a ranked reduction. */
export type Width<k extends number, dim extends string> = number extends k
  ? number
  : string extends dim
    ? number
    : ToNumber<Times<`${k}`, dim>>

interface Outputs<c extends Axis, width extends number> {
  values: Matrix<c, width>
  indices: Matrix<c, width, Int32Array>
  both: { readonly values: Matrix<c, width>; readonly indices: Matrix<c, width, Int32Array> }
}
