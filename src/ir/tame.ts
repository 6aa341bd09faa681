// Which values are finite whenever a mask is false: a factor that the mask makes 0 may be multiplied by these without a guard.
// Overflow of sums and products is not considered.
import { operandsFirst } from "../formula/walk.ts"
import { range } from "./affine.ts"
import type { AffineIndex, LoadValue, Value } from "./program.ts"
import { isNonNegative, isNonPositive, isPositive } from "./sign.ts"

/** Components [low, high] of a variable. */
interface ComponentRange {
  readonly variable: number
  readonly low: number
  readonly high: number
}

/** The value is finite whenever the mask is false. A divisor must also never be 0. */
export function isTame(value: Value, mask: Value, isDivisor = false): boolean {
  if (isDivisor && !(value.kind === "number" ? value.value !== 0 : isPositive(value))) return false
  const { seen, known } = seenBy.get(mask) ?? { seen: spansOf(mask), known: new Map<Value, boolean>() }
  seenBy.set(mask, { seen, known })
  const isKnown = (one: Value) => known.get(one)!
  const ask = (one: Value): boolean => {
    if (one.kind === "number") return Number.isFinite(one.value)
    if (one.kind === "load") return isSeen(one, seen)
    if (one.kind === "fold") return isKnown(one.body)
    if (one.kind !== "apply") return one.kind === "index"
    const [a, b] = one.args as [Value, Value]
    if (!within(one).every(isKnown)) return false
    switch (one.primitive) {
      case "div":
        return b.kind === "number" ? b.value !== 0 : isPositive(b)
      case "sqrt":
        return isNonNegative(a)
      case "exp":
        return isNonPositive(a)
      case "log":
        return false
      default:
        return true
    }
  }
  for (const one of operandsFirst(value, within, (before) => known.has(before))) known.set(one, ask(one))
  return isKnown(value)
}

/** For each mask, the components that it tests, and the answers so far. */
const seenBy = new WeakMap<Value, { readonly seen: readonly ComponentRange[]; readonly known: Map<Value, boolean> }>()

/** The numbers that a value is computed from. */
function within(value: Value): readonly Value[] {
  if (value.kind === "fold") return [value.body]
  if (value.kind !== "apply") return []
  return value.primitive === "select" ? value.args.slice(1) : value.args
}

const spanOf = ({ variable, index }: { readonly variable: number; readonly index: AffineIndex }): ComponentRange => {
  const [low, high] = range(index)
  return { variable, low, high }
}

/** If the mask `v != 0` is false, v is 0, so the terms and factors of v are finite: the components that these load. */
function spansOf(mask: Value): readonly ComponentRange[] {
  if (mask.kind !== "apply" || mask.primitive !== "ne") return []
  const [a, b] = mask.args as [Value, Value]
  if (b.kind !== "number" || b.value !== 0) return []
  const below = (value: Value) => (value.kind === "fold" ? value.fold === "sum" : value.kind === "apply" && exposing.has(value.primitive))
  return operandsFirst(a, (value) => (below(value) ? within(value) : [])).flatMap((value) =>
    value.kind === "load" && isWhole(value) ? [spanOf(value)] : [],
  )
}

/** These are NaN or infinite if an operand is. A quotient is not among them: x / infinity is 0. */
const exposing: ReadonlySet<string> = new Set(["add", "sub", "mul", "neg", "abs", "sqrt"])

/** The index takes every value of its range. */
const isWhole = ({ index: { terms } }: LoadValue) => terms.length === 0 || (terms.length === 1 && Math.abs(terms[0]!.stride) === 1)

function isSeen(load: LoadValue, spans: readonly ComponentRange[]): boolean {
  const { variable, low, high } = spanOf(load)
  let next = low
  for (const span of spans.filter((each) => each.variable === variable).sort((a, b) => a.low - b.low)) {
    if (span.low <= next) next = Math.max(next, span.high + 1)
  }
  return next > high
}
