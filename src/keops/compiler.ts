// Where the compiler is handed to the public face: `tskeops/jit` calls `setCompiler`. This file holds no compiler.
import type { Artifact, Request } from "../artifact/artifact.ts"

/** `compile` of src/kernel. */
export type Compile = (request: Request) => Artifact
/** A formula, or a reduction of it. */
export interface Measured {
  readonly formula: string
  readonly reduction?: string
  readonly weight?: string
}
/** The dimension of a formula or of a reduction's output: the public face asks for it. */
export type Measure = (plan: Measured, dims: Readonly<Record<string, number>>) => number

let registered: { readonly compile: Compile; readonly measure?: Measure } | undefined

/** Makes `compile` what reductions without an artifact ask; with `measure`, formulas know their dimension. */
export function setCompiler(compile: Compile, measure?: Measure): void {
  registered = { compile, measure }
}

export function currentCompiler(): typeof registered {
  return registered
}
