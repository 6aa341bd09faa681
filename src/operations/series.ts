// Operations on sequences: B-splines on knots, and the soft distance of time series.
import type { Build, Gradient, Index, Operation, Scalar, Vector } from "./operation.ts"

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

/** The costs of all pairs of beginnings of two series, rows for x; the squared differences; and gamma. */
interface Table {
  readonly cost: readonly (readonly Scalar[])[]
  readonly step: readonly (readonly Scalar[])[]
  readonly gamma: Scalar
}

function table(build: Build, x: Vector, y: Vector, smoothing: Vector): Table {
  const gamma = smoothing.at(0)
  const cost: Scalar[][] = []
  const step: Scalar[][] = []
  for (let i = 0; i < x.dim; i++) {
    const costs: Scalar[] = []
    const steps: Scalar[] = []
    for (let j = 0; j < y.dim; j++) {
      const d = build.scalar(["d = x - y", "d * d"], { x: x.at(i), y: y.at(j) })
      const before = [cost[i - 1]?.[j], costs[j - 1], cost[i - 1]?.[j - 1]].filter((value) => value !== undefined)
      const least = softMinimum(build, before, gamma)
      steps.push(d)
      costs.push(least ? build.apply("add", d, least) : d)
    }
    cost.push(costs)
    step.push(steps)
  }
  return { cost, step, gamma }
}

/** -gamma Log(sum Exp(-c / gamma)) over the costs c, from the smallest of them, so that nothing overflows. */
function softMinimum(build: Build, costs: readonly Scalar[], gamma: Scalar): Scalar | undefined {
  const [first, second, third] = costs
  if (!first || !second || !third) return first
  return build.scalar(
    [
      "s = select(b < a, b, a)",
      "m = select(c < s, c, s)",
      "m - gamma * log(exp((m - a) / gamma) + exp((m - b) / gamma) + exp((m - c) / gamma))",
    ],
    { a: first, b: second, c: third, gamma },
  )
}

/** How much the whole cost grows with the cost of each pair, from the end to the beginning; then what that is along x. */
function slope(build: Build, k: Index, x: Vector, y: Vector, smoothing: Vector): Scalar {
  const { cost, step, gamma } = table(build, x, y, smoothing)
  const weight: Scalar[][] = cost.map(() => [])
  for (let i = x.dim - 1; i >= 0; i--) {
    for (let j = y.dim - 1; j >= 0; j--) {
      const after = [[i + 1, j] as const, [i, j + 1] as const, [i + 1, j + 1] as const].filter(([p, q]) => p < x.dim && q < y.dim)
      const parts = after.map(([p, q]) => {
        const from = { whole: cost[p]![q]!, step: step[p]![q]!, here: cost[i]![j]!, gamma, weight: weight[p]![q]! }
        return build.scalar("weight * exp((whole - step - here) / gamma)", from)
      })
      weight[i]![j] = parts.length === 0 ? build.number(1) : parts.reduce((sum, part) => build.apply("add", sum, part))
    }
  }
  const along = (i: number) =>
    weight[i]!.map((w, j) => build.scalar("2 * w * (x - y)", { w, x: x.at(i), y: y.at(j) })).reduce((sum, part) =>
      build.apply("add", sum, part),
    )
  if (k.constant !== undefined) return along(k.constant)
  return weight
    .map((_, i) => along(i))
    .reduce((rest, value, i) => build.scalar("select(k == i, value, rest)", { k: build.index(k), i: build.number(i), value, rest }))
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
    doc: "The B-spline basis functions of order n on the knots t, at the number x, by the recursion of Cox and de Boor: intervals hold their left end, and a quotient with divisor 0 is 0.",
  },
  SoftDTW_SqDist: {
    args: ["x", "y", "s"],
    shape: "series",
    component: (build: Build, _k: Index, x: Vector, y: Vector, s: Vector) => table(build, x, y, s).cost[x.dim - 1]![y.dim - 1]!,
    gradient: { x: "e * GradSoftDTW_SqDist(x, y, s)", y: "e * GradSoftDTW_SqDist(y, x, s)", s: null },
    doc: "The soft-DTW distance of the series x and y for squared differences and smoothing s: each cost adds to the soft minimum, -s Log(Exp(-a / s) + Exp(-b / s) + Exp(-c / s)), of the three before it.",
  },
  GradSoftDTW_SqDist: {
    args: ["x", "y", "s"],
    shape: "alongSeries",
    component: slope,
    gradient: null,
    doc: "The gradient of SoftDTW_SqDist with respect to x.",
  },
} as const satisfies Record<string, Operation>

/** The derivatives of the basis functions: neighbours of one order less, each by the width of its interval (where that is 0, so is it). */
function differences(knots: number, order: number): string {
  const count = knots - order
  const widths = `(Extract(t, ${order}, ${count}) - Extract(t, 0, ${count}))`
  const ratios = `(BSpline(t, x, ${order - 1}) / (${widths} + (${widths} == 0)))`
  return `(${order} * (Extract(${ratios}, 0, ${count - 1}) - Extract(${ratios}, 1, ${count - 1})))`
}
