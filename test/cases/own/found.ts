// Mistakes found by random formulas (npm run fuzz). Values by hand.
import type { Case, Numeral } from "../case.ts"

type Vector = readonly number[]
const backends = ["wasm", "webgpu"] as const
const tolerance = { rtol: 1e-5, atol: 1e-6 }
let count = 0

type Given = Pick<Case, "formula" | "aliases" | "args" | "why"> & Partial<Case>
const one = (topic: string, values: readonly Numeral[], given: Given): Case => {
  return { id: `own-found/${++count}`, topic, reduction: "Sum", backends, expected: { values }, tolerance, ...given }
}
const f32 = (values: Vector) => values.map(Math.fround)
/** With one number on the other side there is one path through a series: the distance is a sum of squares. */
const [x, y, u, v] = [f32([0.1, 3000.3, -0.7, 5001]), 0.25, f32([9.4247, -0.389, 0.5, 123456.7]), 19.5]

const series: readonly Case[] = [
  one(
    "soft-dtw",
    x.map((value) => 2 * (value - y)),
    {
      formula: "SoftDTW_SqDist(x, y, 0.5)",
      aliases: ["x = Vi(4)", "y = Vj(1)"],
      grad: "x",
      args: [x, [y], [1]],
      why: "shares of ways do not come of differences of large costs",
    },
  ),
  one("soft-dtw", [2 * x.reduce((sum, value) => sum + y - value, 0)], {
    formula: "SoftDTW_SqDist(x, y, 0.5)",
    aliases: ["x = Vi(4)", "y = Vj(1)"],
    grad: "y",
    args: [x, [y], [1]],
    why: "likewise, where the other series is the long one",
  }),
  one(
    "soft-dtw",
    u.map((value) => 2 * (value - v)),
    {
      formula: "DiffGradSoftDTW_SqDist(x, y, 2, u, v)",
      aliases: ["x = Vi(4)", "y = Vj(1)", "u = Vi(4)", "v = Vj(1)"],
      args: [[1, 1, 1, 1], [y], u, [v]],
      why: "nor of differences of large changes of costs",
    },
  ),
  one("soft-dtw", [0, 0], {
    formula: "Grad(Grad(SoftDTW_SqDist(p, MaxOf(Exp(s), t), 1), t, 1), s, 1)",
    aliases: ["p = Pm(2)", "s = Vi(1)", "t = Vi(1)"],
    args: [
      [0.5, -0.3],
      [100, -100],
      [0.2, 0.3],
    ],
    why: "a zero of a branch passes through the second derivative; what is taken is infinite",
  }),
  one("soft-dtw", [2, 0.1875], {
    formula: "Laplacian(SoftDTW_SqDist(IfElse(x, Sqrt(x), x), 3, 1), x)",
    aliases: ["x = Vi(1)"],
    args: [[-2, 4]],
    why: "a branch within a series, of second order",
  }),
  one("soft-dtw", [2, 4], {
    formula: "TraceOperator(DiffGradSoftDTW_SqDist(x, 1, 1, u, 1), u) + TraceOperator(DiffGradSoftDTW_SqDist(x, 0, 1, u, Zero(1)), u)",
    aliases: ["x = Vi(1)", "u = Vi(1)"],
    args: [
      [1, 1],
      [1, 2],
    ],
    expected: { error: true },
    why: "linear in both directions together, not in one of them",
  }),
  one("soft-dtw", [4, 4], {
    formula: "TraceOperator(DiffGradSoftDTW_SqDist(x, p, 1, u, Zero(1)), u)",
    aliases: ["x = Vi(2)", "p = Pm(1)", "u = Vi(2)"],
    args: [[1, 1, -3, 0.5], [0.7], [1, 2, 3, 4]],
    why: "the trace of the matrix of second derivatives",
  }),
]

const small = f32([1.2e-38, 1e-10, 1e-8])
const [tiny, divisor, e] = small as [number, number, number]
const quotients: readonly Case[] = [
  one("underflow", [-e * (tiny / divisor ** 2)], {
    formula: "x / y",
    aliases: ["x = Vi(1)", "y = Vi(1)"],
    grad: "y",
    args: [[tiny], [divisor], [e]],
    tolerance: { rtol: 1e-5, atol: 0 },
    why: "a quotient's derivative comes first, then times what it receives",
  }),
  one("underflow", [e * (tiny / divisor ** 2)], {
    formula: "Atan2(x, y)",
    aliases: ["x = Vi(1)", "y = Vi(1)"],
    grad: "x",
    args: [[divisor], [tiny], [e]],
    tolerance: { rtol: 1e-5, atol: 0 },
    why: "likewise an angle's",
  }),
  one("underflow", [-e * (tiny / divisor ** 2)], {
    formula: "Atan2(x, y)",
    aliases: ["x = Vi(1)", "y = Vi(1)"],
    grad: "y",
    args: [[tiny], [divisor], [e]],
    tolerance: { rtol: 1e-5, atol: 0 },
    why: "by the other side",
  }),
]

const zeros: readonly Case[] = [
  one("zero", ["Infinity", "-Infinity", "Infinity", "Infinity", "Infinity", "Infinity", 0, 0, -0.125], {
    formula: "f ** g",
    aliases: ["f = Vi(1)", "g = Vi(1)"],
    args: [
      [0, "-0", 0, "-0", "-0", "-0", "-0", 0, -2],
      [-3, -3, -2, -2, -2.5, -(2 ** 26), 3, 0.5, -3],
    ],
    why: "1 over an odd power of a zero has its sign",
  }),
  one("zero", ["-Infinity", 2], {
    formula: "Inv(ClampInt(x, -0, 1))",
    aliases: ["x = Vi(1)"],
    args: [[-1, 0.5]],
    why: "an integer that is written -0 is Clamp's -0",
  }),
]

export const found: readonly Case[] = [...series, ...quotients, ...zeros]
