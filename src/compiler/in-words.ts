// A sentence in the place of the engine's own where its stack ends: formulas are walked with stacks of their own, but not within all operations.
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
