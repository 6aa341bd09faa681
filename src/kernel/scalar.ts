// Reads the `scalar` expressions of the table of operations and builds their values. Not the formula parser: its names are
// the primitives and the row's own arguments, and there are no dimensions.
import type { PrimitiveName } from "../operations/primitives.ts"
import { primitives } from "../operations/primitives.ts"
import type { Graph } from "./graph.ts"
import type { Value } from "./ir.ts"

export type Scope = Readonly<Record<string, Value>>
type Term = { readonly number: number } | { readonly name: string } | { readonly call: string; readonly args: readonly Term[] }

const binary: Readonly<Record<string, readonly [level: number, primitive: PrimitiveName]>> = {
  "<": [1, "lt"],
  "<=": [1, "le"],
  "==": [1, "eq"],
  "!=": [1, "ne"],
  "+": [2, "add"],
  "-": [2, "sub"],
  "*": [3, "mul"],
  "/": [3, "div"],
}

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
  const term = known.get(lines) ?? read(lines)
  known.set(lines, term)
  return build(graph, term, scope)
}

function build(graph: Graph, term: Term, scope: Scope): Value {
  if ("number" in term) return graph.number(term.number)
  if ("name" in term) return scope[term.name] ?? fail(`unknown name ${term.name}`)
  const args = term.args.map((arg) => build(graph, arg, scope))
  if (term.call === "power") return power(graph, args[0]!, args[1]!)
  if (!(term.call in primitives)) fail(`unknown primitive ${term.call}`)
  return graph.apply(term.call as PrimitiveName, ...args)
}

/** `base` to a literal integer power, by squaring: WGSL's pow is NaN for negative bases, and no target has an integer power. */
function power(graph: Graph, base: Value, exponent: Value): Value {
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

function read(expression: string): Term {
  const tokens = expression.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?(?:e[-+]?\d+)?|<=|==|!=|[-+*/<(),]/g) ?? []
  let at = 0
  const expect = (token: string) => (tokens[at++] === token ? undefined : fail(`expected ${token} in ${expression}`))
  const operand = (): Term => {
    const token = tokens[at++] ?? fail(`${expression} ends too early`)
    if (token === "-") return { call: "neg", args: [operand()] }
    if (token === "(") {
      const inner = climb(1)
      expect(")")
      return inner
    }
    if (/^\d/.test(token)) return { number: Number(token) }
    if (tokens[at] !== "(") return { name: token }
    const args: Term[] = []
    do {
      at++
      args.push(climb(1))
    } while (tokens[at] === ",")
    expect(")")
    return { call: token, args }
  }
  const climb = (least: number): Term => {
    let left = operand()
    for (let rule = binary[tokens[at]!]; rule && rule[0] >= least; rule = binary[tokens[at]!]) {
      at++
      left = { call: rule[1], args: [left, climb(rule[0] + 1)] }
    }
    return left
  }
  const term = climb(1)
  return at === tokens.length ? term : fail(`unexpected ${tokens[at]} in ${expression}`)
}

function fail(message: string): never {
  throw new Error(`in the table of operations: ${message}`)
}
