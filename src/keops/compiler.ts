// Where the compiler is handed to the public face: `tskeops/jit` calls `setCompiler`. This file holds no compiler.
import type { Artifact, Request } from "../artifact/artifact.ts"

export interface Compiler {
  compile(request: Request): Artifact
  /** The dimension of a formula; throws a FormulaError. */
  dimension(formula: string, dims: Readonly<Record<string, number>>): number
}

let registered: Compiler | undefined

/** Makes `compiler` the one that reductions without an artifact ask. */
export function setCompiler(compiler: Compiler): void {
  registered = compiler
}

export function currentCompiler(): Compiler | undefined {
  return registered
}
