// Compiles requests, each once in a process: watch mode asks for the same again and again.
import type { Artifact, Request } from "../src/artifact/artifact.ts"
import { FormulaError } from "../src/formula/error.ts"
import { compile } from "../src/kernel/compile.ts"

/** `isMistake` where the formula itself is wrong, and not something that the compiler does not do. */
export type Compiled = { readonly artifact: Artifact } | { readonly why: string; readonly isMistake: boolean }

const known = new Map<string, Compiled>()

export function compileOnce(request: Request): Compiled {
  const key = JSON.stringify([request.formula, request.variables, request.reduction, request.over, request.k ?? 0, request.weight ?? ""])
  const before = known.get(key)
  if (before) return before
  const now = attempt(request)
  known.set(key, now)
  return now
}

function attempt(request: Request): Compiled {
  try {
    return { artifact: compile(request) }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error), isMistake: error instanceof FormulaError }
  }
}
