// Operations that join, cut or reduce the components of vectors, and constants. A row either `means` a formula of our own
// language or says, in `component`, where component k of its result comes from.
import type { Build, Gradient, Index, Operation, Scalar, Vector } from "./operation.ts"

/** `value` where start <= k < start + count, else 0. */
function within(build: Build, k: Index, start: number, count: number, value: () => Scalar): Scalar {
  const zero = () => build.number(0)
  return build.split(k, start, zero, () => build.split(k, start + count, value, zero))
}

export const vector = {
  Sum: {
    args: ["f"],
    shape: "scalar",
    component: (build: Build, _k: Index, f: Vector) => build.sum(f.dim, (k) => f.at(k)),
    gradient: (f): Gradient => ({ f: `SumT(e, ${f})` }),
    doc: "The sum of the components.",
  },
  Scalprod: {
    args: ["f", "g"],
    shape: "pair",
    component: (build: Build, _k: Index, f: Vector, g: Vector) =>
      build.sum(Math.max(f.dim, g.dim), (k) => build.apply("mul", f.at(k), g.at(k))),
    operator: { text: "|" },
    gradient: { f: "e * g", g: "e * f" },
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
    gradient: { s: "e * TensorProd(f, f)", f: "e * (MatVecMult(s, f) + VecMatMult(f, s))" },
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
    gradient: (f, g): Gradient => ({ f: `Extract(e, 0, ${f})`, g: `Extract(e, ${f}, ${g})` }),
    doc: "The components of f, then those of g.",
  },
  Elem: {
    args: ["f", "m"],
    shape: "element",
    component: (_build: Build, _k: Index, f: Vector, m: number) => f.at(m),
    gradient: (f, m): Gradient => ({ f: `ElemT(e, ${f}, ${m})` }),
    doc: "Component m of f, counted from 0.",
  },
  Extract: {
    args: ["f", "s", "n"],
    shape: "extract",
    component: (_build: Build, k: Index, f: Vector, s: number) => f.at(k.plus(s)),
    gradient: (f, s): Gradient => ({ f: `ExtractT(e, ${s}, ${f})` }),
    doc: "The n components of f from s.",
  },
  SumT: {
    args: ["f", "n"],
    shape: "fill",
    component: (_build: Build, _k: Index, f: Vector) => f.at(0),
    gradient: { f: "Sum(e)" },
    doc: "n copies of the number f.",
  },
  ElemT: {
    args: ["f", "n", "m"],
    shape: "elementT",
    component: (build: Build, k: Index, f: Vector, _n: number, m: number) => within(build, k, m, 1, () => f.at(0)),
    gradient: (_f, _n, m): Gradient => ({ f: `Elem(e, ${m})` }),
    doc: "n zeros, but f at component m.",
  },
  ExtractT: {
    args: ["f", "s", "n"],
    shape: "extractT",
    component: (build: Build, k: Index, f: Vector, s: number) => within(build, k, s, f.dim, () => f.at(k.plus(-s))),
    gradient: (f, s): Gradient => ({ f: `Extract(e, ${s}, ${f})` }),
    doc: "n zeros, but the components of f from s on.",
  },
  TensorProd: {
    args: ["f", "g"],
    shape: "tensor",
    component: (build: Build, k: Index, f: Vector, g: Vector) => build.apply("mul", f.at(k.over(g.dim)), g.at(k.modulo(g.dim))),
    gradient: { f: "MatVecMult(e, g)", g: "VecMatMult(f, e)" },
    doc: "All products: component k d(g) + l is f[k] g[l].",
  },
  MatVecMult: {
    args: ["A", "b"],
    shape: "matrixVector",
    component: (build: Build, k: Index, a: Vector, b: Vector) =>
      build.sum(b.dim, (l) => build.apply("mul", a.at(k.times(b.dim).add(l)), b.at(l))),
    gradient: { A: "TensorProd(e, b)", b: "VecMatMult(e, A)" },
    doc: "The matrix A (row-major, d(b) columns) times b.",
  },
  VecMatMult: {
    args: ["b", "A"],
    shape: "vectorMatrix",
    component: (build: Build, k: Index, b: Vector, a: Vector) =>
      build.sum(b.dim, (l) => build.apply("mul", b.at(l), a.at(l.times(a.dim / b.dim).add(k)))),
    gradient: { b: "MatVecMult(A, e)", A: "TensorProd(b, e)" },
    doc: "b times the matrix A (row-major, d(b) rows).",
  },
  IntCst: { args: ["n"], shape: "integer", scalar: "n", doc: "The integer n." },
  IntInv: { args: ["n"], shape: "inverseInteger", scalar: "1 / n", doc: "1 / n." },
  RatCst: { args: ["p", "q"], shape: "ratio", scalar: "p / q", doc: "p / q." },
  Zero: { args: ["n"], shape: "zeros", component: (build: Build) => build.number(0), doc: "n zeros." },
} as const satisfies Record<string, Operation>
