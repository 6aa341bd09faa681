// Derivatives at the tip of a cone: where a distance, an absolute value, an arc sine or an angle is not smooth, but a function of it is.
// The values are derived by hand.
import type { Case } from "../case.ts"

const backends = ["wasm", "webgpu"] as const
const tolerance = { rtol: 2e-6, atol: 1e-6 }
const pi = Math.PI

/** phi(r) as a formula, and phi'' and phi'(r) / r, which is phi''(0) at 0 where phi has a second derivative there. */
interface Radial {
  readonly text: (r: string) => string
  readonly second: (r: number) => number
  readonly ratio: (r: number) => number
}
const root5 = Math.sqrt(5)
const radials: Readonly<Record<string, Radial>> = {
  square: { text: (r) => `Square(${r})`, second: () => 2, ratio: () => 2 },
  "a power by a number": { text: (r) => `Powf(${r}, 2)`, second: () => 2, ratio: () => 2 },
  "a cube, by an operator": { text: (r) => `${r} ** 3`, second: (r) => 6 * r, ratio: (r) => 3 * r },
  "a power of 1.5, infinite at 0": { text: (r) => `${r} ** 1.5`, second: (r) => 0.75 / r ** 0.5, ratio: (r) => 1.5 / r ** 0.5 },
  cosine: { text: (r) => `Cos(${r})`, second: (r) => -Math.cos(r), ratio: (r) => (r === 0 ? -1 : -Math.sin(r) / r) },
  Gaussian: {
    text: (r) => `Exp(-${r} ** 2 / 2)`,
    second: (r) => (r * r - 1) * Math.exp((-r * r) / 2),
    ratio: (r) => -Math.exp((-r * r) / 2),
  },
  "Matern 3/2": { text: (r) => `(1 + ${r}) * Exp(-${r})`, second: (r) => (r - 1) * Math.exp(-r), ratio: (r) => -Math.exp(-r) },
  "Matern 3/2, its scale written twice in two ways": {
    text: (r) => `(1 + ${r} / 3) * Exp(${r} * (-1 / 3))`,
    second: (r) => ((r / 3 - 1) / 9) * Math.exp(-r / 3),
    ratio: (r) => -Math.exp(-r / 3) / 9,
  },
  "Matern 5/2": {
    text: (r) => `(1 + Sqrt(5) * ${r} + 5 / 3 * ${r} * ${r}) * Exp(-Sqrt(5) * ${r})`,
    second: (r) => (5 / 3) * (5 * r * r - root5 * r - 1) * Math.exp(-root5 * r),
    ratio: (r) => (-5 / 3) * (1 + root5 * r) * Math.exp(-root5 * r),
  },
  "log of a hyperbolic cosine": {
    text: (r) => `Log(Cosh(${r}))`,
    second: (r) => 1 / Math.cosh(r) ** 2,
    ratio: (r) => (r === 0 ? 1 : Math.tanh(r) / r),
  },
  "an exponential, that has a tip itself": { text: (r) => `Exp(-${r})`, second: (r) => Math.exp(-r), ratio: (r) => -Math.exp(-r) / r },
  distance: { text: (r) => r, second: () => 0, ratio: (r) => 1 / r },
}
const tipped = new Set(["an exponential, that has a tip itself", "a power of 1.5, infinite at 0", "distance"])

const number = (value: number) => (Number.isFinite(value) ? value : 0)
let count = 0
const one = (formula: string, aliases: readonly string[], args: Case["args"], values: readonly number[], why: string): Case => ({
  id: `own-tip/${++count}`,
  topic: "tip",
  formula,
  aliases,
  args,
  why,
  reduction: "Sum",
  backends,
  expected: { values },
  tolerance,
})

/** Three rows against one column, at distance 0, 1.25 and 0.5. */
const laplacian = (name: string, { text, second, ratio }: Radial, [r, dim]: readonly [string, number]): Case => {
  const y = [0.5, -1, 2].slice(0, dim)
  const x = [0, 1.25, 0.5].flatMap((distance) => y.map((value, k) => (k === 0 ? value + distance : value)))
  const values = [0, 1.25, 0.5].map((at) => (at === 0 && tipped.has(name) ? 0 : number(second(at)) + (dim - 1) * number(ratio(at))))
  const made = one(`Laplacian(${text(r)}, x)`, [`x = Vi(${dim})`, `y = Vj(${dim})`], [x, y], values, `${name} of ${r}`)
  // the drivers compile slowly: one distance for each function there
  return dim === 3 ? made : { ...made, backends: ["wasm"] }
}

const single = { aliases: ["x = Vi(1)"] }
const firsts = [
  ["Grad(Cos(Sqrt(x)), x, 1)", [0, 1], [-0.5, -Math.sin(1) / 2], "a first derivative too"],
  ["Grad(Square(Sqrt(x)), x, 1)", [0, 4], [1, 1], "the square of a root"],
  ["Grad(Square(Acos(x)), x, 1)", [1, 0], [-2, -pi], "an angle's square"],
  ["Grad(Cos(Acos(x)), x, 1)", [1, -1], [1, 1], "at both ends"],
  ["Grad(Sin(Asin(x)), x, 1)", [1, -1], [1, 1], "at both ends"],
  ["Grad(Acos(x), x, 1)", [1, -1], [0, 0], "no limit: 0"],
  ["Grad(Sqrt(x), x, 1)", [0, 1], [0, 0.5], "no limit: 0"],
  ["Laplacian(Square(Abs(x)), x)", [0, -2], [2, 2], "the square of an absolute value"],
  ["Laplacian((1 + Abs(x)) * Exp(-Abs(x)), x)", [0, 1], [-1, 0], "Matern 3/2 of one component"],
  ["Laplacian(Abs(x) * x, x)", [0, 1], [0, 2], "no limit: 0"],
  ["Grad(Grad(Powf(Abs(x), 2) * x, x, 1), x, 1)", [0, 2], [0, 12], "a cube, in another form"],
] as const

const vectors: readonly Case[] = [
  one("Laplacian(Sum(Square(Sqrt(Square(x)))), x)", ["x = Vi(3)"], [[0, 1, -2]], [6], "a root of each component"),
  one("Laplacian(Sum(Square(Abs(x))), x)", ["x = Vi(20)"], [new Array(20).fill(0)], [40], "in a loop over components"),
  one(
    "Laplacian(Cos(Angle(x, y)), x)",
    ["x = Vi(2)", "y = Vj(2)"],
    [
      [0, 2, 0, -2],
      [0, 1],
    ],
    [-0.25, 0.25],
    "an angle of 0, and of pi",
  ),
  one(
    "Grad(Square(Angle(x, y)), x, 1)",
    ["x = Vi(2)", "y = Vj(2)"],
    [
      [0, 2],
      [0, 1],
    ],
    [0, 0],
    "an angle's square is flat there",
  ),
  one(
    "Divergence(Diff(Cos(Norm2(x - y)) * y, x, y), x)",
    ["x = Vi(3)", "y = Vj(3)"],
    [
      [0.5, 1, 2],
      [0.5, 1, 2],
    ],
    [-5.25],
    "the derivative of a vector, and its divergence",
  ),
  one(
    "Laplacian(Cos(Norm2(x)) * (1 + Sum(BSpline(Concat(0, Concat(1, 2)), x * 0.5 + 1, 0))) , x)",
    ["x = Vi(1)"],
    [[0]],
    [-2],
    "integers that are operands too",
  ),
  one("GradMatrix(Grad(Cos(Norm2(x)), x, 1), x)", ["x = Vi(2)"], [[0, 0]], [-1, 0, 0, -1], "a Hessian"),
  one("Grad(Laplacian(Cos(Norm2(x)), x), x, 1)", ["x = Vi(2)"], [[0, 0]], [0, 0], "the third derivative of an even function"),
  one("Grad(p * Cos(Norm2(x)) | p, x, p * x)", ["x = Vi(1)", "p = Pm(1)"], [[0], [3]], [0], "the cotangent depends on the variable"),
  one(
    "Laplacian(SqDist(x, p) * Sqrt(SqDist(x, p)) + Norm2(x - p) * 0, x)",
    ["x = Vi(2)", "p = Pm(2)"],
    [
      [1, 1],
      [1, 1],
    ],
    [0],
    "r cubed",
  ),
]

export const tips: readonly Case[] = [
  ...Object.entries(radials).flatMap(([name, radial]) =>
    (
      [
        ["Norm2(x - y)", 1],
        ["Norm2(x - y)", 3],
        ["Powf(SqDist(x, y), 0.5)", 2],
        ["Abs(x - y)", 1],
      ] as const
    ).map((distance) => laplacian(name, radial, distance)),
  ),
  ...firsts.map(([formula, x, values, why]) => one(formula, single.aliases, [x], values, why)),
  ...vectors,
]
