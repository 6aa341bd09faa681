// One batch of random formulas through every property: the same for the same seed and number, in whatever process.
import fc from "fast-check"
import { print } from "../../src/formula/print.ts"
import type { Driver } from "../support/drivers.ts"
import type { Reason } from "../support/numbers.ts"
import { differentiated, given, type Outcome, printed, sloped, type Unsaid, valued, type Wrong } from "./check.ts"
import type { Kind } from "./data.ts"
import { formula, nearMiss } from "./formulas.ts"
import { joined, onGpu } from "./gpu.ts"
import { reducedGradient, reducing } from "./reductions.ts"
import { type Asked, transformed, typed } from "./texts.ts"
import { ownFormula } from "./user-operation.ts"

/** Formulas of a batch. */
export const size = 1000
/** Longer texts take the compiler long. */
const longest = 250

/** What is compared with what, and every how many formulas once (0: never). */
export const shares = { types: 20, transformer: 200, differences: 8, reductions: 8, own: 12, gpu: 250 } as const
export type Shares = Readonly<Record<keyof typeof shares, number>>

export interface Task {
  readonly seed: number
  /** The number of the batch's first formula, and how many it has. */
  readonly first: number
  readonly count: number
  readonly shares: Shares
  /** The GPU's driver of the process: then it is all that is asked. */
  readonly driver?: Driver["name"]
}
export interface Found {
  readonly wrong: readonly Wrong[]
  /** How many formulas, texts or reductions something was compared of. */
  readonly compared: Readonly<Record<keyof typeof words, number>>
  /** How many numbers were compared, and about how many nothing was said, and why. */
  readonly numbers: Readonly<Record<"values" | "gradients" | "gpu", { readonly said: number; readonly unsaid: Unsaid }>>
  /** How many formulas had special numbers of each kind. */
  readonly kinds: Readonly<Partial<Record<Kind, number>>>
}

/** What the counts are of, as the command's last line says it. */
export const words = {
  values: "with values compared",
  gradients: "with gradients by dual numbers",
  differences: "with gradients by finite differences",
  reductions: "gradients of reductions",
  own: "formulas with an operation of one's own",
  SwiftShader: "kernels on SwiftShader",
  lavapipe: "kernels on lavapipe",
  types: "texts in types",
  transformer: "through the transformer",
} as const

export async function runBatch({ seed, first, count, shares, driver }: Task): Promise<Found> {
  const at = seed * 1_000_003 + first
  const wrong: Wrong[] = []
  const compared = Object.fromEntries(Object.keys(words).map((word) => [word, 0])) as Record<keyof typeof words, number>
  const none = () => ({ said: 0, unsaid: {} as Partial<Record<Reason, number>> })
  const numbers = { values: none(), gradients: none(), gpu: none() }
  const note = (what: keyof typeof words, outcome: Outcome, as?: keyof typeof numbers) => {
    wrong.push(...outcome.wrong)
    if (outcome.compared > 0) compared[what]++
    if (!as) return
    const { unsaid } = numbers[as]
    numbers[as].said += outcome.compared
    for (const [reason, count] of Object.entries(outcome.unsaid) as [Reason, number][]) unsaid[reason] = (unsaid[reason] ?? 0) + count
  }
  const kinds: Partial<Record<Kind, number>> = {}
  /** How many of this batch it is asked of, so that all batches together keep to the share. */
  const part = (share: number) => (share === 0 ? 0 : Math.floor((first + count) / share) - Math.floor(first / share))
  const every = <T>(all: readonly T[], share: number) => all.filter((_, n) => share > 0 && (first + n) % share === 0)

  const formulas = fc.sample(formula, { seed: at, numRuns: count })
  if (driver) {
    for (const kernel of joined(every(formulas, shares.gpu), at % 2 ** 31)) note(driver, await onGpu(kernel), "gpu")
    return { wrong: wrong.map((sentence) => `${driver}: ${sentence}`), compared, numbers, kinds }
  }
  wrong.push(...formulas.flatMap((node) => printed(node)))
  for (const [n, node] of formulas.entries()) {
    for (const kind of given(at + n).kinds) kinds[kind] = (kinds[kind] ?? 0) + 1
    note("values", await valued(node, at + n), "values")
    note("gradients", await sloped(node, at + n), "gradients")
    if (shares.differences > 0 && n % shares.differences === 0) note("differences", differentiated(node, at + n))
  }
  if (part(shares.reductions) > 0)
    for (const [n, one] of fc.sample(reducing, { seed: at, numRuns: part(shares.reductions) }).entries())
      note("reductions", await reducedGradient(one, at + n))
  const own = part(shares.own) > 0 ? fc.sample(ownFormula, { seed: at, numRuns: part(shares.own) }) : []
  for (const [n, { node, mine }] of own.entries()) {
    wrong.push(...printed(node, mine))
    note("own", await valued(node, at + n, mine))
    note("own", await sloped(node, at + n, mine))
    wrong.push(...differentiated(node, at + n, mine).wrong)
  }
  const texts: readonly Asked[] = formulas.map((node) => ({ text: print(node) }))
  const ownTexts: readonly Asked[] = own.map(({ node, mine }) => ({ text: print(node), mine }))
  const withMisses = (right: readonly Asked[]) => {
    const short = right.filter(({ text }) => text.length <= longest)
    const misses = short.map(({ text, mine }, n) => ({ text: fc.sample(nearMiss(text), { seed: at + n, numRuns: 1 })[0]!, mine }))
    return [...short, ...misses]
  }
  for (const [what, ask] of [
    ["types", typed],
    ["transformer", transformed],
  ] as const) {
    const asked = withMisses([...every(texts, shares[what]), ...every(ownTexts, shares[what])])
    if (asked.length === 0) continue
    wrong.push(...ask(asked))
    compared[what] += asked.length
  }
  return { wrong, compared, numbers, kinds }
}
