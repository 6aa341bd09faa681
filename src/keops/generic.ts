// KeOps's mathematical aliases: `genericSum` and its like, called with one input after the other.
import type { Reduction } from "./reduction.ts"

type Over<o extends string> = o extends `${string}Vj${string}` ? "i" : "j"

export declare function genericSum<const F extends string, const O extends string, const A extends readonly string[]>(
  formula: F,
  output: O,
  ...aliases: A
): Reduction<F, A, "Sum", Over<O>>
