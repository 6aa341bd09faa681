// Operations on sequences: B-splines on knots, and the soft distance of time series.
import type { Build, Cells, Gradient, Index, Operation, Scalar, Vector } from "./operation.ts"

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

/** The costs of all pairs of beginnings of two series, of x and of y. */
interface Costs {
  readonly x: Cells
  readonly y: Cells
  readonly gamma: Scalar
  /** A row of costs lies before those of x, and a number before each row: nothing is stored there. */
  readonly table: Cells
  readonly place: (row: Index, column: Index) => Index
}

/** -gamma Log(sum Exp(-c / gamma)) over the costs above, to the left and at the corner, from the smallest, so that nothing overflows. */
const softMinimum = [
  "s = select(left < above, left, above)",
  "m = select(corner < s, corner, s)",
  "least = m - gamma * log(exp((m - above) / gamma) + exp((m - left) / gamma) + exp((m - corner) / gamma))",
] as const
/** In the first row and column there is one way only, and no way yet for the first pair. */
const cost = ["d = x - y", "before = select(i == 0, select(j == 0, 0, left), select(j == 0, above, least))", "d * d + before"] as const

/** Fills the table, in which the last `rows` rows stay. */
function costs(build: Build, xs: Vector, ys: Vector, smoothing: Vector, rows: number): Costs {
  const [x, y, gamma] = [build.copy(xs), build.copy(ys), smoothing.at(0)]
  const width = y.dim + 1
  const table = build.cells(rows * width)
  const place = (row: Index, column: Index) => row.modulo(rows).times(width).add(column)
  build.recur([x.dim, y.dim], [table], ([i, j]) => {
    const [above, left, corner] = [place(i, j.plus(1)), place(i.plus(1), j), place(i, j)].map((at) => table.at(at))
    const names = { above: above!, left: left!, corner: corner!, x: x.at(i), y: y.at(j), i: build.index(i), j: build.index(j), gamma }
    return [{ in: table, at: place(i.plus(1), j.plus(1)), value: build.scalar([...softMinimum, ...cost], names) }]
  })
  return { x, y, gamma, table, place }
}

function distance(build: Build, x: Vector, y: Vector, smoothing: Vector): () => Scalar {
  const { table } = costs(build, x, y, smoothing, 2)
  return () => table.at((x.dim % 2) * (y.dim + 1) + y.dim)
}

/**
 * From the end to the beginning, how much the whole cost grows with the cost of each pair: a pair hands its weight on to those before it, to each
 * as much as the soft minimum grows with its cost. Along x, the weights are summed with the slopes of the squared differences.
 */
function slope(build: Build, xs: Vector, ys: Vector, smoothing: Vector): (k: Index) => Scalar {
  const [rows, columns] = [xs.dim, ys.dim]
  const { x, y, gamma, table, place } = costs(build, xs, ys, smoothing, rows + 1)
  const slopes = build.cells(rows)
  // what a row of pairs was handed by the row after it, for two rows in turn; and what the pair before handed to its left and to its corner
  const handed = build.cells(2 * columns)
  const [toLeft, toCorner] = [build.cells(1), build.cells(1)]
  build.recur([rows, columns], [slopes, handed, toLeft, toCorner], ([back, backwards]) => {
    const [i, j] = [back.times(-1).plus(rows - 1), backwards.times(-1).plus(columns - 1)]
    const row = (turn: Index) => turn.modulo(2).times(columns).add(j)
    const names = {
      ...{ here: table.at(place(i.plus(1), j.plus(1))), above: table.at(place(i, j.plus(1))) },
      ...{ left: table.at(place(i.plus(1), j)), corner: table.at(place(i, j)) },
      ...{ x: x.at(i), y: y.at(j), gamma, last: build.index(back), lastOfRow: build.index(backwards) },
      ...{ below: handed.at(row(back)), right: toLeft.at(0), beyond: toCorner.at(0), sum: slopes.at(i) },
    }
    const weighed = [
      "some = select(lastOfRow == 0, below, below + right)",
      "weight = select(last == 0, select(lastOfRow == 0, 1, right), some)",
      "d = x - y",
      "before = here - d * d",
    ]
    const value = (expression: string) => build.scalar([...weighed, expression], names)
    return [
      { in: toLeft, at: 0, value: value("weight * exp((before - left) / gamma)") },
      { in: toCorner, at: 0, value: value("weight * exp((before - corner) / gamma)") },
      { in: handed, at: row(back.plus(1)), value: value("weight * exp((before - above) / gamma) + select(lastOfRow == 0, 0, beyond)") },
      { in: slopes, at: i, value: value("select(lastOfRow == 0, 0, sum) + 2 * weight * d") },
    ]
  })
  return (k) => slopes.at(k)
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
    components: distance,
    gradient: { x: "e * GradSoftDTW_SqDist(x, y, s)", y: "e * GradSoftDTW_SqDist(y, x, s)", s: null },
    doc: "The soft-DTW distance of the series x and y for squared differences and smoothing s: each cost adds to the soft minimum, -s Log(Exp(-a / s) + Exp(-b / s) + Exp(-c / s)), of the three before it.",
  },
  GradSoftDTW_SqDist: {
    args: ["x", "y", "s"],
    shape: "alongSeries",
    components: slope,
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
