// Numbers for the variables of random formulas.
import { variables } from "./formulas.ts"
import { randoms } from "./values.ts"

type Inputs = readonly ArrayLike<number>[]

export interface Data {
  readonly inputs: readonly Float32Array[]
  readonly rows: number
  readonly columns: number
}

const entries = Object.entries(variables)
export const aliases = entries.map(([name, [category, dim]]) => `${name} = ${category}(${dim})`)

/** Numbers of either sign, away from 0, for every variable. */
export function data(seed: number, rows = 3, columns = 2): Data {
  const random = randoms(seed)
  const count = { Vi: rows, Vj: columns, Pm: 1 }
  const inputs = entries.map(([, [category, dim]]) =>
    Float32Array.from({ length: dim * count[category] }, () => {
      const value = random()
      return Math.sign(value) * (0.15 + Math.abs(value))
    }),
  )
  return { inputs, rows, columns }
}

/** What each variable holds for one pair of rows. */
export function pair(inputs: Inputs, i: number, j: number): Record<string, readonly number[]> {
  return Object.fromEntries(
    entries.map(([name, [category, dim]], n) => {
      const row = { Vi: i, Vj: j, Pm: 0 }[category]
      return [name, Array.from({ length: dim }, (_, k) => inputs[n]![row * dim + k]!)]
    }),
  )
}
