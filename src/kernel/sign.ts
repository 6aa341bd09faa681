// What the sign of a value must be, whatever the data: exp of what is never positive needs no guard against overflow.
import { operandsFirst } from "../formula/walk.ts"
import { operands, type Value } from "./ir.ts"

/** The value is at most 0 (or NaN). */
export const isNonPositive = (value: Value): boolean => has(value, -1)
/** The value is at least 0 (or NaN). */
export const isNonNegative = (value: Value): boolean => has(value, 1)

/** Whether it is at least 0, and at most 0. */
const known = new WeakMap<Value, readonly [boolean, boolean]>()
const recall = (value: Value, sign: 1 | -1): boolean => known.get(value)![sign === 1 ? 0 : 1]

function has(root: Value, sign: 1 | -1): boolean {
  // of all values, operands first: recursion would go too deep, and twice through what is shared
  for (const value of operandsFirst(root, within, (one) => known.has(one))) known.set(value, [signOf(value, 1), signOf(value, -1)])
  return recall(root, sign)
}
const within = (value: Value) => (value.kind === "apply" || value.kind === "fold" ? operands(value) : [])

function signOf(value: Value, sign: 1 | -1): boolean {
  if (value.kind === "number") return value.value * sign >= 0
  if (value.kind === "fold") return recall(value.body, sign)
  if (value.kind !== "apply") return false
  const [a, b, c] = value.args as [Value, Value, Value]
  switch (value.primitive) {
    case "neg":
      return recall(a, flip(sign))
    case "abs":
    case "exp":
    case "sqrt":
      return sign === 1
    case "add":
      return recall(a, sign) && recall(b, sign)
    case "sub":
      return recall(a, sign) && recall(b, flip(sign))
    case "mul":
    case "div":
      return (sign === 1 && a === b) || (recall(a, 1) && recall(b, sign)) || (recall(a, -1) && recall(b, flip(sign)))
    case "floor":
      return recall(a, sign)
    case "select":
      return recall(b, sign) && recall(c, sign)
    default:
      return false
  }
}

const flip = (sign: 1 | -1) => (sign === 1 ? -1 : 1)
