// NaN, infinities, zeros and the ends of the normal numbers, against each other, in every region; and arguments by bit pattern.
import { execute } from "../../src/runtime/execute.ts"
import type { Matrix } from "../../src/runtime/matrix.ts"
import { build, random } from "./run.ts"

export type Backend = "wasm" | "webgpu"

const view = new DataView(new ArrayBuffer(4))
function bitsOf(value: number): number {
  view.setFloat32(0, value)
  return view.getUint32(0)
}
function fromBits(bits: number): number {
  view.setUint32(0, bits)
  return view.getFloat32(0)
}

const smallestNormal = 2 ** -126
const largest = 3.4028234663852886e38
const numbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1, -1, 0.5, smallestNormal, -smallestNormal]
const grid = [...numbers, largest, -largest]
const pairs = grid.flatMap((a) => grid.map((b) => [a, b] as const))

/** The value of a formula of a and b; without one, that of the CPU is expected. */
export const edges: readonly (readonly [text: string, right?: (a: number, b: number) => number])[] = [
  ["a < b", (a, b) => Number(a < b)],
  ["a <= b", (a, b) => Number(a <= b)],
  ["a > b", (a, b) => Number(a > b)],
  ["a >= b", (a, b) => Number(a >= b)],
  ["a == b", (a, b) => Number(a === b)],
  ["a != b", (a, b) => Number(a !== b)],
  ["a != a", (a) => Number(Number.isNaN(a))],
  ["a == a", (a) => Number(!Number.isNaN(a))],
  ["a <= a", (a) => Number(!Number.isNaN(a))],
  ["a < a", () => 0],
  ["a != 0", (a) => Number(a !== 0)],
  ["0 < a", (a) => Number(a > 0)],
  ["a == 1 / 0.5 - 1", (a) => Number(a === 1)],
  ["IfElse(a, b, 7)", (a, b) => (a >= 0 ? b : 7)],
  ["IfElse(a, 7, b)", (a, b) => (a >= 0 ? 7 : b)],
  ["Step(a)", (a) => (a < 0 ? 0 : 1)],
  ["Sign(a)", (a) => (a < 0 ? -1 : a > 0 ? 1 : 0)],
  ["Abs(a)", (a) => Math.abs(a)],
  ["Floor(a)", (a) => Math.floor(a)],
  ["a - a", (a) => a - a],
  ["0 * a", (a) => 0 * a],
  ["a * 0 + b", (a, b) => a * 0 + b],
  ["IfElse(Exp(a) - 0.5, 1, 2)", (a) => (Math.exp(a) >= 0.5 ? 1 : 2)],
  ["IfElse(Log(a), 1, 2)", (a) => (Math.log(a) >= 0 ? 1 : 2)],
  ["Sqrt(a) == Sqrt(b)", (a, b) => Number(Math.fround(Math.sqrt(a)) === Math.fround(Math.sqrt(b)))],
  ["ReLU(a)"],
  ["Clamp(a, b, 1)"],
  ["MinOf(a, b)"],
  ["MaxOf(a, b)"],
  ["Max(Concat(a, b))"],
  ["Min(Concat(a, b))"],
  ["ArgMax(Concat(a, b))"],
  ["ArgMin(Concat(a, b))"],
  ["Round(a, 0)"],
]

const inputs = [0, 1].map((n) => Float32Array.from(pairs, (pair) => pair[n]!))
const places = Float32Array.from(pairs, (_, n) => n)
/** Few, one component for each, for what is the same for all pairs. */
const some = pairs.filter((_, n) => n % 13 === 0 || n % 11 === 4)

/** The values of all formulas, row by row. A few to a kernel: drivers take long to compile many. */
async function products(formulas: readonly string[], aliases: readonly string[], given: readonly Float32Array[], backend: Backend) {
  const few = 9
  const kernels = Array.from({ length: Math.ceil(formulas.length / few) }, (_, n) => formulas.slice(n * few, (n + 1) * few))
  const parts = kernels.map(async (texts) => {
    const joined = texts.reduceRight((rest, one) => `Concat(${one}, ${rest})`)
    const { data } = (await execute(build(joined, aliases, "Product"), given, { backend })) as Matrix
    return { data: data as Float32Array, width: texts.length }
  })
  const all = await Promise.all(parts)
  const rows = all[0]!.data.length / all[0]!.width
  return Float32Array.from(
    Array.from({ length: rows }, (_, row) => all.flatMap(({ data, width }) => [...data.subarray(row * width, (row + 1) * width)])).flat(),
  )
}

/** Values of all formulas for all pairs where a and b are known for a row, a column, a pair; or for few pairs where they are parameters. */
export const regions: Readonly<Record<string, (backend: Backend) => Promise<{ pairs: typeof pairs; values: Float32Array }>>> = {
  row: async (backend) => ({
    pairs,
    values: await products(
      edges.map(([text]) => text),
      ["a = Vi(1)", "b = Vi(1)"],
      inputs,
      backend,
    ),
  }),
  column: (backend) => chosen("a = Vj(1)", "b = Vj(1)", backend),
  pair: (backend) => chosen("a = Vi(1)", "b = Vj(1)", backend),
  constant: async (backend) => {
    // one formula for each pair and text: component n of the result
    const texts = edges.map(([text]) => text)
    const values = await Promise.all(
      some.map(([a, b]) =>
        products(texts, ["a = Pm(1)", "b = Pm(1)", "n = Vi(1)"], [Float32Array.of(a), Float32Array.of(b), Float32Array.of(1)], backend),
      ),
    )
    return { pairs: some, values: Float32Array.from(values.flatMap((all) => [...all])) }
  },
}

/** Row k reads the column that has its number, and 1 from all others: a product of one value. */
async function chosen(first: string, second: string, backend: Backend) {
  const formulas = edges.map(([text]) => `IfElse(-Abs(k - n), ${text}, 1)`)
  const aliases = [first, second, "k = Vi(1)", "n = Vj(1)"]
  return { pairs, values: await products(formulas, aliases, [...inputs, places, places], backend) }
}

/** The differences between values, in words; zeros of different sign differ. */
export function differences(given: typeof pairs, found: ArrayLike<number>, right: (n: number, place: number) => number | undefined) {
  return given.flatMap(([a, b], n) =>
    edges.flatMap(([text], place) => {
      const [want, has] = [right(n, place), found[n * edges.length + place]!]
      const same = want === undefined || (Number.isNaN(want) ? Number.isNaN(has) : bitsOf(want) === bitsOf(has))
      return same ? [] : [`${text} at ${Object.is(a, -0) ? "-0" : a}, ${Object.is(b, -0) ? "-0" : b}: ${has}, not ${want}`]
    }),
  )
}

/** Float32 numbers of random bits, all of them finite. */
function randomBits(seed: number, count: number, keep: (value: number) => boolean = () => true): Float32Array {
  let state = seed >>> 0
  const half = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 16
  }
  const next = (): number => {
    const value = fromBits(((half() << 16) | half()) >>> 0)
    return Number.isFinite(value) && keep(value) ? value : next()
  }
  return Float32Array.from({ length: count }, next)
}

/** Numbers near multiples of pi / 2, of all sizes; among them the nearest of all float32 numbers. */
function nearMultiples(count: number): Float32Array {
  const near = Float32Array.from({ length: count }, (_, n) => ((n + 1) * 40503 * 2 ** (n % 40) * Math.PI) / 2)
  near.set([16367173 * 2 ** 72, -16367173 * 2 ** 72, 1.5707964, 4.712389, 12867.963, 12799.999, 12800, 8388608, largest])
  return near
}

/** The largest error of a formula of x, by `measure`; NaN if one is NaN. */
async function worst(formula: string, inputs: Float32Array, backend: Backend, measure: (found: number, x: number) => number) {
  const { data } = (await execute(build(formula, ["x = Vi(1)"], "Sum"), [inputs], { backend })) as Matrix
  return [...(data as Float32Array)].reduce((most, found, n) => Math.max(most, measure(found, inputs[n]!)), 0)
}

const angles: readonly (readonly [name: string, numbers: Float32Array])[] = [
  ["any bits", randomBits(1, 40_000)],
  ["far bits", randomBits(2, 40_000, (x) => Math.abs(x) > 1e4)],
  ["near multiples of pi / 2", nearMultiples(20_000)],
  ["about the first far angle", random(3, 40_000, -14_000, 14_000)],
]

/** Names, and what must be at most 1, of elementary functions. Math's are right to the last digits of float64, also for large angles. */
export const accuracies: readonly (readonly [name: string, worst: (backend: Backend) => Promise<number>])[] = [
  ...angles.flatMap(([name, numbers]) => [
    [`Sin of ${name}`, (on: Backend) => worst("Sin(x)", numbers, on, (found, x) => Math.abs(found - Math.sin(x)) / 2e-7)] as const,
    [`Cos of ${name}`, (on: Backend) => worst("Cos(x)", numbers, on, (found, x) => Math.abs(found - Math.cos(x)) / 2e-7)] as const,
    [`Tan of ${name}`, (on: Backend) => worst("Tan(x)", numbers, on, tangent)] as const,
  ]),
  ["Exp of small numbers", (on) => worst("Exp(x)", random(4, 20_000, -87.3365, -80), on, exponential)],
  ["Exp of large numbers", (on) => worst("Exp(x)", random(5, 20_000, 80, 88.7228), on, exponential)],
  ["Exp below the normal numbers", (on) => worst("Exp(x)", random(6, 20_000, -200, -87.3366), on, subnormal)],
  ["Log of subnormal numbers", (on) => worst("Log(x)", random(7, 20_000, 1e-44, 1e-38), on, logarithm)],
]
const tangent = (found: number, x: number) => {
  const right = Math.abs(Math.tan(x))
  return right > 5 ? 0 : Math.abs(found - Math.tan(x)) / (1e-6 + 3e-6 * right)
}
const exponential = (found: number, x: number) => Math.abs(found / Math.exp(x) - 1) / 2e-5
/** 0, or the number itself. */
const subnormal = (found: number, x: number) => (found === 0 ? 0 : Math.abs(found - Math.exp(x)) / (2e-5 * smallestNormal))
/** If loads make subnormal numbers 0: -inf. */
const logarithm = (found: number, x: number) => (found === Number.NEGATIVE_INFINITY ? 0 : Math.abs(found - Math.log(x)) / 2e-5)

/** Pairs whose quotient, or the square root of whose first number, must be rounded correctly; none of them is subnormal. */
export const quotients: readonly (readonly [name: string, x: Float32Array, y: Float32Array])[] = [
  ["random bits", ...between(8, (bits) => fromBits(bits))],
  ["numbers of one size", ...between(9, (bits) => fromBits((bits & 0x807fffff) | ((120 + ((bits >>> 23) & 15)) << 23)))],
  ["integers", ...between(10, (bits) => 1 + (bits >>> 18))],
  ["integers of 24 bits", ...between(11, (bits) => 2 ** 24 - (bits >>> 16))],
  [
    "long and short mantissas",
    ...between(12, (bits) => fromBits(0x3f800000 + ((bits & 7) << 23) + [0, 1, 0x7fffff, 0x7ffffe][bits >>> 30]!)),
  ],
  ["whole quotients", ...whole()],
]
function between(seed: number, number: (bits: number) => number): [Float32Array, Float32Array] {
  const bits = randomBits(seed, 40_000).map(Math.fround)
  const given = Float32Array.from(bits, (value) => number(bitsOf(value)))
  return [given.subarray(0, 20_000), given.subarray(20_000)]
}
function whole(): [Float32Array, Float32Array] {
  const y = Float32Array.from({ length: 20_000 }, (_, n) => 1 + (n % 4000))
  return [y.map((divisor, n) => divisor * (1 + ((n * 7919) % 4000))), y]
}

/** How many quotients and square roots are not those of float32. `change` is done to the text of the GPU's kernel. */
export async function inexact(x: Float32Array, y: Float32Array, backend: Backend, change?: (code: string) => string): Promise<number> {
  // an index is what asks for exact values; there is one column
  const artifact = build("Concat(x / y, Sqrt(x))", ["x = Vi(1)", "y = Vi(1)"], "Min_ArgMin")
  const wgsl = { ...artifact.wgsl, code: change?.(artifact.wgsl.code) ?? artifact.wgsl.code }
  if (change && wgsl.code === artifact.wgsl.code) throw new Error("the text has not what is to be changed")
  const { values } = (await execute({ ...artifact, wgsl }, [x, y], { backend })) as { values: Matrix }
  const isNormal = (value: number) => Math.abs(value) >= smallestNormal && Math.abs(value) <= largest
  let wrong = 0
  for (const [n, first] of x.entries()) {
    const [quotient, root] = [Math.fround(first / y[n]!), Math.fround(Math.sqrt(first))]
    const [found, foundRoot] = values.data.subarray(2 * n) as Float32Array
    if (![first, y[n]!].every(isNormal)) continue
    if (isNormal(quotient) && found !== quotient) wrong++
    if (isNormal(root) && foundRoot !== root) wrong++
  }
  return wrong
}
