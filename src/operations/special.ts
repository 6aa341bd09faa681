// Elementary and special functions of each component, beyond what the primitives compute alone. Data only. Polynomials by least maximum
// relative error (Lawson's iteration) on the range that their line says, rounded to float32.
import type { Gradient, Operation } from "./operation.ts"
import { expCoefficients, logCoefficients } from "./polynomials.ts"

const one = { args: ["f"], shape: "same" } as const
const two = { args: ["f", "g"], shape: "broadcast2" } as const

/** A polynomial, lowest coefficient first, by Horner's rule. */
const polynomial = (x: string, coefficients: readonly number[]): string =>
  coefficients
    .map((coefficient) => (coefficient < 0 ? `-${(-coefficient).toString()}` : `${coefficient}`))
    .reduceRight((inner, coefficient) => `(${coefficient} + ${x} * ${inner})`)

/** atan(t) = t + t^3 p(t^2) for 0 <= t <= 1. */
const atan = polynomial(
  "z",
  [
    -0.33333298563957214, 0.19998548924922943, -0.14264242351055145, 0.10952185839414597, -0.0840345025062561, 0.057957593351602554,
    -0.03117784485220909, 0.010914605110883713, -0.001793621457181871,
  ],
)
/** e^f - 1 = f + f^2 q(f) for |f| <= ln(2)/2. */
const expm1 = polynomial("f", expCoefficients)
const log1p = polynomial("f", logCoefficients)
/** erf(f) = f + f p(f^2) for |f| <= 1; erf(f) = 1 - exp(q(f)) for 1 <= f <= 4, where it becomes 1. */
const erf = polynomial(
  "z",
  [
    0.12837916612625122, -0.3761262595653534, 0.1128358542919159, -0.026853812858462334, 0.005188327748328447, -0.0008010193705558777,
    7.853862189222127e-5,
  ],
)
const erfc = polynomial(
  "v",
  [
    -0.00034152218722738326, -1.1270891427993774, -0.638144850730896, -0.10310675948858261, 0.02183806523680687, -0.0029476587660610676,
    0.00018637924222275615,
  ],
)
const pi = Math.PI

export const special = {
  Sin: {
    ...one,
    scalar: "sin(f)",
    gradient: { f: "e * Cos(f)" },
    doc: "The sine of f in radians; within 2e-7 for every finite f, NaN for infinities.",
  },
  Cos: {
    ...one,
    scalar: "cos(f)",
    gradient: { f: "-e * Sin(f)" },
    doc: "The cosine of f in radians; within 2e-7 for every finite f, NaN for infinities.",
  },
  Tan: {
    ...one,
    scalar: "sin(f) / cos(f)",
    gradient: { f: "e * (1 + Square(Tan(f)))" },
    doc: "The tangent of f in radians; within 1e-6 + 3e-6 |Tan(f)| if |Tan(f)| is below 5, for every finite f; NaN for infinities.",
  },
  Asin: {
    ...one,
    means: "Atan(f / Sqrt((1 - f) * (1 + f)))",
    gradient: { f: "e * Rsqrt((1 - f) * (1 + f))" },
    limits: [
      { value: pi / 2, arg: 1, gradient: { f: "-d" } },
      { value: -pi / 2, arg: -1, gradient: { f: "d" } },
    ],
    doc: "The arc sine; NaN outside [-1, 1]; derivative 0 at -1 and 1, unless it has a limit there.",
  },
  Acos: {
    ...one,
    means: "2 * Atan(Sqrt((1 - f) / (1 + f)))",
    gradient: { f: "-e * Rsqrt((1 - f) * (1 + f))" },
    limits: [
      { value: 0, arg: 1, gradient: { f: "-d" } },
      { value: pi, arg: -1, gradient: { f: "d" } },
    ],
    doc: "The arc cosine; NaN outside [-1, 1]; derivative 0 at -1 and 1, unless it has a limit there.",
  },
  Atan: {
    ...one,
    scalar: [
      "u = abs(f)",
      "t = select(1 < u, 1 / u, u)",
      "z = t * t",
      `p = t + t * (z * ${atan})`,
      `r = select(1 < u, ${pi / 2} - p, p)`,
      "select(f < 0, -r, r)",
    ],
    gradient: { f: "e / (1 + Square(f))" },
    doc: "The arc tangent.",
  },
  Atan2: {
    ...two,
    scalar: [
      "u = abs(f)",
      "v = abs(g)",
      "low = select(u < v, u, v)",
      "high = select(u < v, v, u)",
      "t = select(high == 0, low, low / high)",
      "z = t * t",
      `p = t + t * (z * ${atan})`,
      `q = select(v < u, ${pi / 2} - p, p)`,
      `r = select(g < 0, ${pi} - q, q)`,
      "select(f < 0, -r, r)",
    ],
    gradient: {
      f: "e * (g / (Square(f) + Square(g))) * (Square(f) + Square(g) != 0)",
      g: "-e * (f / (Square(f) + Square(g))) * (Square(f) + Square(g) != 0)",
    },
    doc: "The angle of the point (g, f): f is the ordinate; 0 at the origin; the sign of a zero is ignored.",
  },
  Sinh: {
    ...one,
    scalar: [
      "u = abs(f)",
      "h = exp(u / 2)",
      "s = f * f",
      "small = u * (1 + s * (0.16666667 + s * (0.008333333 + s * (0.0001984127 + s * 0.0000027557319))))",
      "r = select(u < 1, small, h / 2 * h - 0.5 / h / h)",
      "select(f < 0, -r, r)",
    ],
    gradient: { f: "e * Cosh(f)" },
    doc: "The hyperbolic sine.",
  },
  Cosh: {
    ...one,
    scalar: ["h = exp(abs(f) / 2)", "h / 2 * h + 0.5 / h / h"],
    gradient: { f: "e * Sinh(f)" },
    doc: "The hyperbolic cosine.",
  },
  Tanh: {
    ...one,
    scalar: [
      "g = f",
      "u = abs(g)",
      "f = 2 * u",
      `small = f + f * (f * ${expm1})`,
      "w = select(40 < f, 40, f)",
      "t = select(f < 0.34, small, exp(w) - 1)",
      "r = t / (t + 2)",
      "select(g < 0, -r, r)",
    ],
    gradient: { f: "e * (1 - Square(Tanh(f)))" },
    doc: "The hyperbolic tangent.",
  },
  Sigmoid: { ...one, scalar: "1 / (1 + exp(-f))", gradient: { f: "e * Sigmoid(f) * Sigmoid(-f)" }, doc: "1 / (1 + Exp(-f))." },
  Softplus: {
    ...one,
    means: "ReLU(f) + Log1p(Exp(-Abs(f)))",
    gradient: { f: "e * Sigmoid(f)" },
    doc: "log(1 + Exp(f)), without overflow.",
  },
  Erf: {
    ...one,
    scalar: [
      "u = abs(f)",
      "z = f * f",
      `small = u + u * ${erf}`,
      "v = select(4 < u, 4, u)",
      `r = select(u < 1, small, 1 - exp(${erfc}))`,
      "s = select(f < 0, -r, r)",
      "select(f == f, s, f)",
    ],
    gradient: { f: "1.1283791670955126 * e * Exp(-Square(f))" },
    doc: "The error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to f.",
  },
  Log1p: {
    ...one,
    scalar: [
      `small = f - f * f * (0.5 - f * ${log1p})`,
      "select(select(f < 0.4142, 1, 0) * select(-0.2928 < f, 1, 0) == 1, small, log(1 + f))",
    ],
    gradient: { f: "e / (1 + f) * (1 + f != 0)" },
    doc: "log(1 + f), exact for small f.",
  },
  Expm1: {
    ...one,
    scalar: [`small = f + f * (f * ${expm1})`, "select(abs(f) < 0.3466, small, exp(f) - 1)"],
    gradient: { f: "e * Exp(f)" },
    doc: "Exp(f) - 1, exact for small f.",
  },
  XLogX: { ...one, scalar: "select(f == 0, 0, f * log(f))", gradient: { f: "e * (Log(f) + 1) * (f != 0)" }, doc: "f log(f), 0 at 0." },
  SinXDivX: {
    ...one,
    scalar: "select(f == 0, 1, sin(f) / f)",
    // near 0 the difference would cancel, so the series stands there
    gradient: {
      f: "e * IfElse(Abs(f) - 0.5, (Cos(f) - SinXDivX(f)) / f, f * (-1 / 3 + Square(f) * (1 / 30 - Square(f) * (1 / 840 - Square(f) / 45360))))",
    },
    doc: "sin(f) / f, 1 at 0.",
  },
  Floor: { ...one, scalar: "floor(f)", doc: "The largest integer that is not larger than f." },
  Round: {
    args: ["f", "d"],
    shape: "sameInteger",
    means: (_f, d) =>
      // beyond what float32 counts there is nothing to round, or all of it
      Math.abs(d!) > 38
        ? d! > 0
          ? "f"
          : "f * 0"
        : d! > 0
          ? `Round(f * ${10 ** d!}, 0) / ${10 ** d!}`
          : d! < 0
            ? `Round(f / ${10 ** -d!}, 0) * ${10 ** -d!}`
            : undefined,
    scalar: ["u = abs(f)", "w = floor(u)", "r = select(u - w < 0.5, w, w + 1)", "select(f < 0, -r, r)"],
    gradient: {},
    doc: "f rounded to d decimal places (d an integer literal, perhaps negative); halves are rounded away from zero.",
  },
  Mod: {
    args: ["f", "n", "d"],
    shape: "broadcast3",
    scalar: "f - n * floor((f - d) / n)",
    gradient: { f: "e", n: "-e * Floor((f - d) / n)" },
    doc: "f - n Floor((f - d) / n): the number of [d, d + n) that differs from f by a multiple of n.",
  },
  ClampInt: {
    args: ["f", "a", "b"],
    shape: "sameInteger2",
    means: "Clamp(f, a, b)",
    gradient: (_f, a, b): Gradient => ({ f: `e * DiffClampInt(f, ${a}, ${b})` }),
    doc: "Clamp with integer literals.",
  },
  DiffClampInt: {
    args: ["f", "a", "b"],
    shape: "sameInteger2",
    scalar: "select(f < a, 0, select(b < f, 0, 1))",
    doc: "The derivative of ClampInt: 1 if a <= f <= b, else 0.",
  },
  MinOf: {
    ...two,
    scalar: "select(g < f, g, f)",
    gradient: { f: "e * ((g < f) == 0)", g: "e * (g < f)" },
    doc: "The smaller of f and g.",
  },
  MaxOf: {
    ...two,
    scalar: "select(f < g, g, f)",
    gradient: { f: "e * ((f < g) == 0)", g: "e * (f < g)" },
    doc: "The larger of f and g.",
  },
} as const satisfies Record<string, Operation>
