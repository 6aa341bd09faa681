// Branches, distance 0, and angles. Derivatives by hand; what is a sum over pairs is added up here in float64.
import type { Case, Numeral } from "../case.ts"

type Vector = readonly number[]
const backends = ["wasm", "webgpu"] as const
const tolerance = { rtol: 1e-5, atol: 1e-6 }
const count: Record<string, number> = {}

type Given = Pick<Case, "formula" | "aliases" | "args" | "why"> & Partial<Case>
const one = (topic: string, values: readonly Numeral[], given: Given): Case => {
  count[topic] = (count[topic] ?? 0) + 1
  return { id: `own-${topic}/${count[topic]}`, topic, reduction: "Sum", backends, expected: { values }, tolerance, ...given }
}

const range = <T>(n: number, make: (k: number) => T): T[] => Array.from({ length: n }, (_, k) => make(k))
/** Numbers in [-1, 1) that are float32 numbers. */
const numbers = (seed: number, n: number): number[] =>
  range(n, (k) => Math.fround(((Math.sin(seed * 12.9898 + k * 78.233) * 43758.5453) % 1) as number))
const dot = (a: Vector, b: Vector) => a.reduce((sum, value, k) => sum + value * b[k]!, 0)
const length = (a: Vector) => Math.hypot(...a)
const minus = (a: Vector, b: Vector) => a.map((value, k) => value - b[k]!)
const times = (s: number, a: Vector) => a.map((value) => s * value)
const cosine = (a: Vector, b: Vector) => dot(times(1 / length(a), a), times(1 / length(b), b))

/** The gradient along each of xs of the sum over ys of phi(r), r the distance: phi'(r) (x - y) / r, 0 at r = 0. */
const radial = (xs: readonly Vector[], ys: readonly Vector[], slope: (r: number) => number, e: Vector): number[] =>
  xs.flatMap((x, i) =>
    range(x.length, (k) =>
      ys.reduce((sum, y) => {
        const r = length(minus(x, y))
        return r === 0 ? sum : sum + (e[i]! * slope(r) * (x[k]! - y[k]!)) / r
      }, 0),
    ),
  )

const branches: readonly Case[] = [
  one("branch", [0, 0], {
    formula: "IfElse(x - 0.5, y * x, 0)",
    aliases: ["x = Vi(1)", "y = Vj(1)"],
    grad: "x",
    args: [
      [0, 0.25],
      ["NaN", "Infinity", "-Infinity"],
      [1, 2],
    ],
    why: "what is not taken is data that is no number",
  }),
  one("branch", [0, 7.5, 0], {
    formula: "Laplacian(IfElse(x, x * x * Sqrt(x), -x), x)",
    aliases: ["x = Vi(1)"],
    args: [[-2, 4, 0]],
    why: "second derivatives take the branch too",
  }),
  one("branch", [0, 0.25, 0], {
    formula: "Diff(IfElse(x - 1, Sqrt(x), Pow(x, 0)), x, 1)",
    aliases: ["x = Vi(1)"],
    args: [[-3, 4, 0]],
    why: "forward mode, with a constant on the other side",
  }),
  one("branch", [0, 1, 0, 0.25], {
    formula: "MaxOf(MinOf(Log(x), 2), -3)",
    aliases: ["x = Vi(1)"],
    grad: "x",
    args: [
      [0, 1, 100, 4],
      [1, 1, 1, 1],
    ],
    why: "one choice in another, cut off below at -inf",
  }),
  one("branch", [0, 0.25, 0.75], {
    formula: "(0 < x) * Sqrt(x) * y",
    aliases: ["x = Vi(1)", "y = Vj(1)"],
    grad: "x",
    args: [[-1, 4, 1], [1], [5, 1, 1.5]],
    why: "a mask deep in a product",
  }),
  one("branch", [0, 0.5, 0, 0], {
    formula: "(1 - Step(-x)) * Log(x) * (x < 3)",
    aliases: ["x = Vi(1)"],
    grad: "x",
    args: [
      [-1, 2, 5, 0],
      [1, 1, 1, 1],
    ],
    why: "masks turned round",
  }),
  one("branch", [0, -0.75], {
    formula: "Elem(x / y, 1)",
    aliases: ["x = Pm(2)", "y = Vi(2)"],
    grad: "y",
    args: [[5, 3], [0, 2], [1]],
    why: "a component that is left out",
  }),
  one("branch", [0, 0.5], {
    formula: "Elem(x / y, 1)",
    aliases: ["x = Vi(2)", "y = Pm(2)"],
    grad: "x",
    args: [[5, 3], [0, 2], [1]],
    why: "a component that is left out, divided by 0",
  }),
  one("branch", [2, 6], {
    formula: "Concat(x * y, b * y)",
    aliases: ["x = Pm(1)", "y = Vj(1)", "b = Vj(1)"],
    reduction: "Max",
    grad: "y",
    args: [[1], [3, 1], ["-Infinity", 2], [2, 3]],
    why: "row 0 wins component 0; the derivative of its other component is infinite",
  }),
  one("branch", [0.25 * 3, 0.25, 0.25], {
    formula: "IfElse(y - 0.5, Log(y), x * y)",
    aliases: ["x = Vi(1)", "y = Vj(1)"],
    reduction: "LogSumExp",
    grad: "y",
    args: [[3], [0, 1, 2], [1]],
    why: "within a log-sum-exp",
  }),
  ((): Case => {
    const [x, y] = [range(20, (k) => k % 5), range(20, (k) => (k % 3) + 0.5)]
    const values = x.map((value, k) => (value >= y[k]! ? 0.5 / Math.sqrt(value - y[k]!) : -1))
    return one("branch", values, {
      formula: "Sum(IfElse(x - y, Sqrt(x - y), y - x))",
      aliases: ["x = Vi(20)", "y = Vj(20)"],
      grad: "x",
      args: [x, y, [1]],
      why: "each turn of a loop over components chooses on its own",
    })
  })(),
  one("branch", [0, (-2 * 0.5 * Math.exp(-1 / 0.75)) / 0.75 ** 2, 0], {
    formula: "IfElse(1 - SqDist(x, y), Exp(-1 / (1 - SqDist(x, y))), 0)",
    aliases: ["x = Vi(1)", "y = Vj(1)"],
    grad: "x",
    args: [[1, 0.5, 2], [0], [1, 1, 1]],
    why: "a bump: flat on its rim and outside",
  }),
  ((): Case => {
    // Iteration k reads component k of f only, so the loop's sum is present in one iteration.
    const x = range(20, (k) => (k === 7 ? 4 : -1 - k))
    return one(
      "branch",
      range(20, (k) => (k === 7 ? 1 : 0)),
      {
        formula: "Sqrt(Sum(IfElse(x, x, 0))) * 4",
        aliases: ["x = Vi(20)"],
        grad: "x",
        args: [x, [1]],
        why: "one of twenty components is positive",
      },
    )
  })(),
]

const [p, q] = [
  [0, 0, 1, 2, -1.5, 0.5],
  [0, 0, 1, 0, 0.25, -2],
]
const rows = (flat: Vector, dim: number): Vector[] => range(flat.length / dim, (i) => flat.slice(i * dim, (i + 1) * dim))
const e = [1, -2, 0.5]
const plane = { aliases: ["x = Vi(2)", "y = Vj(2)"], args: [p, q, e], grad: "x" }
const along = (slope: (r: number) => number) => radial(rows(p, 2), rows(q, 2), slope, e)
const distances = rows(p, 2).map((x) => rows(q, 2).map((y) => length(minus(x, y))))
const sumOver = (of: (r: number) => number) => distances.map((list) => list.reduce((sum, r) => sum + (r === 0 ? 0 : of(r)), 0))

const zeros: readonly Case[] = [
  one(
    "zero-distance",
    along((r) => 2 / r),
    { ...plane, formula: "Log(SqDist(x, y))", why: "the logarithm of the distance: itself -inf at 0" },
  ),
  one(
    "zero-distance",
    along((r) => Math.log(r) + 1),
    { ...plane, formula: "Norm2(x - y) * Log(Norm2(x - y))", why: "r log r has no derivative at 0" },
  ),
  one(
    "zero-distance",
    along((r) => -2 / r ** 3),
    { ...plane, formula: "Inv(SqDist(x, y))", why: "a pole" },
  ),
  one(
    "zero-distance",
    along((r) => -1 / r ** 2),
    { ...plane, formula: "1 / Norm2(x - y)", why: "a pole, by a quotient" },
  ),
  one(
    "zero-distance",
    along((r) => -2 / r ** 3),
    { ...plane, formula: "1 / SqDist(x, y)", why: "a pole, by a quotient" },
  ),
  one(
    "zero-distance",
    along((r) => -3 / r ** 4),
    { ...plane, formula: "Powf(SqDist(x, y), -1.5)", why: "a negative power" },
  ),
  one(
    "zero-distance",
    along((r) => -4 / r ** 5),
    { ...plane, formula: "Pow(SqDist(x, y), -2)", why: "a negative integer power" },
  ),
  one(
    "zero-distance",
    along((r) => (-5 / 3) * r * (1 + Math.sqrt(5) * r) * Math.exp(-Math.sqrt(5) * r)),
    {
      ...plane,
      formula: "(1 + 2.236068 * Norm2(x - y) + 5 / 3 * SqDist(x, y)) * Exp(-2.236068 * Norm2(x - y))",
      why: "Matern 5/2",
    },
  ),
  one(
    "zero-distance",
    sumOver((r) => 4 * Math.log(r) + 4),
    {
      formula: "Laplacian(XLogX(SqDist(x, y)) / 2, x)",
      aliases: plane.aliases,
      args: [p, q],
      why: "the Laplacian of a thin plate, which has no value at 0",
    },
  ),
  one(
    "zero-distance",
    sumOver((r) => 2.25 * r ** -0.5),
    {
      formula: "Laplacian(SqDist(x, y) ** 0.75, x)",
      aliases: plane.aliases,
      args: [p, q],
      why: "the Laplacian of r^1.5",
    },
  ),
  ((): Case => {
    const slopes = radial(rows(p, 2), rows(q, 2), (r) => Math.sqrt(r) * (1 + 1.5 * Math.log(r)), [1, 1, 1])
    return one("zero-distance", [dot(slopes, [1, 2, 1, 1, -1, 3])], {
      formula: "Grad(Powf(Norm2(x - y), p), x, 1)",
      aliases: ["x = Vi(2)", "y = Vj(2)", "p = Pm(1)"],
      grad: "p",
      args: [p, q, [1.5], [1, 2, 1, 1, -1, 3]],
      why: "the gradient by the exponent of the gradient by x",
    })
  })(),
  one("zero-distance", [4 * Math.log(2)], {
    formula: "Powf(x - y, p)",
    aliases: ["x = Vi(1)", "y = Vj(1)", "p = Pm(1)"],
    grad: "p",
    args: [[0, 2, -2], [0], [2], [1, 1, 1]],
    why: "no derivative by an exponent where the base is 0 or below: these give nothing",
  }),
  ((): Case => {
    const [x, y] = [numbers(1, 40), [...numbers(1, 20), ...numbers(3, 20)]]
    return one(
      "zero-distance",
      radial(rows(x, 20), rows(y, 20), (r) => 1.5 * Math.sqrt(r), [1, 2]),
      {
        formula: "SqDist(x, y) ** 0.75",
        aliases: ["x = Vi(20)", "y = Vj(20)"],
        grad: "x",
        args: [x, y, [1, 2]],
        why: "twenty components, in a loop",
      },
    )
  })(),
  one("powf", [0, 0, 0, 0, 0], {
    formula: "Powf(x, p)",
    aliases: ["x = Vi(1)", "p = Pm(1)"],
    grad: "x",
    args: [["NaN", "Infinity", 0, -2, 3], [0], [1, 1, 1, 1, 1]],
    why: "the power 0 is 1 everywhere",
  }),
  one("powf", [2, 1, 1], {
    formula: "Powf(x, p)",
    aliases: ["x = Vi(1)", "p = Pm(1)"],
    grad: "x",
    args: [[0, -3, 5], [1], [2, 1, 1]],
    why: "the power 1 has the derivative 1, at 0 too",
  }),
]

const own = numbers(11, 600)
const lengths = [1e-30, 1e-18, 1, 1e18, 1e30]
const scaled = (a: Vector) => lengths.flatMap((s) => a.map((value) => Math.fround(s * value)))
const [u, v] = [
  [0.5, -0.25, 0.75],
  [0.125, 1, -0.5],
]
/** The gradient of the cosine along a. */
const turn = (a: Vector, b: Vector) => times(1 / length(a), minus(times(1 / length(b), b), times(cosine(a, b) / length(a), a)))

const angles: readonly Case[] = [
  ...[3, 10, 24, 100].map((dim) => {
    return one(
      "cosine",
      range(600 / dim, () => 1),
      {
        formula: "Cosine(x, y)",
        aliases: [`x = Vi(${dim})`, `y = Vi(${dim})`],
        args: [own, own],
        tolerance: { rtol: 0, atol: 0 },
        why: "1, exactly, for a vector with itself",
      },
    )
  }),
  ...[1, -1, 3, -0.7].map((factor) =>
    one("cosine", [Math.sign(factor)], {
      formula: "Cosine(x, y)",
      aliases: ["x = Vi(60)", "y = Vj(60)"],
      args: [own.slice(0, 60), own.slice(0, 60).map((value) => Math.fround(factor * value))],
      tolerance: { rtol: 0, atol: 0 },
      why: "rows against columns; multiples of a vector",
    }),
  ),
  one(
    "cosine",
    range(5, () => cosine(u, v)),
    {
      formula: "Cosine(x, y)",
      aliases: ["x = Vi(3)", "y = Vj(3)"],
      args: [scaled(u), v],
      why: "whatever the lengths",
    },
  ),
  one("cosine", [0, 0, Math.SQRT1_2, 0], {
    formula: "Cosine(x, y)",
    aliases: ["x = Vi(2)", "y = Vj(2)"],
    args: [
      [0, 0, 1, -1, 3, 0, 0, 0],
      [2, 2],
    ],
    why: "0 with the zero vector, and at a right angle",
  }),
  one("cosine", [1, -1, 0], {
    formula: "Cosine(x, y)",
    aliases: ["x = Vi(1)", "y = Vj(1)"],
    args: [[3e-20, -5, 0], [2]],
    tolerance: { rtol: 0, atol: 0 },
    why: "numbers: the product of their signs",
  }),
  one("cosine", [cosine([1, 1, 1], v)], {
    formula: "Cosine(x, y)",
    aliases: ["x = Vi(1)", "y = Vj(3)"],
    args: [[4], v],
    why: "a number stands for every component",
  }),
  one("cosine", [1, -1], {
    formula: "Cosine(x, y)",
    aliases: ["x = Vi(2)", "y = Vj(2)"],
    args: [
      [0, 3, 0, -2],
      [1e-6, 1],
    ],
    tolerance: { rtol: 0, atol: 1e-7 },
    why: "close to 1 and -1",
  }),
  one(
    "cosine",
    lengths.flatMap((s) => times(1 / s, turn(u, v))),
    {
      formula: "Cosine(x, y)",
      aliases: ["x = Vi(3)", "y = Vj(3)"],
      grad: "x",
      args: [scaled(u), v, [1, 1, 1, 1, 1]],
      tolerance: { rtol: 1e-5, atol: 0 },
      why: "its gradient, whatever the lengths",
    },
  ),
  one("cosine", [0, 0, 0, 0, 0, 0], {
    formula: "Cosine(x, y)",
    aliases: ["x = Vi(3)", "y = Vj(3)"],
    grad: "x",
    args: [[0, 0, 0, ...v], v, [1, 1]],
    why: "its gradient is 0 at 0, and at the maximum",
  }),
  one("angle", [0, 1e-6, Math.PI, Math.PI - 1e-4, Math.PI / 2, Math.PI / 2], {
    formula: "Angle(x, y)",
    aliases: ["x = Vi(2)", "y = Vj(2)"],
    args: [
      [3, 0, 1, 1e-6, -2, 0, -1, 1e-4, 0, 5, 0, 0],
      [7, 0],
    ],
    tolerance: { rtol: 1e-5, atol: 3e-7 },
    why: "from 0 to pi",
  }),
  one(
    "angle",
    range(5, () => Math.acos(cosine(u, v))),
    {
      formula: "Angle(x, y)",
      aliases: ["x = Vi(3)", "y = Vj(3)"],
      args: [scaled(u), v],
      why: "whatever the lengths",
    },
  ),
  one(
    "angle",
    lengths.flatMap((s) => times(-1 / (s * Math.sqrt(1 - cosine(u, v) ** 2)), turn(u, v))),
    {
      formula: "Angle(x, y)",
      aliases: ["x = Vi(3)", "y = Vj(3)"],
      grad: "x",
      args: [scaled(u), v, [1, 1, 1, 1, 1]],
      tolerance: { rtol: 1e-5, atol: 0 },
      why: "its gradient, whatever the lengths",
    },
  ),
  one("angle", [0, 0, 0, 0, 0, 0], {
    formula: "Angle(x, y)",
    aliases: ["x = Vi(2)", "y = Vj(2)"],
    grad: "x",
    args: [
      [0, 0, 2, 0, -3, 0],
      [4, 0],
      [1, 1, 1],
    ],
    why: "0 where it has none: at 0, and for parallel vectors",
  }),
  one(
    "normalize",
    lengths.flatMap((s) => times(1 / (s * length(u)), minus(v, times(dot(u, v) / dot(u, u), u)))),
    {
      formula: "Normalize(x)",
      aliases: ["x = Vi(3)"],
      grad: "x",
      args: [scaled(u), lengths.flatMap(() => v)],
      tolerance: { rtol: 1e-5, atol: 0 },
      why: "its gradient, whatever the lengths",
    },
  ),
  one("normalize", [...range(19, () => 0), 1, ...range(20, () => 0)], {
    formula: "Normalize(x)",
    aliases: ["x = Vi(20)"],
    args: [[...range(19, () => 0), 1e-30, ...range(20, () => 0)]],
    why: "one component of twenty, and none",
  }),
]

const w = 25 ** -0.5
/** Guards of guards: literal conditions, masks within masks, derivatives of derivatives. */
const nested: readonly Case[] = [
  one("branch", [0, 0], {
    formula: "Grad(IfElse(0.5, 1, x ** 2), x, 1)",
    aliases: ["x = Vi(1)"],
    args: [["NaN", 2]],
    why: "a condition that is written out",
  }),
  one("branch", [0, 0], {
    formula: "Grad(Grad(IfElse(1, p, SinXDivX(x) * s), x, 1), s, 1)",
    aliases: ["x = Vi(1)", "s = Vi(1)", "p = Vi(1)"],
    args: [
      ["NaN", "Infinity"],
      [2, "Infinity"],
      [0.1, 3],
    ],
    why: "likewise, by two variables",
  }),
  one("branch", [0, -1 / Math.sqrt(0.75), 0], {
    formula: "Grad(Acos(ClampInt(x, -4, 2)), x, 1)",
    aliases: ["x = Vi(1)"],
    args: [[3, 0.5, -5]],
    why: "cut off between integers, where nothing else is a number",
  }),
  one("branch", [Math.log(2) * 2 ** Math.exp(-1.08) * Math.exp(-1.08), Math.log(2) * 2], {
    formula: "Grad(s ** IfElse(t - 2, Acos(t), Exp(t)), t, 1)",
    aliases: ["s = Vi(1)", "t = Vi(1)"],
    args: [
      [2, 2],
      [-1.08, 0],
    ],
    why: "the power chooses too",
  }),
  one("branch", [12 * 0.34 ** 2, 0], {
    formula: "Grad(Grad(Square(IfElse(t - 1, Sqrt(t), t ** 2)), t, 1), t, 1)",
    aliases: ["t = Vi(1)"],
    args: [[-0.34, 4]],
    why: "second order: the slope of the square is computed from what is taken",
  }),
  one("branch", [-1 / 0.66 ** 3, Math.sinh(w) * (0.5 * w ** 3) ** 2 + Math.cosh(w) * 0.75 * w ** 5], {
    formula: "Grad(Grad(Sinh(IfElse(20 - x, Log1p(x), x ** -0.5)), x, 1), x, 1)",
    aliases: ["x = Vi(1)"],
    args: [[-0.34, 25]],
    tolerance: { rtol: 1e-4, atol: 1e-6 },
    why: "second order, by what chooses inside",
  }),
  one("branch", [0, 1, 0], {
    formula: "Grad(Clamp(Acos(p), -1, IfElse(p - 0.5, 1, s ** 2)), s, 1)",
    aliases: ["p = Vi(1)", "s = Vi(1)"],
    args: [
      ["Infinity", 0.3, 0.6],
      ["-Infinity", 0.5, "Infinity"],
    ],
    why: "a branch as a bound",
  }),
  one("branch", [-Math.sin(2) / 2 - Math.cos(2) / 2 + Math.sin(2) / 4, 0], {
    formula: "Grad(Grad(Elem(SinXDivX(x), 0), x, 1), x, 1)",
    aliases: ["x = Vi(2)"],
    args: [[2, -1e30]],
    why: "a component that is left out, in both branches of a derivative",
  }),
  one("branch", [0.5, 2], {
    formula: "Grad(Sum(IfElse(x, 1 / x, SumT(p, 2) ** 2)), p, 1) + Elem(x, 0)",
    aliases: ["x = Vi(2)", "p = Pm(1)"],
    args: [[0.5, 0.25, 2, 3], ["-Infinity"]],
    why: "a parameter that is no number, in a branch that is taken nowhere",
  }),
  one("branch", ["NaN", "NaN"], {
    formula: "Atan2(0, x) + Powf(0, x)",
    aliases: ["x = Vi(1)"],
    args: [["NaN", "NaN"]],
    why: "NaN is no zero",
  }),
  one("branch", ["NaN", 0, "Infinity", 1], {
    formula: "Powf(0 * x, x)",
    aliases: ["x = Vi(1)"],
    args: [["NaN", 2, -2, 0]],
    why: "0 to every power",
  }),
  one("branch", [-103, 5, "NaN"], {
    formula: "Min(Concat(SumT(x, 20), y))",
    aliases: ["x = Vi(1)", "y = Vi(3)"],
    args: [
      [7, 5, "NaN"],
      ["NaN", 8, -103, "NaN", "NaN", 9, 1, 2, 3],
    ],
    why: "a NaN where the second part of a vector begins",
  }),
  one("angle", [Math.PI / 2, Math.PI / 2, Math.PI, 0], {
    formula: "Angle(x, y)",
    aliases: ["x = Vi(1)", "y = Vi(1)"],
    args: [
      [0, 2, -0.402391404, 3],
      [0, 0, 1.5, 0.1],
    ],
    why: "between numbers, and between zeros",
  }),
  one("angle", [0, 0, 0], {
    formula: "Grad(Angle(x, y), x, 1)",
    aliases: ["x = Vi(1)", "y = Vi(1)"],
    args: [
      [0, -0.402391404, 3],
      [0, 1.5, 0.1],
    ],
    why: "between numbers it does not change",
  }),
]

export const calculus: readonly Case[] = [...branches, ...nested, ...zeros, ...angles]
