// Data for the samples of the table's rows, and the oracle's values of a sum over all columns.
import type { Node } from "../../src/formula/node.ts"
import { evaluate } from "./oracle.ts"
import { random } from "./run.ts"

const category = { x: "Vi", y: "Vj", s: "Vi", t: "Pm", A: "Vj", W: "Pm" } as const
type Name = keyof typeof category
const names = Object.keys(category) as Name[]

export interface Setting {
  readonly dims: Readonly<Record<Name, number>>
  readonly aliases: readonly string[]
  readonly inputs: readonly Float32Array[]
  readonly rows: number
  /** What each variable holds for one pair. */
  at(i: number, j: number): Record<string, readonly number[]>
}

/** Variables for samples of dimension `dim`, with numbers in [0.2, 0.9). */
export function setting(dim: number, rows = 5, columns = 7): Setting {
  const dims = { x: dim, y: dim, s: 1, t: 1, A: 2 * dim, W: dim * dim }
  const count = { Vi: rows, Vj: columns, Pm: 1 }
  const inputs = names.map((name, n) => random(n, dims[name] * count[category[name]], 0.2, 0.9))
  const at = (i: number, j: number) =>
    Object.fromEntries(
      names.map((name, n) => {
        const row = { Vi: i, Vj: j, Pm: 0 }[category[name]]
        return [name, Array.from(inputs[n]!.subarray(row * dims[name], (row + 1) * dims[name]))]
      }),
    )
  return { dims, aliases: names.map((name) => `${name} = ${category[name]}(${dims[name]})`), inputs, rows, at }
}

/** The sum over all columns for every row, one component after the other, and the sum of the absolute values. */
export function sums(node: Node, { rows, at, inputs, dims }: Setting): { readonly exact: number[]; readonly size: number[] } {
  const columns = inputs[names.indexOf("y")]!.length / dims.y
  const exact: number[] = []
  const size: number[] = []
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (const [k, value] of evaluate(node, at(i, j)).entries()) {
        const place = i * node.dim + k
        exact[place] = (exact[place] ?? 0) + value
        size[place] = (size[place] ?? 0) + Math.abs(value)
      }
    }
  }
  return { exact, size }
}
