// Sums: over components, long ones whose terms cancel, and weighted means. Values by hand, or in float64 with compensated sums.
import type { Case } from "../case.ts"

const f32 = Math.fround
const both = ["wasm", "webgpu"] as const
const times = (count: number, term: (n: number) => number) => Array.from({ length: count }, (_, n) => f32(term(n)))

/** In float64, compensated. */
function exactly(terms: readonly number[]): number {
  let [sum, lost] = [0, 0]
  for (const term of terms) {
    const made = sum + term
    lost += Math.abs(sum) >= Math.abs(term) ? sum - made + term : term - made + sum
    sum = made
  }
  return sum + lost
}
const pairwise = (x: readonly number[], y: readonly number[], of: (a: number, b: number) => number) =>
  exactly(x.map((a, n) => of(a, y[n]!)))

type Given = Omit<Case, "topic" | "backends" | "reduction"> & { readonly reduction?: string }
const make =
  (topic: string, tolerance: Case["tolerance"]) =>
  (given: Given): Case => ({ topic, backends: both, reduction: "Sum", tolerance, ...given, id: `own-${topic}/${given.id}` })

// --- sums over components ---
const component = make("component-sum", { rtol: 3e-7, atol: 0 })
const waves = (count: number, by: number) => times(count, (n) => 0.05 + ((n * by) % 11) / 9)
const [a784, b784] = [waves(784, 3), waves(784, 5)]
const [a4096, b4096] = [waves(4096, 3), waves(4096, 7)]
const odd = times(1027, (n) => 0.3 + (n % 5) / 7)
const million = times(1_000_000, (n) => 0.1 + (n % 13) / 17)
const square = times(200 * 200, (n) => ((n * 7) % 19) / 19)
const side = times(200, (n) => ((n * 3) % 7) / 7)
const dot = (k: number, row: boolean) => exactly(side.map((b, n) => b * square[row ? k * 200 + n : n * 200 + k]!))
const distance = (a: number, b: number) => (a - b) ** 2

const components: readonly Case[] = [
  { id: "1", formula: "Scalprod(x,y)", args: [a784, b784], dim: 784, value: pairwise(a784, b784, (a, b) => a * b) },
  { id: "2", formula: "SqDist(x,y)", args: [a4096, b4096], dim: 4096, value: pairwise(a4096, b4096, distance) },
  { id: "3", formula: "Sum(x)*Sum(y)/4096", args: [a4096, b4096], dim: 4096, value: (exactly(a4096) * exactly(b4096)) / 4096 },
  { id: "4", formula: "Sum(x)+0*Sum(y)", args: [times(4096, () => 0.3), b4096], dim: 4096, value: 4096 * f32(0.3) },
  {
    id: "5",
    formula: "SqDist(x,y)",
    args: [times(4096, () => 0.1), times(4096, () => 0.7)],
    dim: 4096,
    value: 4096 * (f32(0.1) - f32(0.7)) ** 2,
  },
  {
    id: "6",
    formula: "Sum(Abs(x-y))",
    args: [odd, odd.map((n) => f32(n * 3))],
    dim: 1027,
    value: pairwise(
      odd,
      odd.map((n) => f32(n * 3)),
      (a, b) => b - a,
    ),
  },
].map(({ id, formula, args, dim, value }) =>
  component({
    id,
    formula,
    aliases: [`x = Vi(${dim})`, `y = Vj(${dim})`],
    args,
    expected: { values: [value] },
    why: `${dim} components`,
  }),
)

const matrices: readonly Case[] = [
  component({
    id: "8",
    formula: "MatVecMult(A, b)",
    aliases: ["A = Vj(40000)", "b = Vi(200)"],
    args: [square, side],
    expected: { values: times(200, () => 0).map((_, k) => dot(k, true)) },
    why: "rows of 200, in a loop over rows",
  }),
  component({
    id: "9",
    formula: "VecMatMult(b, A)",
    aliases: ["A = Vi(40000)", "b = Vj(200)"],
    args: [square, side],
    expected: { values: times(200, () => 0).map((_, k) => dot(k, false)) },
    why: "columns of 200",
  }),
  {
    ...component({
      id: "10",
      formula: "SqDist(x,y)",
      aliases: ["x = Vi(1000000)", "y = Vj(1000000)"],
      args: [million, million.map((n) => f32(n * 2))],
      expected: {
        values: [
          pairwise(
            million,
            million.map((n) => f32(n * 2)),
            distance,
          ),
        ],
      },
      why: "a million components",
    }),
    tolerance: { rtol: 1e-6, atol: 0 },
  },
  component({
    id: "11",
    formula: "Norm2(x) + 0*y",
    aliases: ["x = Vi(4096)", "y = Vj(1)"],
    args: [a4096, [1]],
    expected: { values: [Math.sqrt(pairwise(a4096, a4096, (a, b) => a * b))] },
    why: "what depends on the row alone",
  }),
]

// --- long sums whose terms cancel ---
const long = make("long-sum", { rtol: 1e-7, atol: 0 })
const ones = (count: number, at: Readonly<Record<number, number>>) => times(count, (n) => at[n] ?? 1)
const ends = ones(10_000, { 0: 1e8, 9999: -1e8 })
const middle = ones(10_000, { 4000: 1e8, 4001: 3e8, 4002: -7e8, 4007: -1e8, 7000: -3e8, 9990: 7e8 })
const pairs = ones(20_000, { 1: 123456792, 2: -98765432, 3: 3e9, 10001: -3e9, 15000: 98765432, 19998: -123456792 })
const spread = times(6000, (n) => (n % 3 === 0 ? 3e7 + 8 * n : n % 3 === 1 ? 0.5 : -3e7 - 8 * (n - 2)))
const scalar = ["x = Vi(1)", "y = Vj(1)"]
const longs: readonly Case[] = [
  long({
    id: "1",
    formula: "x + y",
    aliases: scalar,
    args: [[0, 0], middle],
    expected: { values: [9994, 9994] },
    why: "large ones in the middle",
  }),
  long({
    id: "2",
    formula: "x + y",
    over: "i",
    aliases: scalar,
    args: [pairs, [0]],
    expected: { values: [exactly(pairs)] },
    why: "three pairs, over i",
  }),
  long({
    id: "3",
    formula: "x * y",
    aliases: ["x = Vi(3)", "y = Vj(1)"],
    args: [[1, 2, -4], ends],
    expected: { values: [9998, 19996, -39992] },
    why: "three components",
  }),
  long({
    id: "4",
    formula: "x * y",
    aliases: ["x = Vi(20)", "y = Vj(1)"],
    args: [times(20, (n) => n - 10), ends],
    expected: { values: times(20, (n) => (n - 10) * 9998) },
    why: "components in a loop",
  }),
  long({
    id: "5",
    formula: "x * y",
    aliases: scalar,
    args: [[1, -2], spread],
    expected: { values: [exactly(spread), -2 * exactly(spread)] },
    why: "large ones everywhere",
  }),
  long({
    id: "6",
    formula: "Exp(-SqDist(x,y)) * b",
    aliases: ["x = Vi(2)", "y = Vj(2)", "b = Vj(1)"],
    args: [times(10, () => 0.25), times(20_000, () => 0.25), ends],
    expected: { values: [9998, 9998, 9998, 9998, 9998] },
    why: "a signed weight of kernels that are 1",
  }),
  long({ id: "7", formula: "y", aliases: ["x = Vi(1)", "y = Vj(1)"].slice(1), args: [ends], expected: { values: [9998] }, why: "no rows" }),
  long({
    id: "8",
    formula: "x + y",
    aliases: scalar,
    args: [[0], [...ends, "Infinity"]],
    expected: { values: ["Infinity"] },
    why: "an infinite term",
  }),
  long({ id: "9", formula: "x + y", aliases: scalar, args: [[0], [...ends, "NaN", 1]], expected: { values: ["NaN"] }, why: "a NaN" }),
]
const zeros = times(10_000, () => 0)
const weights: readonly Case[] = [
  long({
    id: "10",
    formula: "x + 0*y",
    aliases: [...scalar, "b = Vj(1)"],
    reduction: "Max_SumShiftExp",
    weight: "b",
    args: [[3], zeros, ends],
    expected: { values: [3, 9998] },
    why: "signed weights",
  }),
  long({
    id: "11",
    formula: "x + 0*y",
    aliases: [...scalar, "b = Vj(2)"],
    reduction: "SumSoftMaxWeight",
    weight: "b",
    args: [[3, -1], zeros, times(20_000, (n) => (n % 2 ? 1 : 2) * ends[n >> 1]!)],
    expected: { values: [2 * 0.9998, 0.9998, 2 * 0.9998, 0.9998] },
    why: "a mean of signed weights",
  }),
  long({
    id: "12",
    formula: "x + 0*y",
    aliases: [...scalar, "b = Vj(24)"],
    reduction: "Max_SumShiftExp",
    weight: "b",
    args: [[1], zeros, times(240_000, (n) => ends[Math.floor(n / 24)]!)],
    expected: { values: [1, ...times(24, () => 9998)] },
    why: "signed weights, components in a loop",
  }),
]

const few = times(20_000, (n) => (pairs[n] === 1 ? n % 2 : 0))
/** Over components: products that are exact, the large ones at the ends and elsewhere. */
const folds: readonly Case[] = (
  [
    ["13", "Scalprod(x,y)", ends, times(10_000, () => 1), 9998],
    ["14", "Sum(x*y)", middle, times(10_000, () => -2), -2 * 9994],
    ["15", "Sum(x)+0*Sum(y)", [...middle.slice(4000), ...middle.slice(0, 4000)], times(10_000, () => 1), 9994],
    ["16", "Sum(x+y)", pairs, few, pairwise(pairs, few, (a, b) => a + b)],
    ["17", "Scalprod(x,y)+Sum(x)", spread, times(6000, () => 4), 5 * exactly(spread)],
    ["18", "Sum(MatVecMult(x,y))", times(10_000, (n) => (n % 5000 ? 1 : 1e8)), times(5000, (n) => (n === 1777 ? -1e8 : 1)), 2 * 4998],
  ] as const
).map(([id, formula, x, y, value]) =>
  long({
    id,
    formula,
    aliases: [`x = Vi(${x.length})`, `y = Vj(${y.length})`],
    args: [x, y],
    expected: { values: [value] },
    why: "large components that cancel",
  }),
)

// --- weighted means ---
const softmax = make("softmax", { rtol: 2e-6, atol: 0 })
const mean = (f: readonly number[], g: readonly number[]) => {
  const most = f.reduce((a, b) => Math.max(a, b))
  const e = f.map((one) => Math.exp(one - most))
  return (exactly(e.map((one, n) => one * (g[n]! / 1e30))) / exactly(e)) * 1e30
}
const slopes = times(5000, (n) => (n % 10) / 4)
const large = times(5000, (n) => 3e38 - (n % 3) * 1e37)
const many = times(300_000, (n) => (n % 7) / 8)
const [manyLarge, manySmall] = [times(300_000, (n) => 3.2e38 - (n % 5) * 1e37), times(300_000, (n) => 1e-30 + (n % 5) * 1e-31)]
const tiny = times(5000, (n) => (1 + (n % 7) / 10) * 1e-37)
const of = (by: number, numbers: readonly number[]) => numbers.map((one) => by * one)
const logarithm = (f: readonly number[], g: readonly number[]) =>
  Math.log(exactly(f.map((one, n) => Math.exp(one) * (g[n]! * (g[n]! < 1 ? 1e30 : 1e-30))))) + (g[0]! < 1 ? -1 : 1) * Math.log(1e30)
const means: readonly Case[] = [
  ...[manyLarge, manySmall].map((given, n) =>
    softmax({
      id: `${4 + n}`,
      formula: "x*y",
      aliases: [...scalar, "b = Vj(1)"],
      reduction: "SumSoftMaxWeight",
      weight: "b",
      args: [[1, -20], many, given],
      expected: {
        values: [1, -20].map((s) =>
          mean(
            many.map((one) => s * one),
            given,
          ),
        ),
      },
      why: "300,000 weights that are very large, or small",
    }),
  ),
  softmax({
    id: "1",
    formula: "x*y",
    aliases: [...scalar, "b = Vj(1)"],
    reduction: "SumSoftMaxWeight",
    weight: "b",
    args: [[1, -2], slopes, large],
    expected: {
      values: [
        mean(slopes, large),
        mean(
          slopes.map((s) => -2 * s),
          large,
        ),
      ],
    },
    why: "5,000 weights of 3e38",
  }),
  softmax({
    id: "2",
    formula: "x*y",
    aliases: [...scalar, "b = Vj(1)"],
    reduction: "SumSoftMaxWeight",
    weight: "b",
    args: [[1, -2], slopes, large.map((w) => f32(w * 1e-38 * 1e-30))],
    expected: {
      values: [1, -2].map((s) =>
        mean(
          slopes.map((one) => s * one),
          large.map((w) => f32(w * 1e-38 * 1e-30)),
        ),
      ),
    },
    why: "weights of 1e-30",
  }),
  softmax({
    id: "6",
    formula: "x*y",
    aliases: [...scalar, "b = Vj(1)"],
    reduction: "SumSoftMaxWeight",
    weight: "b",
    args: [[1, -2], slopes, tiny],
    expected: { values: [1, -2].map((s) => mean(of(s, slopes), tiny)) },
    why: "weights of 1e-37",
  }),
  softmax({
    id: "7",
    formula: "x*y",
    aliases: [...scalar, "b = Vj(20)"],
    reduction: "SumSoftMaxWeight",
    weight: "b*x",
    args: [[1], slopes.slice(0, 1000), times(20_000, (n) => (n % 20 === 3 ? 3e38 : n % 20) + n / 1e5)],
    expected: {
      values: times(20, (k) => k).map((k) =>
        mean(
          slopes.slice(0, 1000),
          times(1000, (n) => (k === 3 ? 3e38 : k) + (20 * n + k) / 1e5),
        ),
      ),
    },
    why: "weights that depend on the row too, one component of which is large",
  }),
  ...[large, tiny].flatMap((given, n) =>
    ["b", "b|x/x"].map((weight, m) =>
      softmax({
        id: `log ${n} ${m}`,
        formula: "x*y",
        aliases: [...scalar, "b = Vj(1)"],
        reduction: "LogSumExp",
        weight,
        args: [[1, -2], slopes, given],
        expected: { values: [1, -2].map((s) => logarithm(of(s, slopes), given)) },
        why: "5,000 weights of 3e38, or of 1e-37",
      }),
    ),
  ),
  ...["SumSoftMaxWeight", "LogSumExp", "Max_SumShiftExp"].map((reduction) =>
    softmax({
      id: `gone ${reduction}`,
      formula: "x + y",
      aliases: [...scalar, "b = Vj(1)"],
      reduction,
      weight: "b",
      args: [
        [0, 2],
        [0, "-Infinity", 0, "-Infinity", "-Infinity"],
        [4, "Infinity", 4, "-Infinity", "NaN"],
      ],
      expected: {
        values: { SumSoftMaxWeight: [4, 4], LogSumExp: [Math.log(8), Math.log(8) + 2], Max_SumShiftExp: [0, 8, 2, 8] }[reduction]!,
      },
      why: "where f is -inf, no weight counts",
    }),
  ),
  softmax({
    id: "8",
    formula: "x + 0*y",
    aliases: [...scalar, "b = Vj(2)"],
    reduction: "Max_SumShiftExp",
    weight: "b",
    args: [
      [3, 1],
      [0, 0, 0],
      [1e30, 2, 2e30, 3, 1, 4],
    ],
    expected: { values: [3, f32(3e30), 9, 1, f32(3e30), 9] },
    why: "large weights beside others, m is the maximum",
  }),
  softmax({
    id: "3",
    formula: "x + 0*y",
    aliases: [...scalar, "b = Vj(64)"],
    reduction: "SumSoftMaxWeight",
    weight: "b",
    args: [[0], [1, 2, 3], times(192, () => 3e38)],
    expected: { values: times(64, () => 3e38) },
    why: "64 components",
  }),
]

const falling = times(5000, (n) => 3e38 - (n % 10) * 2e37)
/** The value of a weighted mean of g, f = x y, and its derivative by x. */
const slope = (x: number, y: readonly number[], g: readonly number[]) => {
  const scaled = g.map((one) => one / 1e30)
  const value = mean(of(x, y), scaled)
  const by = mean(
    of(x, y),
    y.map((one, n) => one * (scaled[n]! - value)),
  )
  return [value * 1e30, by * 1e30] as const
}
const gradients: readonly Case[] = [
  {
    ...softmax({
      id: "9",
      formula: "x*y",
      aliases: [...scalar, "b = Vj(1)"],
      reduction: "SumSoftMaxWeight",
      weight: "b",
      together: ["x"],
      args: [[1, -2], slopes, falling, [1, 1]],
      expected: { values: [0, 1].flatMap((part) => [1, -2].map((x) => slope(x, slopes, falling)[part]!)) },
      why: "value and gradient of a mean of 5,000 weights of 3e38",
    }),
    tolerance: { rtol: 1e-5, atol: 0 },
  },
  ...(
    [
      ["y", [1e30, 1e30, 1e-30, 1e-30], [1e-30, 1e-30, 1e30, 1e30]],
      ["y", [1e-30, 1e-30, -1e30, 1e30], [-1e30, -1e30, 1e-30, -1e-30]],
      ["y", [1e30, -1e30], [-1e30, 1e30]],
      ["y", [1e38, 0, 1e38, 1e-37, 1e-37], [0, 100, 0, 0, 0]],
      ["y", [1e38, 0, 1e38, 0], [0, 0, 0, 0]],
      ["x", [1e30, 1e30, 1e-30, 1e-30], [2e30]],
      ["y", times(20, (n) => (n % 2 ? 1e8 : 1e-8)), times(20, (n) => (n % 2 ? 1e-8 : 1e8))],
    ] as const
  ).map(([grad, args, values], n) =>
    softmax({
      id: `product ${n + 1}`,
      formula: "x + y",
      aliases: scalar,
      reduction: "Product",
      grad,
      args: [[0], args, [1]],
      expected: { values },
      why: "the product of the other factors is in range",
    }),
  ),
  ...(
    [
      [[1e30, 1e30, 1e-30, 1e-30], [1]],
      [[1e-30, 1e-30, 1e30, -1e30, 3], [-3]],
      [[1e30, 1e30, 1e30], ["Infinity"]],
      [[1e30, 1e30, 0, 1e30], [0]],
      [[1e-30, 1e-30, "NaN"], ["NaN"]],
      [[1e-30, 1e-30, "-Infinity"], ["-Infinity"]],
      [times(3000, (n) => [1e-37, 1e37, 1e19, 1e-20, 10][n % 5]!), [1]],
    ] as const
  ).map(([args, values], n) => ({
    ...softmax({
      id: `product of ${n + 1}`,
      formula: "x + y",
      aliases: scalar,
      reduction: "Product",
      args: [[0], args],
      expected: { values },
      why: "a product is in range, whatever the order of its factors",
    }),
    tolerance: { rtol: 1e-4, atol: 0 },
  })),
]

export const sums: readonly Case[] = [...gradients, ...components, ...matrices, ...longs, ...folds, ...weights, ...means]
