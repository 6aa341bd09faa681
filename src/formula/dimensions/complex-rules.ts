// The dimension rules of operations on complex vectors, whose components are pairs of real and imaginary parts.
import * as say from "../../messages/formula.ts"
import type { Add, Divide } from "./decimal.ts"
import { type Dim, type Natural, natural, type Operand, type Text, type Vector, type Wrong } from "./operand.ts"

/** The members are twins of `complexRules`. */
export interface ComplexRules<args> {
  complex: Even<Dim<args>, Dim<args>>
  complexBroadcast: args extends `${infer f};${infer g}` ? ComplexBroadcast<Dim<f>, Dim<g>> : never
  complexPart: Even<Dim<args>, Divide<Dim<args>, "2">>
  double: Vector<Add<Dim<args>, Dim<args>>>
  complexScale: args extends `${infer f};${infer g}`
    ? Dim<f> extends "1"
      ? Even<Dim<g>, Dim<g>>
      : Dim<g> extends "1"
        ? Even<Dim<f>, Dim<f>>
        : Wrong<say.NoScale<Text<f>, Text<g>>>
    : never
  complexSum: Even<Dim<args>, "2">
  complexFill: args extends `${infer f};${infer n}`
    ? Dim<f> extends "2"
      ? Natural<n, "2", "1"> extends infer count
        ? count extends string
          ? Even<count, Vector<count>>
          : count
        : never
      : Wrong<say.NotComplex<"1", Text<f>>>
    : never
}

export const complexRules = {
  complex: (f: Operand) => even(f.dim, f.dim),
  complexBroadcast: (f: Operand, g: Operand) => complexBroadcast(f.dim, g.dim),
  complexPart: (f: Operand) => even(f.dim, f.dim / 2),
  double: (f: Operand) => 2 * f.dim,
  complexScale: (f: Operand, g: Operand) =>
    f.dim === 1 ? even(g.dim, g.dim) : g.dim === 1 ? even(f.dim, f.dim) : say.NoScale(f.dim, g.dim),
  complexSum: (f: Operand) => even(f.dim, 2),
  complexFill: (f: Operand, x: Operand) => {
    if (f.dim !== 2) return say.NotComplex(1, f.dim)
    const n = natural(x, 2, 1)
    return typeof n === "string" ? n : even(n.n, n.n)
  },
}

/** `result` where `dim` is even. */
type Even<dim, result> = dim extends `${string}${"0" | "2" | "4" | "6" | "8"}` ? result : Wrong<say.Odd<dim & string>>
function even(dim: number, result: number): number | string {
  return dim % 2 === 0 ? result : say.Odd(dim)
}

type ComplexBroadcast<f, g> =
  Even<f, g> extends Wrong<infer sentence>
    ? Wrong<sentence>
    : Even<g, f> extends Wrong<infer sentence>
      ? Wrong<sentence>
      : f extends g | "2"
        ? g
        : g extends "2"
          ? f
          : Wrong<say.ComplexDiffer<f & string, g & string>>
function complexBroadcast(f: number, g: number): number | string {
  if (f % 2 === 1) return say.Odd(f)
  if (g % 2 === 1) return say.Odd(g)
  return f === g || f === 2 ? g : g === 2 ? f : say.ComplexDiffer(f, g)
}
