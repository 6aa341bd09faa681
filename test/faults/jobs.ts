// What faults are injected into: reductions of each kind through the public API, with their numbers if nothing fails.
import { genred, type Matrix, type RunOptions } from "../../src/index.ts"
import "../../src/jit/index.ts"
import { random } from "../support/run.ts"

interface Pair {
  readonly values: Matrix
  readonly indices: Matrix
}
export type Given = Matrix | Pair
export interface Loose {
  (...inputs: readonly unknown[]): Promise<Given>
  with(options: RunOptions): Loose
  grad(name: string): Loose
}

export interface Job {
  readonly name: string
  readonly formula: string
  readonly reduction: Loose
  /** Fresh arrays at each call. */
  inputs(): Float32Array<ArrayBuffer>[]
}

const make = (formula: string, aliases: readonly string[], reduction: string, more: object = {}) =>
  (genred as unknown as (formula: string, aliases: readonly string[], options: object) => Loose)(formula, aliases, { reduction, ...more })

const xy = ["x = Vi(3)", "y = Vj(3)"]
const [M, N] = [70, 300]
const x = () => random(1, 3 * M) as Float32Array<ArrayBuffer>
const y = () => random(2, 3 * N) as Float32Array<ArrayBuffer>
const gaussian = "Exp(-SqDist(x, y))"
const distance = "SqDist(x, y)"

export const jobs: readonly Job[] = [
  { name: "sum", formula: gaussian, reduction: make(gaussian, xy, "Sum"), inputs: () => [x(), y()] },
  { name: "pair", formula: distance, reduction: make(distance, xy, "KMin_ArgKMin", { k: 3 }), inputs: () => [x(), y()] },
  {
    name: "several submits",
    formula: gaussian,
    reduction: make(gaussian, xy, "Sum", { over: "i" }),
    inputs: () => [random(4, 3 * 3000), random(5, 3 * 700)] as Float32Array<ArrayBuffer>[],
  },
  {
    name: "parameter",
    formula: "g * x * y",
    reduction: make("g * x * y", [...xy, "g = Pm(1)"], "LogSumExp"),
    inputs: () => [x(), y(), new Float32Array([0.5])],
  },
  {
    name: "gathered gradient",
    formula: distance,
    reduction: make(distance, xy, "Min").grad("y"),
    inputs: () => [x(), y(), random(3, M) as Float32Array<ArrayBuffer>],
  },
]

/** All numbers of a result, wherever they are. */
export async function numbersOf(given: Given): Promise<readonly number[]> {
  const parts = "values" in given ? [given.values, given.indices] : [given]
  const hosts = await Promise.all(parts.map((part) => part.toHost()))
  return hosts.flatMap((host) => Array.from(host.data))
}

export function free(given: Given): void {
  for (const part of "values" in given ? [given.values, given.indices] : [given]) part.dispose()
}

/** How two results differ; undefined if they are the same bits. */
export function differs(got: readonly number[], wanted: readonly number[]): string | undefined {
  if (got.length !== wanted.length) return `${got.length} numbers, not ${wanted.length}`
  const at = wanted.findIndex((value, n) => !Object.is(value, got[n]))
  return at < 0 ? undefined : `number ${at} is ${got[at]}, not ${wanted[at]}`
}

/** Why an error is not one of ours: it is not a sentence, or does not name its subject. */
export function raw(error: unknown, { formula }: Job): string | undefined {
  if (!(error instanceof Error)) return `${String(error)} was thrown`
  const isOurs = /^(`.+`: |x: |y: |g: |cotangent: |this matrix |no WebGPU adapter|`output: "device"`|aborted by the harness$)/.test(
    error.message,
  )
  const isRaw = /undefined|\[object|Cannot read|is not a function|call stack|Array buffer|Invalid typed array|detached ArrayBuffer/.test(
    error.message,
  )
  return isOurs && !isRaw ? undefined : `${formula}: not in our words: ${error.name}: ${error.message}`
}
