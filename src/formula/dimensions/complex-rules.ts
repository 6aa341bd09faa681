// The dimension rules of operations on complex vectors, whose components are pairs of real and imaginary parts.
import * as say from "../../messages/formula.ts"
import { type Dim, type Natural, natural, type Operand, type Text, type Vector, type Wrong } from "./operand.ts"

// The types are members of `Rules` itself, not of an interface that it extends: each of these costs a type for each call of an operation.
export type ComplexScale<args> = args extends `${infer f};${infer g}`
  ? Dim<f> extends "1"
    ? Even<Dim<g>, Dim<g>>
    : Dim<g> extends "1"
      ? Even<Dim<f>, Dim<f>>
      : Wrong<say.NoScale<Text<f>, Text<g>>>
  : never
export type ComplexFill<args> = args extends `${infer f};${infer n}`
  ? Dim<f> extends "2"
    ? Natural<n, "2", "1"> extends infer count
      ? count extends string
        ? Even<count, Vector<count>>
        : count
      : never
    : Wrong<say.NotComplex<"1", Text<f>>>
  : never

/** Twins of the members of `Rules` with these names. */
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
export type Even<dim, result> = dim extends `${string}${"0" | "2" | "4" | "6" | "8"}` ? result : Wrong<say.Odd<dim & string>>
function even(dim: number, result: number): number | string {
  return dim % 2 === 0 ? result : say.Odd(dim)
}

export type ComplexBroadcast<f, g> =
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
