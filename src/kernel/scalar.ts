// Builds the values of the `scalar` expressions of rows.
import { guarded, power, readScalar, type Term } from "../formula/scalar.ts"
import type { PrimitiveName } from "../operations/primitives.ts"
import { primitives } from "../operations/primitives.ts"
import type { Graph } from "./graph.ts"
import type { Value } from "./ir.ts"

export type Scope = Readonly<Record<string, Value>>
const known = new Map<string, Term>()

/** The value of an expression with its names bound by `scope`: the last of the lines, those before it bind names. */
export function scalar(graph: Graph, lines: string | readonly string[], scope: Scope): Value {
  if (typeof lines !== "string") {
    const names: Record<string, Value> = { ...scope }
    for (const line of lines.slice(0, -1)) {
      const [, name, expression] = /^(\w+) = (.*)$/.exec(line) ?? fail(`no name in ${line}`)
      names[name!] = scalar(graph, expression!, names)
    }
    return scalar(graph, lines.at(-1)!, names)
  }
  const term = known.get(lines) ?? readScalar(lines)
  known.set(lines, term)
  return build(graph, term, scope)
}

function build(graph: Graph, term: Term, scope: Scope): Value {
  if ("number" in term) return graph.number(term.number)
  if ("name" in term) return scope[term.name] ?? fail(`unknown name ${term.name}`)
  const args = term.args.map((arg) => build(graph, arg, scope))
  if (term.call === power) return powerOf(graph, args[0]!, args[1]!)
  if (term.call === guarded) return graph.guarded(args[0]!)
  if (!(term.call in primitives)) fail(`unknown primitive ${term.call}`)
  return graph.apply(term.call as PrimitiveName, ...args)
}

/** `base` to a literal integer power, by squaring: WGSL's pow is NaN for negative bases, and no target has an integer power. */
function powerOf(graph: Graph, base: Value, exponent: Value): Value {
  if (exponent.kind !== "number" || !Number.isInteger(exponent.value)) return fail("power: the exponent is not a literal integer")
  let rest = Math.abs(exponent.value)
  let square = base
  let product: Value | undefined
  for (; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) product = product ? graph.apply("mul", product, square) : square
    if (rest > 1) square = graph.apply("mul", square, square)
  }
  if (!product) return graph.number(1)
  return exponent.value < 0 ? graph.apply("div", graph.number(1), product) : product
}

function fail(message: string): never {
  throw new Error(`in the table of operations: ${message}`)
}
