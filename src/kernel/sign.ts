// What the sign of a value must be, whatever the data: exp of what is never positive needs no guard against overflow, and what is never 0 no
// guard against division by it.
import type { Value } from "./ir.ts"

/** The value is at most 0 (or NaN). */
export const isNonPositive = (value: Value): boolean => has(value, -1)
/** The value is at least 0 (or NaN). */
export const isNonNegative = (value: Value): boolean => has(value, 1)
/** The value is a finite number; data may always be infinite or NaN. */
export const isFiniteNumber = (value: Value): boolean => value.kind === "index" || (value.kind === "number" && Number.isFinite(value.value))
/** The value is a normal number above 0, or infinite, or NaN: never 0. */
export const isPositive = (value: Value): boolean => least(value) > 1e-37

type Sign = 1 | -1
/** Values share operands, so that each is asked once. */
const known = { 1: new WeakMap<Value, boolean>(), [-1]: new WeakMap<Value, boolean>() }
const bounds = new WeakMap<Value, number>()

function has(value: Value, sign: Sign): boolean {
  const before = known[sign].get(value)
  if (before !== undefined) return before
  const answer = find(value, sign)
  known[sign].set(value, answer)
  return answer
}

function find(value: Value, sign: Sign): boolean {
  if (value.kind === "number") return value.value * sign >= 0
  if (value.kind === "fold") return has(value.body, sign)
  if (value.kind !== "apply") return false
  const [a, b, c] = value.args as [Value, Value, Value]
  switch (value.primitive) {
    case "neg":
      return has(a, flip(sign))
    case "abs":
    case "exp":
    case "sqrt":
      return sign === 1
    case "add":
      return has(a, sign) && has(b, sign)
    case "sub":
      return has(a, sign) && has(b, flip(sign))
    case "mul":
    case "div":
      return (sign === 1 && a === b) || (has(a, 1) && has(b, sign)) || (has(a, -1) && has(b, flip(sign)))
    case "floor":
      return has(a, sign)
    case "select":
      return has(b, sign) && has(c, sign)
    default:
      return false
  }
}

const flip = (sign: Sign) => (sign === 1 ? -1 : 1)

/** A number of at least 0 that the value is not below, where it is never negative; else 0. */
function least(value: Value): number {
  const before = bounds.get(value)
  if (before !== undefined) return before
  const bound = isNonNegative(value) ? bound0(value) : 0
  bounds.set(value, bound)
  return bound
}

function bound0(value: Value): number {
  if (value.kind === "number") return value.value
  if (value.kind === "fold") return least(value.body)
  if (value.kind !== "apply") return 0
  const [a, b, c] = value.args as [Value, Value, Value]
  if (value.primitive === "add") return least(a) + least(b)
  if (value.primitive === "mul") return least(a) * least(b)
  if (value.primitive === "sqrt") return Math.sqrt(least(a))
  if (value.primitive === "abs") return least(a)
  return value.primitive === "select" ? Math.min(least(b), least(c)) : 0
}
