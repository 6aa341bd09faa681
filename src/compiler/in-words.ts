// Replaces the engine's error for a stack overflow by a sentence. Walks over formulas use explicit stacks, but some operations still recurse.
import { about, FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { TooDeep } from "../messages/limits.ts"

export function inWords<T>(formula: string, body: () => T): T {
  try {
    return body()
  } catch (error) {
    const isStack = error instanceof Error && !(error instanceof FormulaError) && /call stack|recursion/i.test(error.message)
    throw isStack ? about(formula, TooDeep(limits.depth)) : error
  }
}
