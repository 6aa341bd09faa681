// How the terms of a sum are added up within a block of columns: large ones may cancel, and what is left is what small ones add up to.
import type { PrimitiveName } from "../operations/primitives.ts"
import { operands, type Program, type Segment, type Value } from "./program.ts"
import { hasOneSign } from "./sign.ts"

/**
 * `plain`: in float32. `wide`: with twice the digits. Numbers that depend on the column alone: in float32 in those blocks of columns where each of
 * them varies little, else with twice the digits.
 */
export type Care = "plain" | "wide" | readonly Value[]

/** Their last digits are open: of such terms, those that are much smaller than others need no digits beyond these. */
const rough: ReadonlySet<PrimitiveName> = new Set(["exp", "log", "sin", "cos"])
/** Literal factors of weights are at most so large, and so small, that what follows counts the weights alone. */
const MOST_LITERAL = 2 ** 10

export function careOf({ shift, reduction }: Program, { value }: Segment): Care {
  if (shift) return careOfWeight(value)
  if (reduction.family !== "accumulate" || reduction.shift) return "plain"
  if (hasOneSign(value) || !variesWithColumn(value)) return "plain"
  return scalesOf(value) ?? "wide"
}

/** Of all segments, each once: what depends on the column alone and is looked at before a block. */
export const scales = (program: Program): readonly Value[] => [
  ...new Set(
    program.segments.flatMap((segment) => {
      const care = careOf(program, segment)
      return typeof care === "string" ? [] : care
    }),
  ),
]

const variesWithColumn = ({ region }: Value) => region === "column" || region === "pair"
/** A tile or a variable holds it. */
const isHeld = (value: Value) => value.region === "column" && (value.kind === "load" || value.loops.length === 0)

/** What the size of a rough term depends on; undefined where it may be exact, or is read from an array. */
function scalesOf(root: Value): readonly Value[] | undefined {
  let isRough = false
  const found = new Set([root])
  // a set's iterator comes to what is added meanwhile
  for (const value of found) {
    if (value.kind === "cell" || value.kind === "recurrence") return undefined
    if (!variesWithColumn(value) || isHeld(value) || value.type === "mask") continue
    if (value.kind === "apply" && rough.has(value.primitive)) isRough = true
    else for (const one of operands(value)) found.add(one)
  }
  return isRough ? [...found].filter((value) => isHeld(value)) : undefined
}

/** A weight is multiplied by an exponential, which is rough, and at most 1. */
function careOfWeight(value: Value): Care {
  if (value.kind === "number" && Math.abs(value.value) <= MOST_LITERAL) return "plain"
  if (isHeld(value)) return [value]
  if (value.kind !== "apply") return "wide"
  if (value.primitive === "neg") return careOfWeight(value.args[0]!)
  const factor = value.args.find(
    (arg) => arg.kind === "number" && Math.abs(arg.value) <= MOST_LITERAL && Math.abs(arg.value) >= 1 / MOST_LITERAL,
  )
  const [rest] = value.args.filter((arg) => arg !== factor)
  return value.primitive === "mul" && factor && rest ? careOfWeight(rest) : "wide"
}
