// Lengths, directions and angles of vectors: each row `means` a formula. They are rows of `vector`.
import type { Gradient, Operation } from "./operation.ts"

/** The directions of two vectors, of which one may be a number that stands for every component. */
function directions(f: number, g: number): readonly [u: string, v: string] {
  const whole = Math.max(f, g)
  return [f < whole ? `Normalize(SumT(f, ${whole}))` : "Normalize(f)", g < whole ? `Normalize(SumT(g, ${whole}))` : "Normalize(g)"]
}
/** 1 / the length of the first of two vectors. */
const shortness = (name: string, own: number, other: number) => (own < other ? `InvNorm2(SumT(${name}, ${other}))` : `InvNorm2(${name})`)

/** A scale that makes the largest component 1, so that squares neither overflow nor vanish; 0 for 0. */
const scale = "Square(Rsqrt(Max(Abs(f))))"

/**
 * Where an angle is small, and where it is near pi, 1 less half the square of the distance of the directions (of one turned round): 1 exactly for
 * a vector with itself, however it was rounded. In between the scalar product.
 */
function cosine(f: number, g: number): string {
  const [u, v] = directions(f, g)
  const product = `Scalprod(${u}, ${v})`
  const sign = `(1 - 2 * (${product} < 0))`
  return `IfElse(Abs(${product}) - 0.5, ${sign} * (1 - SqDist(${u}, ${sign} * ${v}) / 2), ${product})`
}

/** The part of direction v across u, the gradient of their scalar product along the unit sphere. */
const across = (u: string, v: string) => `(${v} - Cosine(f, g) * ${u})`

export const norms = {
  SqNorm2: { args: ["f"], shape: "scalar", means: "Sum(Square(f))", doc: "The squared Euclidean norm." },
  Norm2: { args: ["f"], shape: "scalar", means: "Sqrt(SqNorm2(f))", doc: "The Euclidean norm." },
  InvNorm2: {
    args: ["f"],
    shape: "scalar",
    means: `${scale} * Rsqrt(SqNorm2(${scale} * f))`,
    gradient: { f: "-e * Square(InvNorm2(f)) * Normalize(f)" },
    doc: "1 / Norm2(f), but 0 for f = 0; right for lengths from 1e-30 to 1e30, whose squares are no float32 numbers.",
  },
  Normalize: {
    args: ["f"],
    shape: "same",
    // a number has the direction 1 or -1, exactly, but NaN
    means: (f) => (f === 1 ? "IfElse(Abs(f), Sign(f), f)" : "InvNorm2(f) * f"),
    gradient: { f: "InvNorm2(f) * (e - Scalprod(Normalize(f), e) * Normalize(f))" },
    doc: "f / Norm2(f), but 0 for f = 0; right for lengths from 1e-30 to 1e30.",
  },
  Cosine: {
    args: ["f", "g"],
    shape: "pair",
    means: cosine,
    gradient: (f, g): Gradient => {
      const [u, v] = directions(f!, g!)
      return {
        f: `e * ${shortness("f", f!, g!)} * ${across(u, v)}`,
        g: `e * ${shortness("g", g!, f!)} * ${across(v, u)}`,
      }
    },
    doc: "The cosine of the angle between f and g, in [-1, 1]: exactly 1 for a vector with itself, -1 with its opposite; 0 if one of them is 0.",
  },
  Angle: {
    args: ["f", "g"],
    shape: "pair",
    means: (f, g) => {
      const [u, v] = directions(f!, g!)
      const [apart, together] = [`Norm2(${u} - ${v})`, `Norm2(${u} + ${v})`]
      // only where both are 0 there is neither
      return `2 * Atan2(${apart}, ${together}) + (${apart} + ${together} == 0) * ${Math.PI / 2}`
    },
    gradient: (f, g): Gradient => {
      const [u, v] = directions(f!, g!)
      return {
        f: `-e * ${shortness("f", f!, g!)} * Normalize(${across(u, v)})`,
        g: `-e * ${shortness("g", g!, f!)} * Normalize(${across(v, u)})`,
      }
    },
    limits: (f, g) => {
      const [u, v] = directions(f!, g!)
      const gradient = (sign: string) => ({
        f: `${sign}d * ${shortness("f", f!, g!)} * ${across(u, v)}`,
        g: `${sign}d * ${shortness("g", g!, f!)} * ${across(v, u)}`,
      })
      return [
        { value: 0, gradient: gradient("-"), isZero: true },
        { value: Math.PI, gradient: gradient(""), isZero: true },
      ]
    },
    doc: "The angle between f and g in radians, in [0, pi], exact near 0 and pi too; pi / 2 if one of them is 0, derivative 0 at 0 and pi, unless it has a limit there.",
  },
  SqDist: { args: ["f", "g"], shape: "pair", means: "SqNorm2(f - g)", doc: "The squared Euclidean distance." },
  WeightedSqNorm: {
    args: ["s", "f"],
    shape: "weighted",
    means: (s, f) => (s === f * f && f > 1 ? "SymSqNorm(s, f)" : "Sum(s * Square(f))"),
    doc: "Sum(s * f * f) for a weight s of dimension 1 or d(f); the quadratic form of the d(f) x d(f) matrix s (row-major) otherwise.",
  },
  WeightedSqDist: { args: ["s", "f", "g"], shape: "weightedPair", means: "WeightedSqNorm(s, f - g)", doc: "WeightedSqNorm(s, f - g)." },
  SqNormIso: { args: ["s", "f"], shape: "first", means: "s * SqNorm2(f)", doc: "s SqNorm2(f)." },
  SqNormDiag: { args: ["s", "f"], shape: "pair", means: "Sum(s * Square(f))", doc: "Sum(s f f)." },
} as const satisfies Record<string, Operation>
