// Complex numbers. A complex vector of n entries is a real vector of dimension 2 n: real and imaginary parts in turn. A complex number
// (dimension 2) is broadcast. Data only.
import type { Build, Gradient, Index, Operation, Scalar, Vector } from "./operation.ts"

const one = { args: ["f"], shape: "complex" } as const
const two = { args: ["f", "g"], shape: "complexBroadcast" } as const

/** `real` where component k is a real part, else `imaginary`. */
function byPart(build: Build, k: Index, real: () => Scalar, imaginary: () => Scalar): Scalar {
  const part = k.modulo(2)
  if (part.constant !== undefined) return part.constant === 0 ? real() : imaginary()
  return build.scalar("select(part == 0, real, imaginary)", { part: build.index(part), real: real(), imaginary: imaginary() })
}
/** The two parts of the entry to which component k belongs. */
function parts(f: Vector, k: Index): readonly [real: Scalar, imaginary: Scalar] {
  const entry = f.dim === 2 ? k.times(0) : k.over(2).times(2)
  return [f.at(entry), f.at(entry.plus(1))]
}
/** Component k, where a complex number is broadcast. */
const component = (f: Vector, k: Index) => f.at(f.dim === 2 ? k.modulo(2) : k)
/** A part of the gradient for an argument of dimension `own` of a result of dimension `whole`. */
const summed = (text: string, own: number, whole: number) => (own < whole ? `ComplexSum(${text})` : text)
const sides = (f: string, g: string) => (df: number, dg: number) => {
  const whole = Math.max(df, dg)
  return { f: summed(f, df, whole), g: summed(g, dg, whole) }
}

export const complex = {
  ComplexReal: {
    args: ["f"],
    shape: "complexPart",
    component: (_build: Build, k: Index, f: Vector) => f.at(k.times(2)),
    gradient: { f: "Real2Complex(e)" },
    linear: "all",
    doc: "The real parts.",
  },
  ComplexImag: {
    args: ["f"],
    shape: "complexPart",
    component: (_build: Build, k: Index, f: Vector) => f.at(k.times(2).plus(1)),
    gradient: { f: "Imag2Complex(e)" },
    linear: "all",
    doc: "The imaginary parts.",
  },
  Real2Complex: {
    args: ["f"],
    shape: "double",
    component: (build: Build, k: Index, f: Vector) =>
      byPart(
        build,
        k,
        () => f.at(k.over(2)),
        () => build.nothing(),
      ),
    gradient: { f: "ComplexReal(e)" },
    linear: "all",
    doc: "The complex vector f + 0i.",
  },
  Imag2Complex: {
    args: ["f"],
    shape: "double",
    component: (build: Build, k: Index, f: Vector) =>
      byPart(
        build,
        k,
        () => build.nothing(),
        () => f.at(k.over(2)),
      ),
    gradient: { f: "ComplexImag(e)" },
    linear: "all",
    doc: "The complex vector 0 + f i.",
  },
  Conj: {
    ...one,
    component: (build: Build, k: Index, f: Vector) =>
      byPart(
        build,
        k,
        () => f.at(k),
        () => build.apply("neg", f.at(k)),
      ),
    gradient: { f: "Conj(e)" },
    linear: "all",
    doc: "The complex conjugate.",
  },
  ComplexAdd: {
    ...two,
    component: (build: Build, k: Index, f: Vector, g: Vector) => build.apply("add", component(f, k), component(g, k)),
    gradient: sides("e", "e") as (...dims: readonly number[]) => Gradient,
    linear: "all",
    doc: "The complex sum.",
  },
  ComplexSubtract: {
    ...two,
    component: (build: Build, k: Index, f: Vector, g: Vector) => build.apply("sub", component(f, k), component(g, k)),
    gradient: sides("e", "-e") as (...dims: readonly number[]) => Gradient,
    linear: "all",
    doc: "The complex difference.",
  },
  ComplexMult: {
    ...two,
    component: (build: Build, k: Index, f: Vector, g: Vector) => {
      const [a, b] = parts(f, k)
      const [c, d] = parts(g, k)
      return byPart(
        build,
        k,
        () => build.scalar("a * c - b * d", { a, b, c, d }),
        () => build.scalar("a * d + b * c", { a, b, c, d }),
      )
    },
    gradient: sides("ComplexMult(Conj(g), e)", "ComplexMult(Conj(f), e)") as (...dims: readonly number[]) => Gradient,
    linear: "one",
    doc: "The complex product, entry by entry.",
  },
  ComplexDivide: {
    ...two,
    means: "ComplexMult(Real2Complex(Inv(ComplexSquareAbs(g))), ComplexMult(f, Conj(g)))",
    doc: "The complex quotient, entry by entry.",
  },
  ComplexRealScal: {
    args: ["f", "g"],
    shape: "complexScale",
    means: "f * g",
    linear: "one",
    doc: "A real number times a complex vector, in either order.",
  },
  ComplexSquareAbs: {
    args: ["f"],
    shape: "complexPart",
    means: "Square(ComplexReal(f)) + Square(ComplexImag(f))",
    doc: "The squares of the absolute values.",
  },
  ComplexAbs: { args: ["f"], shape: "complexPart", means: "Sqrt(ComplexSquareAbs(f))", doc: "The absolute values; derivative 0 at 0." },
  ComplexAngle: { args: ["f"], shape: "complexPart", means: "Atan2(ComplexImag(f), ComplexReal(f))", doc: "The angles, in radians." },
  ComplexSum: {
    args: ["f"],
    shape: "complexSum",
    component: (build: Build, k: Index, f: Vector) => build.sum(f.dim / 2, (entry) => f.at(entry.times(2).add(k))),
    gradient: (f): Gradient => ({ f: `ComplexSumT(e, ${f})` }),
    linear: "all",
    doc: "The sum of the entries, a complex number.",
  },
  ComplexSumT: {
    args: ["f", "n"],
    shape: "complexFill",
    component: (_build: Build, k: Index, f: Vector) => f.at(k.modulo(2)),
    gradient: { f: "ComplexSum(e)" },
    linear: "all",
    doc: "n / 2 copies of the complex number f.",
  },
  ComplexExp: {
    ...one,
    means: "ComplexMult(Real2Complex(Exp(ComplexReal(f))), ComplexExp1j(ComplexImag(f)))",
    doc: "The complex exponential, entry by entry.",
  },
  ComplexExp1j: {
    args: ["f"],
    shape: "double",
    means: "Real2Complex(Cos(f)) + Imag2Complex(Sin(f))",
    doc: "cos(f) + sin(f) i for real f.",
  },
} as const satisfies Record<string, Operation>
