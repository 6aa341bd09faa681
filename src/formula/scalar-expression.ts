// Reads the `scalar` expressions of rows. Not the parser of formulas: the names are the primitives and the row's own arguments, and there are
// no dimensions. What the expressions build is in scalar-values.ts.
import * as say from "../messages/user-operation.ts"
import { type Primitive, type PrimitiveName, primitives } from "../operations/primitives.ts"
import { about } from "./error.ts"

export type Expression =
  | { readonly number: number }
  | { readonly name: string }
  | { readonly call: string; readonly args: readonly Expression[] }

/** `power(f, n)`, the only call that is no primitive: n is an integer literal. */
export const power = "power"
/** `guarded(f)`, in rows of the calculus alone: f, but its zeros of choices are absent. */
export const guarded = "guarded"

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

/**
 * The tree of an expression.
 *
 * @throws FormulaError where it cannot be read.
 */
export function readScalar(text: string): Expression {
  const tokens = text.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?(?:e[-+]?\d+)?|<=|==|!=|\S/g) ?? []
  let at = 0
  const take = (): string => {
    const token = tokens[at++]
    if (token === undefined) throw about(text, say.scalarEnds(text))
    return token
  }
  const unexpected = () => about(text, say.scalarUnexpected(tokens[at - 1]!, text))
  const operand = (): Expression => {
    const token = take()
    if (token === "-") return { call: "neg", args: [operand()] }
    if (token === "(") {
      const inner = climb(1)
      if (take() !== ")") throw unexpected()
      return inner
    }
    if (/^\d/.test(token)) return { number: Number(token) }
    if (!/^\w/.test(token)) throw unexpected()
    if (tokens[at] !== "(") return { name: token }
    const args: Expression[] = []
    let next: string
    do {
      at++
      args.push(climb(1))
      next = take()
      at--
    } while (next === ",")
    if (take() !== ")") throw unexpected()
    return { call: token, args }
  }
  const climb = (least: number): Expression => {
    let left = operand()
    for (let rule = binary[tokens[at]!]; rule && rule[0] >= least; rule = binary[tokens[at]!]) {
      at++
      left = { call: rule[1], args: [left, climb(rule[0] + 1)] }
    }
    return left
  }
  const term = climb(1)
  if (at++ < tokens.length) throw unexpected()
  return term
}

/**
 * Whether an expression in the names `args` is a number, of primitives that get what they take.
 *
 * @throws FormulaError where it is not.
 */
export function checkScalar(text: string, args: readonly string[]): void {
  const refuse = (sentence: string): never => {
    throw about(text, sentence)
  }
  const kindOf = (term: Expression): "number" | "mask" => {
    if ("number" in term) return "number"
    if ("name" in term) return args.includes(term.name) ? "number" : refuse(say.notAnArgument(term.name, args.join(", ")))
    if (!Object.hasOwn(primitives, term.call) && term.call !== power)
      refuse(say.unknownPrimitive(term.call, [...Object.keys(primitives), power].join(", ")))
    const taken: Primitive = term.call === power ? primitives.mul : primitives[term.call as PrimitiveName]
    if (term.args.length !== taken.args.length) refuse(say.primitiveCount(term.call, taken.args.length, term.args.length))
    for (const [n, arg] of term.args.entries())
      if (kindOf(arg) !== taken.args[n]) refuse(say.primitiveKind(term.call, n + 1, taken.args[n]!))
    if (term.call === power && !isInteger(term.args[1]!)) refuse(say.powerExponent())
    return taken.result
  }
  if (kindOf(readScalar(text)) === "mask") refuse(say.notANumberButMask(text))
}

function isInteger(term: Expression): boolean {
  if ("number" in term) return Number.isInteger(term.number)
  return "call" in term && term.call === "neg" && isInteger(term.args[0]!)
}
