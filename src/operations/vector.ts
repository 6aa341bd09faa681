// Operations that join, cut or reduce the components of vectors, and constants. A row either `means` a formula of our own
// language or says, in `component`, where component k of its result comes from.
import { norms } from "./norms.ts"
import type { Build, Gradient, Index, Operation, Scalar, Vector } from "./operation.ts"

/** The place of the first component that equals the extreme; 0 where that is NaN. */
function argument(build: Build, which: "min" | "max", f: Vector): Scalar {
  const best = build.extreme(which, f.dim, (k) => f.at(k))
  const none = build.number(f.dim)
  const first = build.extreme("min", f.dim, (k) =>
    build.scalar("select(v == best, k, none)", { v: f.at(k), best, k: build.index(k), none }),
  )
  return build.scalar("select(first < none, first, 0)", { first, none })
}

/** `value(k - start)` where start <= k < start + count, else nothing. */
function within(build: Build, k: Index, start: number, count: number, value: (rest: Index) => Scalar): Scalar {
  const zero = () => build.nothing()
  return build.split(k, start, zero, (rest) => build.split(rest, count, value, zero))
}

export const vector = {
  Sum: {
    args: ["f"],
    shape: "scalar",
    component: (build: Build, _k: Index, f: Vector) => build.sum(f.dim, (k) => f.at(k)),
    gradient: (f): Gradient => ({ f: `SumT(e, ${f})` }),
    linear: "all",
    doc: "The sum of the components.",
  },
  Scalprod: {
    args: ["f", "g"],
    shape: "pair",
    component: (build: Build, _k: Index, f: Vector, g: Vector) =>
      f.unit ? g.at(f.unit) : g.unit ? f.at(g.unit) : build.sum(Math.max(f.dim, g.dim), (k) => build.apply("mul", f.at(k), g.at(k))),
    operator: { text: "|" },
    gradient: { f: "e * g", g: "e * f" },
    linear: "one",
    doc: "The scalar product, Sum(f * g).",
  },
  ...norms,
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
    flat: true,
    doc: "The quadratic form sum_kl s[k * d(f) + l] f[k] f[l]; s need not be symmetric.",
  },
  Concat: {
    args: ["f", "g"],
    shape: "concat",
    component: (build: Build, k: Index, f: Vector, g: Vector) =>
      build.split(
        k,
        f.dim,
        (l) => f.at(l),
        (l) => g.at(l),
      ),
    gradient: (f, g): Gradient => ({ f: `Extract(e, 0, ${f})`, g: `Extract(e, ${f}, ${g})` }),
    linear: "all",
    doc: "The components of f, then those of g.",
  },
  Elem: {
    args: ["f", "m"],
    shape: "element",
    component: (_build: Build, _k: Index, f: Vector, m: number) => f.at(m),
    gradient: (f, m): Gradient => ({ f: `ElemT(e, ${f}, ${m})` }),
    linear: "all",
    doc: "Component m of f, counted from 0.",
  },
  Extract: {
    args: ["f", "s", "n"],
    shape: "extract",
    component: (_build: Build, k: Index, f: Vector, s: number) => f.at(k.plus(s)),
    gradient: (f, s): Gradient => ({ f: `ExtractT(e, ${s}, ${f})` }),
    linear: "all",
    doc: "The n components of f from s.",
  },
  Max: {
    args: ["f"],
    shape: "scalar",
    component: (build: Build, _k: Index, f: Vector) => build.extreme("max", f.dim, (k) => f.at(k)),
    gradient: (f): Gradient => ({ f: `e * OneHot(ArgMax(f), ${f})` }),
    doc: "The largest component; NaN is ignored, except in component 0.",
  },
  Min: {
    args: ["f"],
    shape: "scalar",
    component: (build: Build, _k: Index, f: Vector) => build.extreme("min", f.dim, (k) => f.at(k)),
    gradient: (f): Gradient => ({ f: `e * OneHot(ArgMin(f), ${f})` }),
    doc: "The smallest component; NaN is ignored, except in component 0.",
  },
  ArgMax: {
    args: ["f"],
    shape: "scalar",
    component: (build: Build, _k: Index, f: Vector) => argument(build, "max", f),
    doc: "The index of the largest component, the first of equals.",
  },
  ArgMin: {
    args: ["f"],
    shape: "scalar",
    component: (build: Build, _k: Index, f: Vector) => argument(build, "min", f),
    doc: "The index of the smallest component, the first of equals.",
  },
  OneHot: {
    args: ["f", "n"],
    shape: "fill",
    component: (build: Build, k: Index, f: Vector) =>
      build.scalar(["t = f + 0.5", "p = select(t < 0, -floor(-t), floor(t))", "select(p == k, 1, 0)"], { f: f.at(0), k: build.index(k) }),
    doc: "n zeros, but 1 at component f + 0.5, truncated towards zero; all zeros if there is no such component.",
  },
  SumT: {
    args: ["f", "n"],
    shape: "fill",
    component: (_build: Build, _k: Index, f: Vector) => f.at(0),
    gradient: { f: "Sum(e)" },
    linear: "all",
    doc: "n copies of the number f.",
  },
  ElemT: {
    args: ["f", "n", "m"],
    shape: "elementT",
    component: (build: Build, k: Index, f: Vector, _n: number, m: number) => within(build, k, m, 1, () => f.at(0)),
    gradient: (_f, _n, m): Gradient => ({ f: `Elem(e, ${m})` }),
    linear: "all",
    doc: "n zeros, but f at component m; these zeros contribute nothing: times an infinity, or NaN, they are 0.",
  },
  ExtractT: {
    args: ["f", "s", "n"],
    shape: "extractT",
    component: (build: Build, k: Index, f: Vector, s: number) => within(build, k, s, f.dim, (l) => f.at(l)),
    gradient: (f, s): Gradient => ({ f: `Extract(e, ${s}, ${f})` }),
    linear: "all",
    doc: "n zeros, but the components of f from s on; these zeros contribute nothing, as those of ElemT.",
  },
  TensorProd: {
    args: ["f", "g"],
    shape: "tensor",
    component: (build: Build, k: Index, f: Vector, g: Vector) => build.apply("mul", f.at(k.over(g.dim)), g.at(k.modulo(g.dim))),
    gradient: { f: "MatVecMult(e, g)", g: "VecMatMult(f, e)" },
    linear: "one",
    doc: "All products: component k d(g) + l is f[k] g[l].",
  },
  MatVecMult: {
    args: ["A", "b"],
    shape: "matrixVector",
    component: (build: Build, k: Index, a: Vector, b: Vector) =>
      build.sum(b.dim, (l) => build.apply("mul", a.at(k.times(b.dim).add(l)), b.at(l))),
    gradient: { A: "TensorProd(e, b)", b: "VecMatMult(e, A)" },
    linear: "one",
    doc: "The matrix A (row-major, d(b) columns) times b.",
  },
  VecMatMult: {
    args: ["b", "A"],
    shape: "vectorMatrix",
    component: (build: Build, k: Index, b: Vector, a: Vector) =>
      build.sum(b.dim, (l) => build.apply("mul", b.at(l), a.at(l.times(a.dim / b.dim).add(k)))),
    gradient: { b: "MatVecMult(A, e)", A: "TensorProd(b, e)" },
    linear: "one",
    doc: "b times the matrix A (row-major, d(b) rows).",
  },
  IntCst: { args: ["n"], shape: "integer", scalar: "n", doc: "The integer n." },
  IntInv: { args: ["n"], shape: "inverseInteger", scalar: "1 / n", doc: "1 / n." },
  RatCst: { args: ["p", "q"], shape: "ratio", scalar: "p / q", doc: "p / q." },
  Zero: { args: ["n"], shape: "zeros", component: (build: Build) => build.number(0), linear: "all", doc: "n zeros." },
} as const satisfies Record<string, Operation>
