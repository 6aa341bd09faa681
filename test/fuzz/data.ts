// Numbers for the variables of random formulas: tame ones, and those of kinds at which formulas fail.
import { variables } from "./formulas.ts"
import { randoms } from "./values.ts"

type Inputs = readonly ArrayLike<number>[]

export interface Data {
  readonly inputs: readonly Float32Array[]
  readonly rows: number
  readonly columns: number
  /** What kinds of special numbers are among them. */
  readonly kinds: readonly Kind[]
}

const entries = Object.entries(variables)
export const aliases = entries.map(([name, [category, dim]]) => `${name} = ${category}(${dim})`)

/** What a special number may be. */
const numbers = {
  nan: [Number.NaN],
  infinite: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  zero: [0, -0],
  tiny: [1e-30, -1e-30, 1e-20, 1.2e-38, 2 ** -126, -(2 ** -126), 1e-7, -1e-10],
  huge: [1e30, -1e30, 1e38, -1e38, 3.4028234663852886e38, -3.4028234663852886e38, 1e20, -3e18, 1e10],
  trig: [1e4, -31415.926, 1e5, 123456.7, -1e6, 16777216, 1e8, -1e10, 1e15, 1e20, -1e30, 3e38, 3 * Math.PI, -Math.PI / 2, 100 * Math.PI],
  exponent: [-87, -87.3, -88, 88, 88.7, 89, -103, -104, 20, -20, 700],
  integer: [1, 2, 3, -1, -2, 4, 5, 7, 15, 30, 45, -45, 105, 120, 210, 255, 0.5, -0.5, 1.5, 2.5, 1000],
} as const
/** And vectors of equal rows, or of equal components. */
export const kinds = [...Object.keys(numbers), "equal", "constant"] as readonly Kind[]
export type Kind = keyof typeof numbers | "equal" | "constant"

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
  return { inputs, rows, columns, kinds: [] }
}

/** Tame numbers, or such with ties and zeros. */
export const tied = (seed: number, rows: number, columns: number): Data =>
  seed % 2 === 0 ? data(seed, rows, columns) : special(seed, { rows, columns, among: ["zero", "integer", "equal", "constant"] })

/** With special numbers of one or two kinds: in a row each, or here and there. Mostly one column, so that no special number hides another. */
export function special(
  seed: number,
  { rows = 5, columns, among = kinds }: { rows?: number; columns?: number; among?: readonly Kind[] } = {},
): Data {
  const random = randoms(seed ^ 0x5bd1e995)
  const below = (count: number) => Math.floor(((random() + 1) / 2) * count)
  const width = columns ?? (below(4) === 0 ? 2 : 1)
  const tame = data(seed, rows, width)
  const chosen = [...new Set(Array.from({ length: 1 + below(2) }, () => among[below(among.length)]!))]
  const inputs = tame.inputs.map((input) => input.slice())
  for (const kind of chosen) {
    const share = kind === "integer" ? 1 : 2 + below(3)
    if (kind === "equal") equate(inputs, rows, width, below)
    else if (kind === "constant") {
      for (const [n, [, [, dim]]] of entries.entries())
        for (let at = 0; at < inputs[n]!.length; at += dim) if (below(2) === 0) inputs[n]!.fill(inputs[n]![at]!, at, at + dim)
    } else {
      const list = numbers[kind]
      for (const input of inputs) for (let k = 0; k < input.length; k++) if (below(share) === 0) input[k] = list[below(list.length)]!
    }
  }
  return { inputs, rows, columns: width, kinds: chosen }
}

/** Rows of x are the row of y, but for one component here and there; s is t, and A is twice x. */
function equate(inputs: readonly Float32Array[], rows: number, columns: number, below: (count: number) => number): void {
  const of = (name: keyof typeof variables) => inputs[entries.findIndex(([one]) => one === name)]!
  for (const [left, right] of [
    ["x", "y"],
    ["s", "t"],
  ] as const) {
    const dim = variables[left][1]
    for (let row = 0; row < rows; row++) {
      if (row === rows - 1) continue
      for (let k = 0; k < dim; k++) if (row % 2 === 0 || below(2) === 0) of(left)[row * dim + k] = of(right)[(row % columns) * dim + k]!
    }
  }
  for (let n = 0; n < 6 * rows; n++) if (below(2) === 0) of("A")[n] = of("x")[Math.floor(n / 6) * 3 + (n % 3)]!
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
