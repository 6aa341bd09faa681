// The dimension rules of operations that differentiate or rewrite a formula with respect to a variable, their second argument. Only the
// parser marks variables, so that in types the fast path leaves these to it.
import * as calculus from "../../messages/calculus.ts"
import * as say from "../../messages/formula.ts"
import type { Times } from "./decimal.ts"
import type { Dim, Operand, Text, Vector, Wrong } from "./operand.ts"

type NoVariable = Wrong<calculus.NotAVariable<"2">>

/** The members are twins of `derivativeRules`, one for each shape. */
export interface DerivativeRules<args> {
  gradient: args extends `${infer f};@${infer v};${infer e}`
    ? Dim<e> extends "1" | Dim<f>
      ? v
      : Wrong<say.CotangentMisfit<Text<e>, Text<f>>>
    : NoVariable
  differential: args extends `${infer f};@${infer v};${infer u}`
    ? Dim<u> extends v
      ? Dim<f>
      : Wrong<say.DirectionMisfit<Text<u>, v>>
    : NoVariable
  divergence: args extends `${infer f};@${infer v}` ? (Dim<f> extends v ? "1" : Wrong<say.NotSquare<Text<f>, v>>) : NoVariable
  laplacian: args extends `${infer f};@${string}` ? (Dim<f> extends "1" ? "1" : Wrong<say.NotScalar<"1", Text<f>>>) : NoVariable
  jacobian: args extends `${infer f};@${infer v}` ? Vector<Times<Dim<f>, v>> : NoVariable
  traceOperator: args extends `${infer f};@${infer rest}`
    ? rest extends `${infer v};${infer w}`
      ? Dim<f> extends "1" | v
        ? Dim<w> extends "1" | Dim<f>
          ? "1"
          : Wrong<say.Differ<Text<w>, Text<f>>>
        : Wrong<say.NotSquare<Text<f>, v>>
      : Dim<f> extends "1" | rest
        ? "1"
        : Wrong<say.NotSquare<Text<f>, rest>>
    : NoVariable
  sumLinear: args extends `${infer f};@${infer rest}`
    ? rest extends `${infer v};${infer a};${infer b}`
      ? Dim<a> extends Dim<f>
        ? Dim<b> extends v
          ? "1"
          : Wrong<say.DirectionMisfit<Text<b>, v>>
        : Wrong<say.Differ<Text<a>, Text<f>>>
      : rest extends `${string};${infer a}`
        ? Dim<a> extends Dim<f>
          ? "1"
          : Wrong<say.Differ<Text<a>, Text<f>>>
        : "1"
    : NoVariable
}

type OfVariable = (f: Operand, v: Operand, ...more: readonly Operand[]) => number | string
/** The rule, for a second argument that is a variable. */
const variable =
  (rule: OfVariable): OfVariable =>
  (f, v, ...more) =>
    v.isVariable ? rule(f, v, ...more) : calculus.NotAVariable(2)

export const derivativeRules = {
  gradient: variable((f, v, e) => (e!.dim === 1 || e!.dim === f.dim ? v.dim : say.CotangentMisfit(e!.dim, f.dim))),
  differential: variable((f, v, u) => (u!.dim === v.dim ? f.dim : say.DirectionMisfit(u!.dim, v.dim))),
  divergence: variable((f, v) => (f.dim === v.dim ? 1 : say.NotSquare(f.dim, v.dim))),
  laplacian: variable((f) => (f.dim === 1 ? 1 : say.NotScalar(1, f.dim))),
  jacobian: variable((f, v) => f.dim * v.dim),
  traceOperator: variable((f, v, w) => {
    if (f.dim > 1 && f.dim !== v.dim) return say.NotSquare(f.dim, v.dim)
    return w && w.dim > 1 && w.dim !== f.dim ? say.Differ(w.dim, f.dim) : 1
  }),
  sumLinear: variable((f, v, a, b) => {
    if (a && a.dim !== f.dim) return say.Differ(a.dim, f.dim)
    return b && b.dim !== v.dim ? say.DirectionMisfit(b.dim, v.dim) : 1
  }),
}
