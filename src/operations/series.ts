// Operations on sequences: B-splines on knots, and the soft distance of time series (which soft-dtw.ts builds).
import type { Build, Gradient, Index, Operation, Scalar, Vector } from "./operation.ts"
import { distance, slope } from "./soft-dtw.ts"

/** Basis function `k` at x by the recursion of Cox and de Boor: from the intervals between knots, in each round one degree more. */
function spline(build: Build, k: Index, knots: Vector, x: Vector, order: number): Scalar {
  const at = x.at(0)
  const t = Array.from({ length: order + 2 }, (_, n) => knots.at(k.plus(n)))
  let basis = t.slice(1).map((after, n) => build.scalar("select(t <= x, select(x < after, 1, 0), 0)", { t: t[n]!, x: at, after }))
  for (let degree = 1; degree <= order; degree++) {
    basis = basis.slice(1).map((after, n) => {
      const values = { x: at, a: t[n]!, b: t[n + degree]!, c: t[n + 1]!, d: t[n + degree + 1]!, before: basis[n]!, after }
      return build.scalar(
        ["u = b - a", "v = d - c", "select(u == 0, 0, (x - a) / u * before) + select(v == 0, 0, (d - x) / v * after)"],
        values,
      )
    })
  }
  return basis[0]!
}

export const series = {
  BSpline: {
    args: ["t", "x", "n"],
    shape: "spline",
    component: spline,
    gradient: (t: number, _x: number, n: number): Gradient => ({
      t: null,
      ...(n > 0 && { x: `e | ${differences(t, n)}` }),
    }),
    doc: "The B-spline basis functions of order n on the ascending knots t, at the number x, by the recursion of Cox and de Boor: intervals hold their left end, and a quotient with divisor 0 is 0.",
  },
  SoftDTW_SqDist: {
    args: ["x", "y", "s"],
    shape: "series",
    components: distance,
    gradient: { x: "e * GradSoftDTW_SqDist(x, y, s)", y: "e * GradSoftDTW_SqDist(y, x, s)", s: null },
    doc: "The soft-DTW distance of the series x and y for squared differences and smoothing s: each cost adds to the soft minimum, -s Log(Exp(-a / s) + Exp(-b / s) + Exp(-c / s)), of the three before it.",
  },
  GradSoftDTW_SqDist: {
    args: ["x", "y", "s"],
    shape: "alongSeries",
    components: slope,
    gradient: (_x: number, y: number): Gradient => ({
      x: `DiffGradSoftDTW_SqDist(x, y, s, e, Zero(${y}))`,
      y: `DiffGradSoftDTW_SqDist(y, x, s, Zero(${y}), e)`,
      s: null,
    }),
    doc: "The gradient of SoftDTW_SqDist with respect to x.",
  },
  DiffGradSoftDTW_SqDist: {
    args: ["x", "y", "s", "u", "v"],
    shape: "alongSeriesTwice",
    components: slope,
    linear: ["u", "v"],
    gradient: (_x: number, y: number): Gradient => ({
      ...{ x: null, y: null, s: null },
      u: `DiffGradSoftDTW_SqDist(x, y, s, e, Zero(${y}))`,
      v: `DiffGradSoftDTW_SqDist(y, x, s, Zero(${y}), e)`,
    }),
    doc: "The directional derivative of GradSoftDTW_SqDist along (u, v).",
  },
} as const satisfies Record<string, Operation>

/** The derivatives of the basis functions: neighbours of one order less, each by the width of its interval (where that is 0, so is it). */
function differences(knots: number, order: number): string {
  const count = knots - order
  const widths = `(Extract(t, ${order}, ${count}) - Extract(t, 0, ${count}))`
  const ratios = `(BSpline(t, x, ${order - 1}) / (${widths} + (${widths} == 0)))`
  return `(${order} * (Extract(${ratios}, 0, ${count - 1}) - Extract(${ratios}, 1, ${count - 1})))`
}
