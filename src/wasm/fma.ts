// Which products of a schedule become fused multiply-adds: those that are used only once, as a summand.
import type { Value } from "../ir/program.ts"
import type { Schedule, Statement } from "../ir/statement.ts"

export function fusedProducts(schedule: Schedule): ReadonlySet<Value> {
  const uses = new Map<Value, number>()
  const summands = new Set<Value>()
  const use = (value: Value) => uses.set(value, (uses.get(value) ?? 0) + 1)
  const summand = (value: Value | undefined) => value && isProduct(value) && summands.add(value)
  const walk = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if ("body" in statement) walk(statement.body)
      if (statement.kind === "nest") for (const { value } of statement.stores) use(value)
      else if (statement.kind === "reduce") use(statement.segment.value)
      else if (statement.kind === "shift") use(statement.value)
      else if (statement.kind === "fold") {
        use(statement.fold.body)
        if (statement.fold.fold === "sum") summand(statement.fold.body)
      } else if (statement.value.kind === "apply") {
        const { args, primitive } = statement.value
        args.forEach(use)
        if (primitive === "add") summand(args.find(isProduct))
      }
    }
  }
  for (const region of ["constant", "row", "column", "pair"] as const) walk(schedule[region])
  const exported = new Set(schedule.columnValues)
  return new Set([...summands].filter((value) => uses.get(value) === 1 && !exported.has(value)))
}

const isProduct = (value: Value) => value.kind === "apply" && value.primitive === "mul"
