// Names that the vectors use and this version does not support yet. A case that is listed here and passes fails the test, and so does a name
// that the tables contain.
import type { Case } from "./case.ts"

export const unsupported = {
  operations: [] as readonly string[],
  /** Operations on components, which share their names with reductions. */
  componentExtremes: [],
  reductions: [],
  /** A second formula, the weight. */
  weights: false,
  kinds: ["ranges", "batch", "solve"],
} as const

/** Why a case is not supported yet, or undefined. */
export function reasonFor({ kind, formula, formula2, reduction }: Case): string | undefined {
  if (includes(unsupported.kinds, kind)) return `kind ${kind}`
  const called = [...formula.matchAll(/\b([A-Za-z]\w*)\s*\(/g)].map((match) => match[1]!)
  const name = called.find((each) => includes(unsupported.operations, each) || includes(unsupported.componentExtremes, each))
  if (name !== undefined) return `operation ${name}`
  if (includes(unsupported.reductions, reduction)) return `reduction ${reduction}`
  if (unsupported.weights && formula2 != null) return "a weight"
  return undefined
}

function includes(list: readonly string[], name: string): boolean {
  return list.includes(name)
}
