// What the tests of gradients share: formulas for every reduction that has one, their inputs, and a comparison with the oracle.
import { expect } from "vitest"
import { genred } from "../../src/index.ts"
import "../../src/jit/index.ts"
import { gradients } from "../../src/reductions/gradients.ts"
import { reductions } from "../../src/reductions/reductions.ts"
import type { Setting } from "../support/reduce.ts"
import { random } from "../support/run.ts"

interface Result {
  readonly data: Float32Array
  readonly rows: number
  readonly dim: number
  readonly category: string
  toArray(): number[][]
}
export interface Loose {
  (...inputs: readonly unknown[]): Promise<Result>
  with(options: object): Loose
  grad(name: string): Loose
  valueAndGrad(
    names: readonly string[],
  ): (
    ...inputs: readonly unknown[]
  ) => Promise<{ readonly value: Result & { readonly values: Result }; readonly gradients: Readonly<Record<string, Result>> }>
}
export const backend = process.env.TSKEOPS_BACKEND ?? "wasm"
/** Drivers on the CPU compile slowly: TSKEOPS_BACKEND=webgpu runs a selection, with TSKEOPS_ALL=1 all. */
export const everything = backend === "wasm" || process.env.TSKEOPS_ALL !== undefined

export const variables = [
  { name: "x", category: "Vi", dim: 2 },
  { name: "y", category: "Vj", dim: 2 },
  { name: "g", category: "Pm", dim: 1 },
  { name: "b", category: "Vj", dim: 3 },
  { name: "u", category: "Vi", dim: 1 },
] as const
const [M, N] = [5, 7]
export const counts = { Vi: M, Vj: N, Pm: 1 }
export const inputs = variables.map(({ category, dim }, n) => Array.from(random(n + 11, counts[category] * dim, 0.2, 1.2)))

export const formulas = { scalar: "-g * SqDist(x, y) + u * Sum(b)", vector: "Exp(-g * SqDist(x, y)) * b + u * Concat(x, 0.5)" }
export const weights = ["SqDist(x, y) + u", "Square(b) + u * Exp(Concat(x, 1)) * g"]

export function build({ formula, weight, variables, reduction, over, k }: Setting): Loose {
  const aliases = variables.map(({ name, category, dim }) => `${name} = ${category}(${dim})`)
  return (genred as unknown as (...args: readonly unknown[]) => Loose)(formula, aliases, { reduction, over, k, weight }).with({ backend })
}

const settings: Setting[] = Object.keys(gradients).flatMap((reduction) => {
  const row = reductions[reduction as keyof typeof reductions]
  const ranks = "ranked" in row ? [1, 3] : [undefined]
  const texts: { formula: string; weight?: string }[] = []
  if (!("weight" in row && "needed" in row.weight)) texts.push({ formula: formulas.scalar }, { formula: formulas.vector })
  if ("weight" in row) texts.push(...weights.map((weight) => ({ formula: formulas.scalar, weight })))
  return (["i", "j"] as const).flatMap((over) =>
    ranks.flatMap((k) => texts.map((text) => ({ ...text, variables, reduction, over, ...(k && { k }) }))),
  )
})

export function close(got: ArrayLike<number>, expected: readonly number[]): void {
  const scale = Math.max(1, ...expected.map(Math.abs))
  expect(got.length).toBe(expected.length)
  for (const [n, value] of expected.entries()) expect(Math.abs(got[n]! - value), `${n}: ${got[n]} for ${value}`).toBeLessThan(2e-5 * scale)
}

/** Each with its name. */
export const named = settings.map((setting) => {
  const { reduction, over, k = "", formula, weight } = setting
  return [`${reduction} ${k} over ${over} of ${formula}${weight === undefined ? "" : ` with weight ${weight}`}`, setting] as const
})

export const pair = [
  { name: "x", category: "Vi", dim: 1 },
  { name: "y", category: "Vj", dim: 1 },
] as const

/** A reduction of a formula in `pair`. */
export const make = (formula: string, reduction: string, more: object = {}) =>
  build({ formula, variables: pair, reduction, over: "j", ...more } as Setting)
