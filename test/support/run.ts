// Runs one reduction through every stage on the CPU executor, without the public API: for tests of kernels.
import type { Artifact } from "../../src/artifact/artifact.ts"
import { compileReduction } from "../../src/compiler/compile-reduction.ts"
import { parseAlias } from "../../src/formula/alias.ts"
import { runOnCpu } from "../../src/runtime/cpu/execute.ts"

export interface Setup {
  readonly over?: "i" | "j"
  readonly k?: number
  readonly weight?: string
  /** Definitions of operations that the formula uses. */
  readonly operations?: readonly (string | object)[]
}

/** `["x = Vi(3)", ...]` and one flat array for each. */
export async function run(
  formula: string,
  aliases: readonly string[],
  reduction: string,
  inputs: readonly ArrayLike<number>[],
  setup: Setup = {},
) {
  const artifact = build(formula, aliases, reduction, setup)
  const rowsOf = (role: string) => {
    const n = artifact.variables.findIndex((variable) => variable.role === role)
    return n < 0 ? 1 : inputs[n]!.length / artifact.variables[n]!.dim
  }
  const job = { artifact, rows: rowsOf("row"), columns: rowsOf("column"), inputs: inputs.map((input) => Float32Array.from(input)) }
  const { values, indices } = await runOnCpu(job)
  return { values: values && Array.from(values), indices: indices && Array.from(indices), artifact }
}

export function build(
  formula: string,
  aliases: readonly string[],
  reduction: string,
  { over = "j", k, weight, operations }: Setup = {},
): Artifact {
  const variables = aliases.map(parseAlias)
  return compileReduction({ formula, variables, reduction, over, k, weight, operations })
}

/** Reproducible numbers in [low, high). */
export function random(seed: number, count: number, low = -1, high = 1): Float32Array {
  let state = seed * 2654435761 + 1
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return low + ((high - low) * state) / 2 ** 32
  })
}
