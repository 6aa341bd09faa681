// Operations that join, cut or reduce the components of vectors, and constants. A row either `means` a formula of our own
// language or says, in `component`, where component k of its result comes from.
import type { Build, Index, Operation, Vector } from "./operation.ts"

export const vector = {
  Sum: {
    args: ["f"],
    shape: "scalar",
    component: (build: Build, _k: Index, f: Vector) => build.sum(f.dim, (k) => f.at(k)),
    doc: "The sum of the components.",
  },
  Scalprod: {
    args: ["f", "g"],
    shape: "pair",
    component: (build: Build, _k: Index, f: Vector, g: Vector) =>
      build.sum(Math.max(f.dim, g.dim), (k) => build.apply("mul", f.at(k), g.at(k))),
    operator: { text: "|" },
    doc: "The scalar product, Sum(f * g).",
  },
  SqNorm2: { args: ["f"], shape: "scalar", means: "Sum(Square(f))", doc: "The squared Euclidean norm." },
  Norm2: { args: ["f"], shape: "scalar", means: "Sqrt(SqNorm2(f))", doc: "The Euclidean norm." },
  Normalize: { args: ["f"], shape: "same", means: "Rsqrt(SqNorm2(f)) * f", doc: "f / Norm2(f), but 0 for f = 0." },
  SqDist: { args: ["f", "g"], shape: "pair", means: "SqNorm2(f - g)", doc: "The squared Euclidean distance." },
  WeightedSqNorm: {
    args: ["s", "f"],
    shape: "weighted",
    means: (s, f) => (s === f * f && f > 1 ? "SymSqNorm(s, f)" : "Sum(s * Square(f))"),
    doc: "Sum(s * f * f) for a weight s of dimension 1 or d(f); the quadratic form of the d(f) x d(f) matrix s (row-major) otherwise.",
  },
  WeightedSqDist: { args: ["s", "f", "g"], shape: "weightedPair", means: "WeightedSqNorm(s, f - g)", doc: "WeightedSqNorm(s, f - g)." },
  SymSqNorm: {
    args: ["s", "f"],
    shape: "matrixNorm",
    component: (build: Build, _k: Index, s: Vector, f: Vector) =>
      build.sum(f.dim, (k) =>
        build.apply(
          "mul",
          f.at(k),
          build.sum(f.dim, (l) => build.apply("mul", s.at(k.times(f.dim).add(l)), f.at(l))),
        ),
      ),
    doc: "The quadratic form sum_kl s[k * d(f) + l] f[k] f[l]; s need not be symmetric.",
  },
  Concat: {
    args: ["f", "g"],
    shape: "concat",
    component: (build: Build, k: Index, f: Vector, g: Vector) =>
      build.split(
        k,
        f.dim,
        () => f.at(k),
        () => g.at(k.plus(-f.dim)),
      ),
    doc: "The components of f, then those of g.",
  },
  Elem: {
    args: ["f", "m"],
    shape: "element",
    component: (_build: Build, _k: Index, f: Vector, m: number) => f.at(m),
    doc: "Component m of f, counted from 0.",
  },
  Extract: {
    args: ["f", "s", "n"],
    shape: "extract",
    component: (_build: Build, k: Index, f: Vector, s: number) => f.at(k.plus(s)),
    doc: "The n components of f from s.",
  },
  IntCst: { args: ["n"], shape: "integer", scalar: "n", doc: "The integer n." },
  IntInv: { args: ["n"], shape: "inverseInteger", scalar: "1 / n", doc: "1 / n." },
  RatCst: { args: ["p", "q"], shape: "ratio", scalar: "p / q", doc: "p / q." },
  Zero: { args: ["n"], shape: "zeros", component: (build: Build) => build.number(0), doc: "n zeros." },
} as const satisfies Record<string, Operation>
