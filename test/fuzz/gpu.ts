// Random formulas and their gradients on a GPU's driver: the values of the oracle. Several formulas are one kernel, joined by Concat.
import type { Node } from "../../src/formula/node.ts"
import { print } from "../../src/formula/print.ts"
import { execute } from "../../src/runtime/execute.ts"
import type { Matrix } from "../../src/runtime/matrix.ts"
import type { Reason } from "../support/numbers.ts"
import { build } from "../support/run.ts"
import { compare, cotangents, first, given, gradientOf, isSaid, type Outcome, type Sums, said, slopesOf, valuesOf } from "./check.ts"
import { aliases } from "./data.ts"
import { isKnown, unlessRefused } from "./trees.ts"

/** lavapipe needs minutes to compile more, or longer ones. */
const perKernel = 4
const longest = 160
const names = [...aliases, ...cotangents.map(({ alias }) => alias)]

interface Wanted {
  readonly node: Node
  readonly sums: Sums
}
export interface Joined {
  readonly seed: number
  readonly formulas: readonly Wanted[]
}

/** Whether the formula is not rejected. */
const compiles = (node: Node) => unlessRefused(() => build(print(node), names, "Sum")) !== undefined

/** Kernels of several formulas each: of those about which the oracle can say something, and of the gradient of every second. */
export function joined(nodes: readonly Node[], seed: number): Joined[] {
  return Array.from({ length: Math.ceil(nodes.length / perKernel) }, (_, n) => {
    const numbers = given(seed + n)
    const formulas = nodes.slice(n * perKernel, (n + 1) * perKernel).flatMap((node, m): Wanted[] => {
      if (!isKnown(node) || node.kind !== "call" || print(node).length > longest || !compiles(node)) return []
      const gradient = m % 2 === 1 ? gradientOf(node, seed + n + m) : undefined
      const all: Wanted[] = [{ node, sums: valuesOf(node, numbers, seed, true) }]
      if (gradient && compiles(gradient)) all.push({ node: gradient, sums: slopesOf(gradient, numbers, seed, true) })
      return all.filter(({ sums }) => isSaid(sums))
    })
    return { seed: seed + n, formulas }
  }).filter(({ formulas }) => formulas.length > 0)
}

export async function onGpu({ seed, formulas }: Joined): Promise<Outcome> {
  const text = formulas.map(({ node }) => print(node)).reduceRight((rest, one) => `Concat(${one}, ${rest})`)
  const width = formulas.reduce((sum, { node }) => sum + node.dim, 0)
  const numbers = given(seed)
  let found: readonly number[]
  try {
    const inputs = [...numbers.inputs, ...cotangents.map(({ input }) => input)]
    const { data: values } = (await execute(build(text, names, "Sum"), inputs, { backend: "webgpu" })) as Matrix
    found = Array.from(values)
  } catch (error) {
    return { wrong: [`${text}: does not run on the GPU: ${(error as Error).message}`], compared: 0, unsaid: {} }
  }
  const wrong: string[] = []
  const unsaid: Partial<Record<Reason, number>> = {}
  let [start, compared] = [0, 0]
  for (const { node, sums } of formulas) {
    const one = compare(sums, found, width, start)
    wrong.push(
      ...first(one.wrong, (sentence) => `${print(node)} on the GPU: ${sentence} where ${said(node, numbers, sentence)}, seed ${seed}`),
    )
    for (const [reason, count] of Object.entries(one.unsaid) as [Reason, number][]) unsaid[reason] = (unsaid[reason] ?? 0) + count
    compared += one.compared
    start += node.dim
  }
  return { wrong, compared, unsaid }
}
