// Random formulas on a GPU's driver: the values of the oracle. Several formulas are one kernel, joined by Concat.
import type { Node } from "../../src/formula/node.ts"
import { print } from "../../src/formula/print.ts"
import { execute } from "../../src/runtime/execute.ts"
import type { Matrix } from "../../src/runtime/matrix.ts"
import { build } from "../support/run.ts"
import { compare, given, isSaid, type Outcome, type Sums, valuesOf } from "./check.ts"
import { aliases } from "./data.ts"
import { isKnown } from "./trees.ts"

const perKernel = 8

interface Wanted {
  readonly node: Node
  readonly sums: Sums
}
export interface Joined {
  readonly seed: number
  readonly formulas: readonly Wanted[]
}

/** Kernels of several formulas each: of those about which the oracle can say something. */
export function joined(nodes: readonly Node[], seed: number): Joined[] {
  const numbers = given(seed)
  const formulas = nodes.flatMap((node): Wanted[] => {
    if (!isKnown(node) || node.kind !== "call" || print(node).length > 300) return []
    const wanted = valuesOf(node, numbers, seed, true)
    return isSaid(wanted) ? [{ node, sums: wanted }] : []
  })
  return Array.from({ length: Math.ceil(formulas.length / perKernel) }, (_, n) => ({
    seed,
    formulas: formulas.slice(n * perKernel, (n + 1) * perKernel),
  }))
}

export async function onGpu({ seed, formulas }: Joined): Promise<Outcome> {
  const text = formulas.map(({ node }) => print(node)).reduceRight((rest, one) => `Concat(${one}, ${rest})`)
  const width = formulas.reduce((sum, { node }) => sum + node.dim, 0)
  let found: readonly number[]
  try {
    const { data: values } = (await execute(build(text, aliases, "Sum"), given(seed).inputs, { backend: "webgpu" })) as Matrix
    found = Array.from(values)
  } catch (error) {
    return { wrong: [`${text}: does not run on the GPU: ${(error as Error).message}`], compared: 0, unsaid: {} }
  }
  const wrong: string[] = []
  let start = 0
  for (const { node, sums } of formulas) {
    wrong.push(
      ...compare(sums, found, width, start).wrong.map((sentence) => `${print(node)} on the GPU: ${sentence}, seed ${seed}`),
    )
    start += node.dim
  }
  return { wrong, compared: formulas.length, unsaid: {} }
}
