// Builds the values of the `scalar` expressions of rows, whatever a value is: a node of the IR, or a number.
import { type PrimitiveName, primitives } from "../operations/primitives.ts"
import { type Expression, guarded, power, readScalar } from "./scalar-expression.ts"

/** What makes values. */
export interface ScalarBuild<Value> {
  number(value: number): Value
  apply(primitive: PrimitiveName, ...args: Value[]): Value
  /** The value, but its zeros of choices are absent. */
  guarded(value: Value): Value
  /** The number that a value is whatever the data, if it is one. */
  literal(value: Value): number | undefined
}

type Scope<Value> = Readonly<Record<string, Value>>
/** Expressions that were read, by their text. */
const expressions = new Map<string, Expression>()

/** The value of an expression with its names bound by `scope`: the last of the lines, those before it bind names. */
export function scalar<Value>(build: ScalarBuild<Value>, lines: string | readonly string[], scope: Scope<Value>): Value {
  if (typeof lines !== "string") {
    const names: Record<string, Value> = { ...scope }
    for (const line of lines.slice(0, -1)) {
      const [, name, expression] = /^(\w+) = (.*)$/.exec(line) ?? fail(`no name in ${line}`)
      names[name!] = scalar(build, expression!, names)
    }
    return scalar(build, lines.at(-1)!, names)
  }
  const term = expressions.get(lines) ?? readScalar(lines)
  expressions.set(lines, term)
  return made(build, term, scope)
}

function made<Value>(build: ScalarBuild<Value>, term: Expression, scope: Scope<Value>): Value {
  if ("number" in term) return build.number(term.number)
  if ("name" in term) return scope[term.name] ?? fail(`unknown name ${term.name}`)
  const args = term.args.map((arg) => made(build, arg, scope))
  if (term.call === power) return powerOf(build, args[0]!, build.literal(args[1]!))
  if (term.call === guarded) return build.guarded(args[0]!)
  if (!(term.call in primitives)) fail(`unknown primitive ${term.call}`)
  return build.apply(term.call as PrimitiveName, ...args)
}

/** `base` to an integer power, by squaring: WGSL's pow is NaN for negative bases, and no target has an integer power. */
function powerOf<Value>(build: ScalarBuild<Value>, base: Value, exponent: number | undefined): Value {
  if (!Number.isInteger(exponent)) return fail("power: the exponent is not a literal integer")
  let rest = Math.abs(exponent!)
  let square = base
  let product: Value | undefined
  for (; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) product = product === undefined ? square : build.apply("mul", product, square)
    if (rest > 1) square = build.apply("mul", square, square)
  }
  if (product === undefined) return build.number(1)
  return exponent! < 0 ? build.apply("div", build.number(1), product) : product
}

function fail(message: string): never {
  throw new Error(`in the table of operations: ${message}`)
}
