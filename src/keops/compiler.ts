// Where the compiler is handed to the public face: `tskeops/jit` calls `setCompiler`. This file holds no compiler.
import type { Artifact, Built } from "../artifact/artifact.ts"
import type { GradientRequest, Request } from "../artifact/requests.ts"

/** `compileReduction` of src/compiler. */
export type Compile = (request: Request) => Artifact
/** A formula, or a reduction of it. */
export interface Measured {
  readonly formula: string
  readonly reduction?: string
  readonly weight?: string
  readonly operations?: readonly (string | object)[]
}
/** The dimension of a formula or of a reduction's output: the public face asks for it. */
export type Measure = (plan: Measured, dims: Readonly<Record<string, number>>) => number
/** `compileGradient` of src/compiler. */
export type Differentiate = (request: GradientRequest) => Built

let registered: { readonly compile: Compile; readonly measure?: Measure; readonly differentiate?: Differentiate } | undefined

/** Makes `compile` what reductions without an artifact ask; with `measure`, formulas know their dimension; with `differentiate` they have gradients. */
export function setCompiler(compile: Compile, measure?: Measure, differentiate?: Differentiate): void {
  registered = { compile, measure, differentiate }
}

export function currentCompiler(): typeof registered {
  return registered
}
