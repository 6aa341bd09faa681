// What the sign of a value must be, whatever the data: exp of what is never positive needs no guard against overflow.
import type { Value } from "./ir.ts"

/** The value is at most 0 (or NaN). */
export const isNonPositive = (value: Value): boolean => has(value, -1)
/** The value is at least 0 (or NaN). */
export const isNonNegative = (value: Value): boolean => has(value, 1)
/** Values of all pairs never cancel each other. */
export const hasOneSign = (value: Value): boolean => isNonNegative(value) || isNonPositive(value)

function has(value: Value, sign: 1 | -1): boolean {
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

const flip = (sign: 1 | -1) => (sign === 1 ? -1 : 1)
