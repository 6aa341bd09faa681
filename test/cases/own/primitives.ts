// NaN, exponentials, large angles and quotients. Values by hand, or from Math in float64 for arguments rounded to float32.
import type { Case, Numeral } from "../case.ts"

const everywhere = ["wasm", "webgpu"] as const
const exact = { rtol: 0, atol: 0 }

/** A formula of rows x (and y), one value for each. */
const rows = (id: string, formula: string, args: Case["args"], values: readonly Numeral[], why: string, tolerance = exact): Case => ({
  id: `own-${id}`,
  topic: id.slice(0, id.indexOf("/")),
  formula,
  aliases: args.map((_, n) => `${"xyz"[n]} = Vi(1)`),
  reduction: "Sum",
  args,
  backends: everywhere,
  expected: { values },
  tolerance,
  why,
})
/** A formula of x, its values those of a function. */
const of = (id: string, formula: string, x: readonly number[], value: (x: number) => number, why: string, tolerance = exact): Case => {
  const rounded = x.map(Math.fround)
  return rows(id, formula, [rounded], rounded.map(value), why, tolerance)
}

const special: readonly Numeral[] = ["NaN", "Infinity", "-Infinity", 0, "-0", 2, -3]
const nan: readonly Case[] = [
  rows("nan/1", "(x == x) + 2 * (x != x)", [special], [2, 1, 1, 1, 1, 1, 1], "one of them holds"),
  rows("nan/2", "(x < x) + (x > x)", [special], [0, 0, 0, 0, 0, 0, 0], "nothing is below itself"),
  rows("nan/3", "x <= x", [special], [0, 1, 1, 1, 1, 1, 1], "NaN is not"),
  rows("nan/4", "(x >= 0) + 2 * (x < 0)", [special], [0, 1, 2, 1, 1, 1, 2], "NaN on neither side; -0 is 0"),
  rows("nan/5", "IfElse(-Abs(x), 1, 2)", [special], [2, 2, 2, 1, 1, 2, 2], "-0 takes the first branch"),
  rows("nan/6", "Exp(x) > 1", [special], [0, 1, 0, 0, 0, 1, 0], "of what a function gives"),
  rows("nan/7", "Log(x) == Log(x)", [special], [0, 1, 0, 1, 1, 1, 0], "-inf equals itself, NaN does not"),
  rows(
    "nan/8",
    "Max(Concat(1, x)) + 10 * (Sqrt(x) != Sqrt(x))",
    [special],
    [11, "Infinity", 11, 1, 1, 2, 11],
    "passed over; the root below 0 is NaN",
  ),
  rows("nan/9", "x - x", [special], ["NaN", "NaN", "NaN", 0, 0, 0, 0], "computed, not folded"),
  rows("nan/10", "0 * x", [special], ["NaN", "NaN", "NaN", 0, 0, 0, 0], "computed, not folded"),
  {
    ...rows(
      "nan/11",
      "(x != y) * (z == y)",
      [special, ["NaN", 2], [1, "NaN", 2]],
      [1, 1, 1, 1, 1, 0, 1],
      "a column's mask, a pair's, and a sum",
    ),
    aliases: ["x = Vi(1)", "y = Vj(1)", "z = Pm(1)"],
    args: [special, ["NaN", 2], [2]],
  },
]

const relative = (rtol: number, atol = 0) => ({ rtol, atol })
const exp: readonly Case[] = [
  of("exp/1", "Exp(x)", [-80, -86.6, -86.64, -86.9, -87, -87.1, -87.33], Math.exp, "small, but normal", relative(2e-5)),
  of("exp/2", "Exp(x)", [-87.34, -87.68, -87.7, -95, -150, -1e5, -3e38], () => 0, "subnormal, or 0", relative(0, 1.1754944e-38)),
  of("exp/3", "Exp(x)", [80, 88, 88.3, 88.4, 88.72, 88.7228], Math.exp, "large, but finite", relative(2e-5)),
  rows(
    "exp/4",
    "Exp(x)",
    [["NaN", "Infinity", "-Infinity", 88.73, 1e30, 0, "-0"]],
    ["NaN", "Infinity", 0, "Infinity", "Infinity", 1, 1],
    "the ends",
  ),
  of(
    "exp/5",
    "1e30 * Exp(-x * x)",
    [9, 9.2, 9.3, 9.32, 9.34],
    (x) => 1e30 * Math.exp(-Math.fround(x * x)),
    "of what is never positive",
    relative(3e-5),
  ),
  of("exp/6", "Exp(x) / Exp(x - 1)", [-86.2, -50, 0, 50, 88], () => Math.E, "by one", relative(3e-5)),
]

const angles = [
  12_345.678,
  12_867,
  12_868,
  65_536,
  1e5 + 0.5,
  3_141_592.5,
  1e7,
  2 ** 31,
  1.5e12,
  6.02e23,
  1.7e31,
  3.4e38,
  16367173 * 2 ** 72,
]
const both = [...angles, ...angles.map((x) => -x), 0, 0.5, 1e-30]
const trig: readonly Case[] = [
  of("trig/1", "Sin(x)", both, Math.sin, "sizes from 0 to 3.4e38", relative(0, 1e-6)),
  of("trig/2", "Cos(x)", both, Math.cos, "sizes from 0 to 3.4e38", relative(0, 1e-6)),
  of(
    "trig/3",
    "Tan(x)",
    both.filter((x) => Math.abs(Math.tan(Math.fround(x))) < 5),
    Math.tan,
    "where it is below 5",
    relative(3e-6, 1e-6),
  ),
  of("trig/4", "Square(Sin(x)) + Square(Cos(x))", both, () => 1, "Pythagoras", relative(1e-6)),
  of("trig/5", "Grad(Cos(x), x, 2)", both, (x) => -2 * Math.sin(x), "the derivative", relative(0, 2e-6)),
  of(
    "trig/6",
    "Sin(x * x)",
    [200.5, 3000.25, 1e10, 1e18],
    (x) => Math.sin(Math.fround(x * x)),
    "of the rounded product",
    relative(0, 1e-6),
  ),
  rows("trig/7", "(Sin(x) == Sin(x)) + (Cos(x) == Cos(x))", [special], [0, 0, 0, 2, 2, 2, 2], "NaN for infinities"),
  {
    ...rows("trig/8", "Cos(x * y)", [], [], "waves of a pair", relative(0, 4e-6)),
    aliases: ["x = Vi(1)", "y = Vj(1)"],
    args: [
      [1, 1024],
      [1e5, 7e6, 3e9, 2 ** 60],
    ],
    expected: { values: [1, 1024].map((x) => [1e5, 7e6, 3e9, 2 ** 60].reduce((sum, y) => sum + Math.cos(x * y), 0)) },
  },
]

const count = Array.from({ length: 400 }, (_, n) => n + 1)
const whole = (divisor: number) => count.map((n) => n * divisor)
const root = (x: number) => Math.fround(Math.sqrt(x))
const quotient: readonly Case[] = [
  of("quotient/1", "Floor(x / 49)", whole(49), (x) => x / 49, "whole quotients"),
  of("quotient/2", "-Floor(-x / 11)", whole(11), (x) => x / 11, "the ceiling"),
  of("quotient/3", "Floor(x / 0.1)", whole(3), (x) => Math.floor(Math.fround(x / Math.fround(0.1))), "of a rounded divisor"),
  of("quotient/4", "Round(x / 30, 1)", whole(3), (x) => x / 30, "halves and tenths", relative(3e-7)),
  of("quotient/5", "Mod(x, 7, 0)", whole(1), (x) => x % 7, "remainders"),
  of("quotient/6", "Mod(x, 12, -6)", whole(1), (x) => ((x + 6) % 12) - 6, "remainders from -6"),
  rows(
    "quotient/7",
    "x / y == z",
    [whole(21), count.map(() => 21), count],
    count.map(() => 1),
    "three variables",
  ),
  rows(
    "quotient/8",
    "IfElse(x / y - z, 1, 0)",
    [whole(41), count.map(() => 41), count],
    count.map(() => 1),
    "a difference that is 0",
  ),
  of(
    "quotient/9",
    "Floor(Sqrt(x))",
    count.map((n) => n * n),
    root,
    "roots of squares",
  ),
  of("quotient/10", "Sqrt(x) <= 1.7320508075688772", [2.9999998, 3, 3.0000002], (x) => Number(root(x) <= root(3)), "a rounded root"),
  of("quotient/11", "Floor(Inv(1 / x))", count, (x) => Math.floor(Math.fround(1 / Math.fround(1 / x))), "two quotients"),
  {
    ...rows("quotient/12", "Floor(x / y)", [], [], "of a pair, each exact"),
    aliases: ["x = Vi(1)", "y = Vj(1)"],
    args: [
      [2520, 5040, 7560],
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ],
    expected: { values: [1, 2, 3].map((n) => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].reduce((sum, y) => sum + (2520 * n) / y, 0)) },
  },
  {
    ...rows("quotient/13", "Norm2(x - y) <= 5", [], [], "lattice points within a circle"),
    aliases: ["x = Vi(2)", "y = Vj(2)"],
    args: [
      [0, 0, 3, 4],
      [3, 4, -4, 3, 5, 0, 0, -5, 4, 4, 6, 8, 0, 0],
    ],
    expected: { values: [5, 5] },
  },
]

export const primitives: readonly Case[] = [...nan, ...exp, ...trig, ...quotient]
