// Signs that hold for all data: exp of a value that is never positive needs no guard against overflow, and a divisor that is never 0 no guard
// against division by 0.
import { operandsFirst } from "../formula/walk.ts"
import { operands, type Value } from "./program.ts"

/** The value is at most 0 (or NaN). */
export const isNonPositive = (value: Value): boolean => has(value, -1)
/** The value is at least 0 (or NaN). */
export const isNonNegative = (value: Value): boolean => has(value, 1)
/** The value is a finite number. Loads never qualify: data may be infinite or NaN. */
export const isFiniteNumber = (value: Value): boolean => value.kind === "index" || (value.kind === "number" && Number.isFinite(value.value))
/** The value is a normal number above 0, or infinite, or NaN: never 0. */
export const isPositive = (value: Value): boolean => least(value) > 1e-37
/** The values of different pairs cannot cancel each other. */
export const hasOneSign = (value: Value): boolean => isNonNegative(value) || isNonPositive(value)

type Sign = 1 | -1
/** Whether each value is at least 0, and whether it is at most 0. */
const signs = new WeakMap<Value, readonly [boolean, boolean]>()
const recall = (value: Value, sign: Sign): boolean => signs.get(value)![sign === 1 ? 0 : 1]

function has(root: Value, sign: Sign): boolean {
  // Operands first: recursion would be too deep, and would visit shared values twice.
  for (const value of operandsFirst(root, within, (one) => signs.has(one))) signs.set(value, [signOf(value, 1), signOf(value, -1)])
  return recall(root, sign)
}
const within = (value: Value) => (value.kind === "apply" || value.kind === "fold" ? operands(value) : [])

function signOf(value: Value, sign: Sign): boolean {
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

const flip = (sign: Sign) => (sign === 1 ? -1 : 1)

const bounds = new WeakMap<Value, number>()

/** A lower bound of a value that is never negative; otherwise 0. */
function least(root: Value): number {
  for (const value of operandsFirst(root, within, (one) => bounds.has(one))) bounds.set(value, isNonNegative(value) ? boundOf(value) : 0)
  return bounds.get(root)!
}

function boundOf(value: Value): number {
  if (value.kind === "number") return value.value
  if (value.kind === "fold") return bounds.get(value.body)!
  if (value.kind !== "apply") return 0
  const [a, b, c] = value.args.map((arg) => bounds.get(arg)!) as [number, number, number]
  if (value.primitive === "add") return a + b
  if (value.primitive === "mul") return a * b
  if (value.primitive === "sqrt") return Math.sqrt(a)
  if (value.primitive === "abs") return a
  return value.primitive === "select" ? Math.min(b, c) : 0
}
