// Compiles requests, each once in a process: watch mode asks for the same again and again.
import type { Built } from "../src/artifact/artifact.ts"
import type { GradientRequest, Request } from "../src/artifact/requests.ts"
import { compileGradient } from "../src/compiler/compile-gradient.ts"
import { compileReduction } from "../src/compiler/compile-reduction.ts"
import { FormulaError } from "../src/formula/error.ts"

/** `isMistake` if the formula itself is wrong, and not something that the compiler does not do. */
export type Compiled = { readonly artifact: Built } | { readonly why: string; readonly isMistake: boolean }

/** By their requests. */
const compiled = new Map<string, Compiled>()

export function compileOnce(request: Request | GradientRequest): Compiled {
  const key = JSON.stringify([
    request.formula,
    request.variables,
    request.reduction,
    request.over,
    request.k ?? 0,
    request.weight ?? "",
    request.operations ?? [],
    "wrt" in request && [request.wrt, request.of],
  ])
  const before = compiled.get(key)
  if (before) return before
  const now = attempt(request)
  compiled.set(key, now)
  return now
}

function attempt(request: Request | GradientRequest): Compiled {
  try {
    return { artifact: "wrt" in request ? compileGradient(request) : compileReduction(request) }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error), isMistake: error instanceof FormulaError }
  }
}
