// Where the compiler is handed to the public face: `tskeops/jit` calls `setCompiler`. This file holds no compiler.
import type { Artifact, Request } from "../artifact/artifact.ts"

/** `compile` of src/kernel. */
export type Compile = (request: Request) => Artifact
/** `parse` of src/formula: the public face asks it for dimensions. */
export type Parse = (text: string, dims: Readonly<Record<string, number>>) => { readonly dim: number }

let registered: { readonly compile: Compile; readonly parse?: Parse } | undefined

/** Makes `compile` what reductions without an artifact ask; with `parse`, formulas know their dimension. */
export function setCompiler(compile: Compile, parse?: Parse): void {
  registered = { compile, parse }
}

export function currentCompiler(): typeof registered {
  return registered
}
