// Operations that act on each component alone. Data only: a row's `scalar` is an expression of the primitives.
import type { Gradient, Operation } from "./operation.ts"

const one = { args: ["f"], shape: "same" } as const
const two = { args: ["f", "g"], shape: "broadcast2" } as const

export const elementwise = {
  Add: { ...two, scalar: "f + g", operator: { text: "+" }, gradient: { f: "e", g: "e" }, linear: "all", doc: "f + g." },
  Subtract: { ...two, scalar: "f - g", operator: { text: "-" }, gradient: { f: "e", g: "-e" }, linear: "all", doc: "f - g." },
  Mult: { ...two, scalar: "f * g", operator: { text: "*" }, gradient: { f: "e * g", g: "e * f" }, linear: "one", doc: "f * g." },
  Divide: {
    ...two,
    shape: "quotient",
    scalar: "f / g",
    operator: { text: "/" },
    gradient: { f: "e / g", g: "-e * (f / Square(g)) * (g != 0)" },
    linear: ["f"],
    doc: "f / g; division by the literal 0 is an error.",
  },
  LessThan: { ...two, scalar: "select(f < g, 1, 0)", operator: { text: "<", mirror: ">" }, doc: "1 if f < g, else 0." },
  LessOrEqual: { ...two, scalar: "select(f <= g, 1, 0)", operator: { text: "<=", mirror: ">=" }, doc: "1 if f <= g, else 0." },
  Equal: { ...two, scalar: "select(f == g, 1, 0)", operator: { text: "==" }, doc: "1 if f = g, else 0." },
  NotEqual: { ...two, scalar: "select(f != g, 1, 0)", operator: { text: "!=" }, doc: "0 if f = g, else 1." },
  Minus: { ...one, scalar: "-f", prefix: "-", gradient: { f: "-e" }, linear: "all", doc: "-f." },
  Exp: { ...one, scalar: "exp(f)", gradient: { f: "e * Exp(f)" }, doc: "e to the power f." },
  Log: { ...one, scalar: "log(f)", gradient: { f: "e / f * (f != 0)" }, doc: "The natural logarithm; -inf at 0, NaN below." },
  Sqrt: {
    ...one,
    scalar: "sqrt(f)",
    power: 0.5,
    gradient: { f: "e * Rsqrt(f) / 2" },
    limits: [{ value: 0, arg: 0, gradient: { f: "d / 2" } }],
    doc: "The square root; NaN below 0.",
  },
  Rsqrt: {
    ...one,
    scalar: "select(f == 0, 0, 1 / sqrt(f))",
    power: -0.5,
    gradient: { f: "-e * Pow(Rsqrt(f), 3) / 2" },
    doc: "1 / Sqrt(f), but 0 at 0.",
  },
  Square: { ...one, scalar: "f * f", power: 2, gradient: { f: "2 * e * f" }, flat: true, doc: "f * f." },
  Pow: {
    args: ["f", "n"],
    shape: "sameInteger",
    scalar: "power(f, n)",
    power: "integer",
    gradient: (_f, n): Gradient => (n === 0 ? {} : { f: `${n} * e * Pow(f, ${n! - 1})${n! < 0 ? " * (f != 0)" : ""}` }),
    doc: "f to the power n, an integer literal, by multiplications; 1 for n = 0.",
  },
  Powf: {
    ...two,
    scalar: [
      // 1 over an odd power of 0 has the sign of the 0
      "atZero = select(0 < g, 0, select(g < 0, select(2 * floor(g / 2) == g, 1 / 0, select(floor(g) == g, 1 / f, 1 / 0)), g))",
      "sign = select(f < 0, select(floor(g) != g, 0 / 0, select(2 * floor(g / 2) == g, 1, -1)), 1)",
      "select(g == 0, 1, select(f == 0, atZero, exp(g * log(abs(f))) * sign))",
    ],
    power: "any",
    gradient: { f: "e * g * Powf(f, g - 1) * ((f == 0) * (g < 1) == 0) * (g != 0)", g: "e * Log(f) * Powf(f, g) * ((f <= 0) == 0)" },
    doc: "f to the power g; 1 at g = 0, whatever f is; for f < 0 defined if g is an integer, else NaN.",
  },
  Inv: { ...one, scalar: "1 / f", gradient: { f: "-e / Square(f) * (f != 0)" }, doc: "1 / f." },
  Abs: {
    ...one,
    scalar: "abs(f)",
    gradient: { f: "e * Sign(f)" },
    limits: [{ value: 0, arg: 0, gradient: { f: "d * f" }, isZero: true }],
    doc: "The absolute value.",
  },
  Sign: { ...one, scalar: "select(f < 0, -1, select(0 < f, 1, 0))", doc: "-1, 0 or 1; 0 at 0 and for NaN." },
  Step: { ...one, scalar: "select(f < 0, 0, 1)", doc: "0 if f < 0, else 1." },
  ReLU: { ...one, scalar: "select(f < 0, 0, f)", gradient: { f: "e * Step(f)" }, doc: "0 if f < 0, else f." },
  Clamp: {
    args: ["f", "a", "b"],
    shape: "broadcast3",
    scalar: "select(f < a, a, select(b < f, b, f))",
    gradient: { f: "e * ((f < a) == 0) * ((b < f) == 0)", a: "e * (f < a)", b: "e * (b < f) * ((f < a) == 0)" },
    doc: "a if f < a, else b if f > b, else f.",
  },
  IfElse: {
    args: ["f", "a", "b"],
    shape: "broadcast3",
    scalar: "select(0 <= f, a, b)",
    gradient: { a: "IfElse(f, e, 0)", b: "IfElse(f, 0, e)" },
    doc: "a if f >= 0, else b (also for NaN); a comparison is 0 or 1, never below: write IfElse(y - x, a, b) for x <= y.",
  },
} as const satisfies Record<string, Operation>
