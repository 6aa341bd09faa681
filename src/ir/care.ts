// How the terms of a sum are added up within a block of columns. Large terms may cancel, and then the sum of the small ones must be exact.
import type { PrimitiveName } from "../operations/primitives.ts"
import { operands, type Program, type Segment, type Value } from "./program.ts"
import { hasOneSign } from "./sign.ts"

/**
 * `plain`: in float32. `wide`: in float64, or compensated. A list of values that depend on the column alone: plain in a block of columns
 * if each of them varies little in it, otherwise wide.
 */
export type Care = "plain" | "wide" | readonly Value[]

/** Their results are rounded anyway: a term that is much smaller than others needs no digits beyond theirs. */
const rough: ReadonlySet<PrimitiveName> = new Set(["exp", "log", "sin", "cos"])
/** The check of the weights' sizes (wasm/spread.ts) has room for literal factors between this and its reciprocal. */
const MOST_LITERAL = 2 ** 10

export function careOf({ shift, reduction }: Program, { value }: Segment): Care {
  if (shift) return careOfWeight(value)
  if (reduction.family !== "accumulate" || reduction.shift) return "plain"
  if (hasOneSign(value) || !variesWithColumn(value)) return "plain"
  return scalesOf(value) ?? "wide"
}

/** The values of all segments that are inspected before each block of columns, without duplicates. */
export const scales = (program: Program): readonly Value[] => [
  ...new Set(
    program.segments.flatMap((segment) => {
      const care = careOf(program, segment)
      return typeof care === "string" ? [] : care
    }),
  ),
]

const variesWithColumn = ({ region }: Value) => region === "column" || region === "pair"
/** A tile or a variable stores it. */
const isHeld = (value: Value) => value.region === "column" && (value.kind === "load" || value.loops.length === 0)

/** The column values that the size of a rough term depends on; undefined if the term may be exact, or is read from an array. */
function scalesOf(root: Value): readonly Value[] | undefined {
  let isRough = false
  const found = new Set([root])
  // A set's iterator also visits elements added during the iteration.
  for (const value of found) {
    if (value.kind === "cell" || value.kind === "recurrence") return undefined
    if (!variesWithColumn(value) || isHeld(value) || value.type === "mask") continue
    if (value.kind === "apply" && rough.has(value.primitive)) isRough = true
    else for (const one of operands(value)) found.add(one)
  }
  return isRough ? [...found].filter((value) => isHeld(value)) : undefined
}

/** A weight is multiplied by an exponential, which is rounded, and at most 1. */
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
