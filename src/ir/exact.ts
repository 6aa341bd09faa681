// Which values a comparison or `floor` may see: their quotients and square roots must be rounded correctly, or floor(30 / 15) might be 1.
import type { PrimitiveName } from "../operations/primitives.ts"
import { type CellStore, operands, type Program, type Value } from "./program.ts"

const steps: ReadonlySet<PrimitiveName> = new Set(["floor", "lt", "le", "eq", "ne"])
/** Their results are rounded anyway, so their arguments need not be exact. */
const open: ReadonlySet<PrimitiveName> = new Set(["exp", "log", "sin", "cos"])

export function exactValues({ segments, shift, reduction }: Program): ReadonlySet<Value> {
  const results = [...segments.map(({ value }) => value), ...(shift ? [shift] : [])]
  const all = reached(results, operands)
  const stores = [...all].flatMap((value): readonly CellStore[] => (value.kind === "recurrence" ? value.stores : []))
  const compared = [...all].flatMap((value) => (value.kind === "apply" && steps.has(value.primitive) ? value.args : []))
  const sources = (value: Value): readonly Value[] => {
    if (value.kind === "apply" && open.has(value.primitive)) return []
    if (value.kind === "cell") return stores.flatMap((store) => (store.cells === value.cells ? [store.value] : []))
    return operands(value)
  }
  const exact = reached(compared, sources)
  if (reduction.outputs === "values") return exact
  // An index shows which of two results is smaller: so everything computed less often than once a pair is exact, which costs little.
  return new Set([...exact, ...[...reached(results, sources)].filter(({ region }) => region !== "pair")])
}

/** `values` and all values reachable from them. */
function reached(values: readonly Value[], next: (value: Value) => readonly Value[]): ReadonlySet<Value> {
  const found = new Set(values)
  // A set's iterator also visits elements added during the iteration.
  for (const value of found) for (const one of next(value)) found.add(one)
  return found
}
