// Simplifies masks while a program is built: connectives and comparisons that need not be computed. All rules are valid for NaN too.
import { evaluate } from "../operations/evaluate.ts"
import type { PrimitiveName } from "../operations/primitives.ts"
import type { ApplyValue, Value } from "./program.ts"
import { isNonNegative, isNonPositive, isPositive } from "./sign.ts"

/** `Graph.bound`. */
interface Builder {
  apply(primitive: PrimitiveName, ...args: Value[]): Value
  number(value: number): Value
}

/** A mask, and whether it is negated. */
interface Turned {
  readonly mask: Value
  readonly isTurned: boolean
}
const opposite: Partial<Record<PrimitiveName, PrimitiveName>> = { eq: "ne", ne: "eq" }

const isCall = (value: Value, primitive: PrimitiveName) => value.kind === "apply" && value.primitive === primitive
const argOf = (value: Value) => (value as ApplyValue).args[0]!
const literal = (value: Value) => (value.kind === "number" ? value.value : undefined)

/** The value of a mask that is the same for all data; otherwise undefined. */
export function truth(mask: Value): boolean | undefined {
  if (mask.kind !== "apply") return undefined
  const [a, b] = mask.args as [Value, Value]
  if (mask.primitive === "not") {
    const turned = truth(a)
    return turned === undefined ? undefined : !turned
  }
  if (mask.primitive === "and" || mask.primitive === "or") return undefined // simplified when it was made
  const [left, right] = [literal(a), literal(b)]
  if (left !== undefined && right !== undefined) return evaluate(mask.primitive, [left, right]) as boolean
  if ((mask.primitive === "ne" || mask.primitive === "eq") && ((right === 0 && isPositive(a)) || (left === 0 && isPositive(b)))) {
    return mask.primitive === "ne"
  }
  if (mask.primitive === "lt" && ((right! <= 0 && isNonNegative(a)) || (left! >= 0 && isNonPositive(b)))) return false
  return undefined
}

/** The mask and the arms of a choice between two literals. */
export function literalArms(value: Value): readonly [mask: Value, yes: number, no: number] | undefined {
  if (!isCall(value, "select")) return undefined
  const [mask, yes, no] = (value as ApplyValue).args as [Value, Value, Value]
  return yes.kind === "number" && no.kind === "number" && !yes.absent && !no.absent ? [mask, yes.value, no.value] : undefined
}

function turned(mask: Value): Turned {
  return isCall(mask, "not") ? { mask: argOf(mask), isTurned: true } : { mask, isTurned: false }
}

/** One mask is the negation of the other. */
export function areOpposite(a: Value, b: Value): boolean {
  if (a.kind !== "apply" || b.kind !== "apply") return false
  const [one, other] = [turned(a), turned(b)]
  if (one.isTurned !== other.isTurned) return one.mask === other.mask
  return opposite[a.primitive] === b.primitive && a.args.every((arg, n) => arg === b.args[n])
}

/** The simplified form of a connective or a comparison, if it has one. */
export function simpler(build: Builder, primitive: PrimitiveName, args: readonly Value[]): Value | undefined {
  const { apply, number } = build
  const [a, b] = args as [Value, Value]
  if (primitive === "not") {
    if (isCall(a, "not")) return argOf(a)
    const { primitive: of, args: compared } = a as ApplyValue
    return opposite[of] && apply(opposite[of], ...compared)
  }
  if (primitive === "and" || primitive === "or") {
    const neutral = primitive === "and"
    const [left, right] = [truth(a), truth(b)]
    if (left !== undefined) return left === neutral ? b : a
    if (right !== undefined) return right === neutral ? a : b
    if (a === b) return a
    if (areOpposite(a, b)) return apply(neutral ? "ne" : "eq", number(0), number(0))
    // One `not` outside is free: a guard or a choice accepts a negated mask at no cost.
    if (isCall(a, "not") && isCall(b, "not")) return apply("not", apply(neutral ? "or" : "and", argOf(a), argOf(b)))
    return undefined
  }
  return comparison(build, primitive, a, b)
}

/** A comparison of a choice between literals with a literal is the choice's mask, its negation, or a constant. */
function comparison({ apply }: Builder, primitive: PrimitiveName, a: Value, b: Value): Value | undefined {
  const [arms, number] = [literalArms(a) ?? literalArms(b), literal(b) ?? literal(a)]
  if (!arms || number === undefined) return undefined
  const [mask, ...values] = arms
  const [yes, no] = values.map((value) => evaluate(primitive, literalArms(a) ? [value, number] : [number, value]))
  if (yes !== no) return yes ? mask : apply("not", mask)
  const [arm, other] = literalArms(a) ? [(a as ApplyValue).args[1]!, b] : [a, (b as ApplyValue).args[1]!]
  return apply(primitive, arm, other)
}
