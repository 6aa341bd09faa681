// Runs one vector through the public interface, as a user would: the alias functions if the case names one, otherwise genred.
import { genericArgKMin, genericArgMin, genericLogSumExp, genericSum, genred } from "../../src/index.ts"
import "../../src/jit/index.ts"
import type { GradientCase, ReductionCase, Table } from "./case.ts"

export interface Output {
  readonly values?: ArrayLike<number>
  readonly indices?: ArrayLike<number>
  readonly rows: number
  readonly category: string
}

interface Matrix {
  readonly data: Float32Array | Int32Array
  readonly rows: number
  readonly category: string
}

/** The formulas of the vectors are not literals, so the types do not check them. */
interface Loose {
  (...inputs: readonly unknown[]): Promise<Matrix | { readonly values: Matrix; readonly indices: Matrix }>
  with(options: { readonly backend: Backend }): Loose
  grad(name: string): Loose
}

export type Backend = "wasm" | "webgpu"

const apis = {
  generic_sum: genericSum,
  generic_logsumexp: genericLogSumExp,
  generic_argmin: genericArgMin,
  generic_argkmin: genericArgKMin,
}

interface Asked {
  readonly formula: string
  readonly formula2?: string | null
  readonly reduction: string
  readonly axis: 0 | 1
  readonly aliases: readonly string[]
  readonly output?: string | null
  readonly K?: number | null
  readonly api?: keyof typeof apis
}

export function build({ formula, formula2, reduction, axis, aliases, K, api, output }: Asked): Loose {
  if (api !== undefined) return (apis[api] as (...texts: readonly unknown[]) => unknown)(formula, output, ...aliases) as Loose
  const options = {
    reduction,
    over: axis === 1 ? "j" : "i",
    ...(K == null ? {} : { k: K }),
    ...(formula2 == null ? {} : { weight: formula2 }),
  }
  return (genred as unknown as (formula: string, aliases: readonly string[], options: object) => Loose)(formula, aliases, options)
}

function array(table: Table): Float32Array {
  return Float32Array.from(table.data, Number)
}

export async function evaluate(given: ReductionCase, backend: Backend): Promise<Output> {
  const answer = await build(given).with({ backend })(...given.args.map(array))
  if ("values" in answer) {
    const { values, indices } = answer
    return { values: values.data, indices: indices.data, rows: values.rows, category: values.category }
  }
  const { data, rows, category } = answer
  return data instanceof Int32Array ? { indices: data, rows, category } : { values: data, rows, category }
}

export async function gradient(given: GradientCase, name: string, backend: Backend): Promise<ArrayLike<number>> {
  const answer = await build(given).with({ backend }).grad(name)(...given.args.map(array), array(given.cotangent))
  if ("values" in answer) throw new Error("a gradient is one matrix")
  return answer.data
}
