// Which values a comparison or `floor` may see: their quotients and square roots must be rounded correctly, lest 30 / 15 be below 2.
import type { PrimitiveName } from "../operations/primitives.ts"
import { type CellStore, operands, type Program, type Value } from "./program.ts"

const steps: ReadonlySet<PrimitiveName> = new Set(["floor", "lt", "le", "eq", "ne"])
/** Their own last bits are open, so that it means nothing to them that an argument is exact. */
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
  // An index tells which of two results is smaller, too: what costs nothing for a pair is exact there.
  return new Set([...exact, ...[...reached(results, sources)].filter(({ region }) => region !== "pair")])
}

/** What can be reached from `values`, and they themselves. */
function reached(values: readonly Value[], next: (value: Value) => readonly Value[]): ReadonlySet<Value> {
  const found = new Set(values)
  // a set's iterator comes to what is added meanwhile
  for (const value of found) for (const one of next(value)) found.add(one)
  return found
}
