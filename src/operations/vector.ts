// Operations that join, cut or reduce the components of vectors, and constants. A row either `means` a formula of our own
// language or says, in `component`, where component k of its result comes from.
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
    doc: "The cosine of the angle between f and g, in [-1, 1]: exactly 1 for a vector with itself, -1 with its opposite; 0 where one of them is 0.",
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
    doc: "The angle between f and g in radians, in [0, pi], exact near 0 and pi too; pi / 2 where one of them is 0, derivative 0 at 0 and pi, unless it has a limit there.",
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
    doc: "The largest component; a NaN is passed over, but for component 0.",
  },
  Min: {
    args: ["f"],
    shape: "scalar",
    component: (build: Build, _k: Index, f: Vector) => build.extreme("min", f.dim, (k) => f.at(k)),
    gradient: (f): Gradient => ({ f: `e * OneHot(ArgMin(f), ${f})` }),
    doc: "The smallest component; a NaN is passed over, but for component 0.",
  },
  ArgMax: {
    args: ["f"],
    shape: "scalar",
    component: (build: Build, _k: Index, f: Vector) => argument(build, "max", f),
    doc: "The place of the largest component, the first of equals.",
  },
  ArgMin: {
    args: ["f"],
    shape: "scalar",
    component: (build: Build, _k: Index, f: Vector) => argument(build, "min", f),
    doc: "The place of the smallest component, the first of equals.",
  },
  OneHot: {
    args: ["f", "n"],
    shape: "fill",
    component: (build: Build, k: Index, f: Vector) =>
      build.scalar(["t = f + 0.5", "p = select(t < 0, -floor(-t), floor(t))", "select(p == k, 1, 0)"], { f: f.at(0), k: build.index(k) }),
    doc: "n zeros, but 1 at component f + 0.5, truncated towards zero; all zeros where there is no such component.",
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
    doc: "n zeros, but f at component m; these zeros stand for nothing: times an infinity, or NaN, they are 0.",
  },
  ExtractT: {
    args: ["f", "s", "n"],
    shape: "extractT",
    component: (build: Build, k: Index, f: Vector, s: number) => within(build, k, s, f.dim, (l) => f.at(l)),
    gradient: (f, s): Gradient => ({ f: `Extract(e, ${s}, ${f})` }),
    linear: "all",
    doc: "n zeros, but the components of f from s on; these zeros stand for nothing, as those of ElemT.",
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
