// Gradients of random reductions, and the values that come with them: those of an oracle, which finite differences of the value confirm.
// The oracle is made of the derivatives of the reductions, by separate definitions, and of gradients of formulas.
import fc from "fast-check"
import type { Node, VariableNode } from "../../src/formula/node.ts"
import { print } from "../../src/formula/print.ts"
import { genred } from "../../src/index.ts"
import "../../src/jit/index.ts"
import { gradients } from "../../src/reductions/gradients.ts"
import { type ReductionName, type ReductionRow, reductions } from "../../src/reductions/reductions.ts"
import { Open, open, type Reason, type Vector } from "../support/numbers.ts"
import { evaluated, gradientOf } from "../support/oracle.ts"
import { derivatives } from "../support/reduce.ts"
import type { Outcome } from "./check.ts"
import { aliases, pair, tied } from "./data.ts"
import { brought, dims, formula, variables } from "./formulas.ts"
import { hasHollow, isKnown, isRefusal, size, variablesIn } from "./trees.ts"
import { adjust, isRight, isStated, judged, leeway, randoms, slope } from "./values.ts"

export interface Reducing {
  readonly f: Node
  readonly weight?: Node
  readonly reduction: ReductionName
  readonly over: "i" | "j"
  readonly k?: number
  /** The variable with respect to which the gradient is taken. */
  readonly name: keyof typeof variables
  /** The value is asked for too. */
  readonly together: boolean
}

/** Reductions that have a gradient, of random formulas, by one of the variables in them. */
export const reducing: fc.Arbitrary<Reducing> = fc
  .record({
    f: formula,
    g: formula,
    reduction: fc.constantFrom(...(Object.keys(gradients) as (keyof typeof gradients)[])),
    over: fc.constantFrom("i" as const, "j" as const),
    k: fc.integer({ min: 1, max: 3 }),
    weighted: fc.boolean(),
    which: fc.nat(100),
    together: fc.boolean(),
  })
  .map(({ f, g, reduction, over, k, weighted, which, together }) => {
    const row: ReductionRow = reductions[reduction]
    const weight = row.weight && (row.weight.needed || weighted) ? g : undefined
    const formula = weight ? brought(f, 1) : f
    const held = [...new Set([...variablesIn(formula), ...(weight ? variablesIn(weight) : [])])]
    const name = (held[which % held.length] ?? "x") as keyof typeof variables
    return { f: formula, ...(weight && { weight }), reduction, over, ...(row.ranked && { k }), name, together }
  })

/** The result of an oracle: the reduction's output, and the gradient for each row of the variable. */
interface Numbers {
  readonly value: readonly number[]
  readonly gradient: readonly number[]
}
type Inputs = readonly (readonly number[])[]

/** Thrown if an oracle leaves the result open. */
class Unsaid extends Error {
  readonly open: Open
  constructor(open: Open) {
    super(open.reason)
    this.open = open
  }
}
const sure = (vector: Vector): number[] => {
  const unsaid = vector.find((one) => one instanceof Open)
  if (unsaid) throw new Unsaid(unsaid)
  return vector as number[]
}

/** The oracle of a reduction; undefined if a formula has no derivative, or is too large. */
function oracleOf({ f, weight, reduction, over, k = 1, name }: Reducing, rows: number, columns: number) {
  const [, dim] = variables[name]
  const nodes = [f, ...(weight ? [weight] : [])]
  if (!nodes.every((node) => isKnown(node) && size(node) <= 200)) return undefined
  const variable: VariableNode = { kind: "variable", name, dim, start: 0, end: 0 }
  const width = (weight ?? f).dim
  const [outer, inner] = over === "j" ? [rows, columns] : [columns, rows]

  /** Values of the formulas for each row of the output and each that is reduced over, and what the reduction makes of each component. */
  const reduced = (inputs: Inputs) =>
    Array.from({ length: outer }, (_, row) => {
      const pairs = Array.from({ length: inner }, (_, n) => pair(inputs, ...((over === "j" ? [row, n] : [n, row]) as [number, number])))
      const of = (node: Node) => pairs.map((values) => sure(evaluated(node, values)))
      const [fs, gs] = [of(f), weight && of(weight)]
      const components = Array.from({ length: width }, (_, c) =>
        derivatives(
          reduction,
          fs.map((value) => value[f.dim === 1 ? 0 : c]!),
          k,
          gs?.map((value) => value[c]!),
          adjust,
        ),
      )
      return { pairs, components }
    })
  const value = (inputs: Inputs) =>
    reduced(inputs).flatMap(({ components }) => Array.from({ length: k }, (_, rank) => components.map((one) => one.value[rank]!)).flat())

  const gathered = /^K?(Min|Max)/.test(reduction)
  const numbers = (inputs: Inputs, cotangent: readonly number[]): Numbers => {
    const [category] = variables[name]
    const gradient = Array.from({ length: dim * { Vi: rows, Vj: columns, Pm: 1 }[category] }, () => 0)
    const output: number[] = []
    for (const [row, { pairs, components }] of reduced(inputs).entries()) {
      output.push(...Array.from({ length: k }, (_, rank) => components.map((one) => one.value[rank]!)).flat())
      // sums that have no derivative: of nothing but -inf, or of weights that cancel
      const bare = !gathered && components.some((one) => !one.value.every(Number.isFinite))
      for (const [n, values] of pairs.entries()) {
        // what each component of the formula, or of the weight, receives
        const received = (which: "f" | "less" | "g") =>
          adjust(
            components.map((one, c) =>
              one[which]!.reduce((sum, slopes, rank) => sum + slopes[n]! * cotangent[(row * k + rank) * width + c]!, 0),
            ),
          )
        const whole = (all: readonly number[]) => (f.dim === 1 && all.length > 1 ? adjust([all.reduce((sum, one) => sum + one, 0)]) : all)
        const [i, j] = over === "j" ? [row, n] : [n, row]
        const at = { Vi: i, Vj: j, Pm: 0 }[category] * dim
        const add = (node: Node, e: readonly number[]) => {
          if (bare) throw new Unsaid(open.pole)
          // the row that does not win contributes nothing, whatever its derivative is
          const given = e.map((one) => (gathered && one === 0 ? undefined : one))
          for (const [c, one] of sure(gradientOf(node, variable, given, values)).entries()) gradient[at + c]! += one
        }
        add(f, whole(received("f")))
        if (components[0]!.less) add(f, whole(received("less").map((one) => -one)))
        if (weight) add(weight, received("g"))
      }
    }
    return { value: adjust(output.map((one) => (one === Number.POSITIVE_INFINITY ? 0 : one))), gradient: adjust(gradient) }
  }
  return { value, numbers, width: width * k, outer }
}

interface Loose {
  with(options: object): Loose
  grad(name: string): (...inputs: readonly unknown[]) => Promise<{ readonly data: Float32Array }>
  valueAndGrad(names: readonly string[]): (...inputs: readonly unknown[]) => Promise<{
    readonly value: { readonly data: Float32Array; readonly values?: { readonly data: Float32Array } }
    readonly gradients: Readonly<Record<string, { readonly data: Float32Array }>>
  }>
}

/** The gradient of a reduction, by the public API. */
export async function reducedGradient(one: Reducing, seed: number): Promise<Outcome> {
  const { f, weight, reduction, over, k, name, together } = one
  const [rows, columns] = [3, 2]
  const oracle = oracleOf(one, rows, columns)
  if (!oracle) return { wrong: [], compared: 0, unsaid: {} }
  const given = tied(seed, rows, columns)
  const inputs = given.inputs.map((input) => Array.from(input))
  const random = randoms(seed + 1)
  const cotangent = Array.from({ length: oracle.width * oracle.outer }, () => Math.fround(1 + random() / 2))
  const run = () => {
    try {
      const { value, gradient } = oracle.numbers(inputs, cotangent)
      return [...value, ...gradient]
    } catch (error) {
      if (error instanceof Unsaid) return [error.open]
      throw error
    }
  }
  const exact = judged(run, seed, { free: false, zeros: [f, ...(weight ? [weight] : [])].some(hasHollow) })
  const unsaid: Partial<Record<Reason, number>> = {}
  for (const one of exact) if (!isStated(one)) unsaid[one.reason] = (unsaid[one.reason] ?? 0) + 1
  if (!exact.some(isStated)) return { wrong: [], compared: 0, unsaid }
  const options = { reduction, over, ...(k && { k }), ...(weight && { weight: print(weight) }) }
  const text = `${print(f)} ${JSON.stringify(options)} by ${name}${together ? " with its value" : ""}`
  const wrong: string[] = []
  const compare = (what: string, found: ArrayLike<number>, start: number) => {
    for (let n = 0; n < found.length; n++) {
      const one = exact[start + n]!
      if (!isStated(one)) continue
      // entries that are missing are infinite, and 0 here
      const right = start === 0 && found[n] === Number.POSITIVE_INFINITY ? one.value === 0 : isRight(found[n]!, one)
      if (!right) wrong.push(`${text}: ${what} ${n} is ${found[n]}, not ${one.value} (+- ${one.error}), seed ${seed}`)
    }
  }
  try {
    const made = (genred as unknown as (...args: readonly unknown[]) => Loose)(print(f), aliases, options).with({ backend: "wasm" })
    const called = [...inputs.map((input) => Float32Array.from(input)), cotangent]
    if (together) {
      const { value, gradients } = await made.valueAndGrad([name])(...called)
      compare("value", (value.values ?? value).data, 0)
      compare("gradient", gradients[name]!.data, cotangent.length)
    } else compare("gradient", (await made.grad(name)(...called)).data, cotangent.length)
  } catch (error) {
    const { message } = error as Error
    return { wrong: isRefusal(message) ? [] : [`${text}: ${message}, seed ${seed}`], compared: 0, unsaid }
  }
  let compared = 0
  // between equals, differences are halves
  if (given.kinds.length > 0) return { wrong, compared: 1, unsaid }
  const variable = Object.keys(dims).indexOf(name)
  const chosen = new Set(Array.from({ length: 2 }, () => Math.floor(((random() + 1) / 2) * inputs[variable]!.length)))
  for (const n of chosen) {
    const difference = slope((step) => {
      const moved = inputs.map((input, m) => (m === variable ? input.map((value, l) => (l === n ? value + step : value)) : input))
      return oracle.value(moved).reduce((sum, value, l) => (Number.isFinite(value) ? sum + value * cotangent[l]! : sum), 0)
    })
    if (difference === undefined) continue
    const one = exact[cotangent.length + n]!
    if (!isStated(one)) continue
    compared++
    const found = one.value
    if (!(Math.abs(found - difference) < leeway(difference)))
      wrong.push(`${text}: the oracle's gradient ${n} is ${found}, differences say ${difference}, seed ${seed}`)
  }
  return { wrong: wrong.slice(0, 1), compared, unsaid }
}
