// An oracle of reductions: in float64, from separate definitions, on the formulas' oracle.
import { parse } from "../../src/formula/parser/parse.ts"
import { evaluate } from "./oracle.ts"

export interface Setting {
  readonly formula: string
  readonly weight?: string
  readonly variables: readonly { readonly name: string; readonly category: "Vi" | "Vj" | "Pm"; readonly dim: number }[]
  readonly reduction: string
  readonly over: "i" | "j"
  readonly k?: number
}

type Column = readonly number[]
const add = (values: Column) => values.reduce((sum, value) => sum + value, 0)
/** What becomes of every number on the way. */
type Adjust = (numbers: Column) => Column
const logSumExp = (f: Column, g: Column = f.map(() => 1), adjust: Adjust = (numbers) => numbers) => {
  const m = Math.max(...f)
  return m === Number.NEGATIVE_INFINITY ? m : m + Math.log(adjust([add(f.map((value, n) => Math.exp(value - m) * g[n]!))])[0]!)
}
/** NaN never wins. */
const numbers = (f: Column) => f.filter((value) => !Number.isNaN(value))
const ranked = (f: Column, k: number) => {
  const sorted = numbers(f).sort((a, b) => a - b)
  return Array.from({ length: k }, (_, n) => sorted[n] ?? Number.POSITIVE_INFINITY)
}

/** From the values of one component (and of one of the weight) to those of the output. */
const values: Readonly<Record<string, (f: Column, k: number, g?: Column, adjust?: Adjust) => Column>> = {
  Sum: (f) => [add(f)],
  Product: (f) => [f.reduce((product, value) => product * value, 1)],
  LogSumExp: (f, _k, g, adjust) => [logSumExp(f, g, adjust)],
  SumSoftMaxWeight: (f, _k, g, adjust) => {
    const scale = logSumExp(f, undefined, adjust)
    return [add(f.map((value, n) => Math.exp(value - scale) * g![n]!))]
  },
  Min: (f) => [Math.min(...numbers(f))],
  Max: (f) => [Math.max(...numbers(f))],
  Min_ArgMin: (f) => [Math.min(...numbers(f))],
  Max_ArgMax: (f) => [Math.max(...numbers(f))],
  KMin: (f, k) => ranked(f, k),
  KMin_ArgKMin: (f, k) => ranked(f, k),
}

/** The values of a reduction, row-major, for one flat array of each variable. */
export function reduce(setting: Setting, inputs: readonly Column[]): Column {
  const { formula, weight, variables, reduction, over, k = 1 } = setting
  const dims = Object.fromEntries(variables.map(({ name, dim }) => [name, dim]))
  const f = parse(formula, dims)
  const g = weight === undefined ? undefined : parse(weight, dims)
  const count = (category: string) => {
    const n = variables.findIndex((variable) => variable.category === category)
    return n < 0 ? 1 : inputs[n]!.length / variables[n]!.dim
  }
  const [rows, columns] = over === "j" ? [count("Vi"), count("Vj")] : [count("Vj"), count("Vi")]
  const own = over === "j" ? "Vi" : "Vj"
  const at = (row: number, column: number) =>
    Object.fromEntries(
      variables.map(({ name, category, dim }, n) => {
        const index = category === "Pm" ? 0 : category === own ? row : column
        return [name, inputs[n]!.slice(index * dim, (index + 1) * dim)]
      }),
    )
  return Array.from({ length: rows }, (_, row) => {
    const places = Array.from({ length: columns }, (_, column) => at(row, column))
    const fs = places.map((place) => evaluate(f, place))
    const gs = g && places.map((place) => evaluate(g, place))
    const width = (g ?? f).dim
    const outputs = Array.from({ length: width }, (_, c) =>
      values[reduction]!(
        fs.map((value) => value[f.dim === 1 ? 0 : c]!),
        k,
        gs?.map((value) => value[c]!),
      ),
    )
    return Array.from({ length: k }, (_, rank) => outputs.map((output) => output[rank]!)).flat()
  }).flat()
}

/** The vector-Jacobian product of a reduction with respect to one variable, by central differences. */
export function difference(setting: Setting, inputs: readonly Column[], variable: number, cotangent: Column): Column {
  const step = 1e-5
  const moved = (at: number, by: number) =>
    reduce(
      setting,
      inputs.map((input, n) => (n === variable ? input.map((value, m) => (m === at ? value + by : value)) : input)),
    )
  return inputs[variable]!.map((_, at) => {
    const [above, below] = [moved(at, step), moved(at, -step)]
    return add(cotangent.map((e, n) => (above[n] === below[n] ? 0 : (e * (above[n]! - below[n]!)) / (2 * step))))
  })
}

export interface Derivatives {
  /** For each rank. */
  readonly value: Column
  /** What the value of each rank receives from each value of the formula, and of the weight. */
  readonly f: readonly Column[]
  readonly g?: readonly Column[]
  /** What is taken from what f receives: a mean's derivative is a difference of two sums, each of which is rounded. */
  readonly less?: readonly Column[]
}

/**
 * A reduction of one component (and of one of the weight) and its derivatives, by separate definitions. `adjust` is for the value too,
 * because the derivatives of weighted sums are small differences to it, and for the sum in a logarithm: near 1 that has no digits left.
 */
export function derivatives(reduction: string, f: Column, k = 1, g?: Column, adjust: Adjust = (numbers) => numbers): Derivatives {
  const value = adjust(values[reduction]!(f, k, g, adjust))
  const exponentials = (weight?: Column) => {
    const most = Math.max(...f)
    const scale = add([...adjust([most]), ...adjust([logSumExp(f, weight, adjust) - most])])
    return adjust(f.map((one) => Math.exp(one - scale)))
  }
  const ranks = (sign: 1 | -1) => {
    const order = f.flatMap((value, n) => (Number.isNaN(value) ? [] : [n])).sort((a, b) => sign * (f[a]! - f[b]!) || a - b)
    return value.map((_, rank) => f.map((_, n) => (n === order[rank] ? 1 : 0)))
  }
  const slopes: Readonly<Record<string, () => Omit<Derivatives, "value">>> = {
    Sum: () => ({ f: [f.map(() => 1)] }),
    Product: () => ({ f: [adjust(f.map((_, n) => f.reduce((product, one, m) => (m === n ? product : product * one), 1)))] }),
    LogSumExp: () => {
      const e = exponentials(g)
      return g ? { f: [e.map((one, n) => one * g[n]!)], g: [e] } : { f: [e] }
    },
    SumSoftMaxWeight: () => {
      const e = exponentials()
      return { f: [e.map((one, n) => one * g![n]!)], less: [e.map((one) => one * value[0]!)], g: [e] }
    },
    Min: () => ({ f: ranks(1) }),
    Max: () => ({ f: ranks(-1) }),
    Min_ArgMin: () => ({ f: ranks(1) }),
    Max_ArgMax: () => ({ f: ranks(-1) }),
    KMin: () => ({ f: ranks(1) }),
    KMin_ArgKMin: () => ({ f: ranks(1) }),
  }
  return { value, ...slopes[reduction]!() }
}
