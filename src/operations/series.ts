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
  /** How the table changes where the series change along directions. */
  readonly along?: { readonly u: Cells; readonly v: Cells; readonly table: Cells }
}
type Directions = readonly [u: Vector, v: Vector]

/** -gamma Log(sum Exp(-c / gamma)) over the costs above, to the left and at the corner, from the smallest, so that nothing overflows. */
const softMinimum = [
  "s = select(left < above, left, above)",
  "m = select(corner < s, corner, s)",
  "least = m - gamma * log(exp((m - above) / gamma) + exp((m - left) / gamma) + exp((m - corner) / gamma))",
] as const
/** In the first row and column there is one way only, and no way yet for the first pair. */
const onlyWay = (left: string, above: string, other: string) =>
  `select(i == 0, select(j == 0, 0, ${left}), select(j == 0, ${above}, ${other}))`
const cost = [...softMinimum, "d = x - y", `d * d + ${onlyWay("left", "above", "least")}`] as const
const costAlong = [
  ...softMinimum,
  "some = exp((least - above) / gamma) * ofAbove + exp((least - left) / gamma) * ofLeft + exp((least - corner) / gamma) * ofCorner",
  `2 * (x - y) * (u - v) + ${onlyWay("ofLeft", "ofAbove", "some")}`,
] as const

/** Fills the table, in which the last `rows` rows stay. */
function costs(build: Build, xs: Vector, ys: Vector, smoothing: Vector, rows: number, directions?: Directions): Costs {
  const [x, y, gamma] = [build.copy(xs), build.copy(ys), smoothing.at(0)]
  const width = y.dim + 1
  const table = build.cells(rows * width)
  const along = directions && { u: build.copy(directions[0]), v: build.copy(directions[1]), table: build.cells(rows * width) }
  const place = (row: Index, column: Index) => row.modulo(rows).times(width).add(column)
  build.recur([x.dim, y.dim], along ? [table, along.table] : [table], ([i, j]) => {
    const [above, left, corner] = [place(i, j.plus(1)), place(i.plus(1), j), place(i, j)]
    const before = { above: table.at(above), left: table.at(left), corner: table.at(corner) }
    const names = { ...before, x: x.at(i), y: y.at(j), i: build.index(i), j: build.index(j), gamma }
    const at = place(i.plus(1), j.plus(1))
    const store = { in: table, at, value: build.scalar(cost, names) }
    if (!along) return [store]
    const [ofAbove, ofLeft, ofCorner] = [above, left, corner].map((cell) => along.table.at(cell)) as [Scalar, Scalar, Scalar]
    const value = build.scalar(costAlong, { ...names, ofAbove, ofLeft, ofCorner, u: along.u.at(i), v: along.v.at(j) })
    return [store, { in: along.table, at, value }]
  })
  return { x, y, gamma, table, place, ...(along && { along }) }
}

function distance(build: Build, x: Vector, y: Vector, smoothing: Vector): () => Scalar {
  const { table } = costs(build, x, y, smoothing, 2)
  return () => table.at((x.dim % 2) * (y.dim + 1) + y.dim)
}

/**
 * The gradient along x, and how it changes along directions. From the end to the beginning, how much the whole cost grows with the cost of each
 * pair: a pair hands its weight on to those before it, to each as much as the soft minimum grows with its cost. Along x, the weights are summed
 * with the slopes of the squared differences.
 */
function slope(build: Build, xs: Vector, ys: Vector, smoothing: Vector, u?: Vector, v?: Vector): (k: Index) => Scalar {
  const [rows, columns] = [xs.dim, ys.dim]
  const { x, y, gamma, table, place, along } = costs(build, xs, ys, smoothing, rows + 1, u && v && [u, v])
  // `down`: what a row of pairs was handed by the row after it, for two rows in turn
  const carried = () => ({ sum: build.cells(rows), down: build.cells(2 * columns), left: build.cells(1), corner: build.cells(1) })
  const [weights, changes] = [carried(), along && carried()]
  build.recur([rows, columns], [weights, changes ?? {}].flatMap(Object.values), ([back, backwards]) => {
    const [i, j] = [back.times(-1).plus(rows - 1), backwards.times(-1).plus(columns - 1)]
    const row = (turn: Index) => turn.modulo(2).times(columns).add(j)
    const around = (of: Cells) => {
      const places = { here: place(i.plus(1), j.plus(1)), above: place(i, j.plus(1)), left: place(i.plus(1), j), corner: place(i, j) }
      return Object.entries(places).map(([name, at]) => [name, of.at(at)] as const)
    }
    const received = ({ sum, down, left, corner }: typeof weights) =>
      Object.entries({ below: down.at(row(back)), right: left.at(0), beyond: corner.at(0), sum: sum.at(i) })
    const changing =
      along && changes ? [...around(along.table), ...received(changes), ["x", along.u.at(i)] as const, ["y", along.v.at(j)] as const] : []
    const names = {
      ...Object.fromEntries([...around(table), ...received(weights), ...changing.map(([name, value]) => [`${name}Along`, value] as const)]),
      ...{ x: x.at(i), y: y.at(j), gamma, last: build.index(back), lastOfRow: build.index(backwards) },
    }
    const stores = (to: typeof weights, lines: readonly string[], hand: (to: string) => string, end: string, sum: string) => {
      const value = (expression: string) => build.scalar([...lines, expression], names)
      return [
        { in: to.left, at: 0, value: value(hand("left")) },
        { in: to.corner, at: 0, value: value(hand("corner")) },
        { in: to.down, at: row(back.plus(1)), value: value(`${hand("above")} + select(lastOfRow == 0, 0, beyond${end})`) },
        { in: to.sum, at: i, value: value(`select(lastOfRow == 0, 0, sum${end}) + ${sum}`) },
      ]
    }
    const share = (to: string) => `exp((before - ${to}) / gamma)`
    const given = stores(weights, weight, (to) => `weight * ${share(to)}`, "", "2 * weight * d")
    if (!changes) return given
    const change = (to: string) => `(weightAlong + weight * (beforeAlong - ${to}Along) / gamma) * ${share(to)}`
    return [...given, ...stores(changes, weightAlong, change, "Along", "2 * (weightAlong * d + weight * dAlong)")]
  })
  return (k) => (changes ?? weights).sum.at(k)
}

const weight = [
  "some = select(lastOfRow == 0, below, below + right)",
  "weight = select(last == 0, select(lastOfRow == 0, 1, right), some)",
  "d = x - y",
  "before = here - d * d",
] as const
const weightAlong = [
  ...weight,
  "someAlong = select(lastOfRow == 0, belowAlong, belowAlong + rightAlong)",
  "weightAlong = select(last == 0, select(lastOfRow == 0, 0, rightAlong), someAlong)",
  "dAlong = xAlong - yAlong",
  "beforeAlong = hereAlong - 2 * d * dAlong",
] as const

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
    gradient: (_x: number, y: number): Gradient => ({
      ...{ x: null, y: null, s: null },
      u: `DiffGradSoftDTW_SqDist(x, y, s, e, Zero(${y}))`,
      v: `DiffGradSoftDTW_SqDist(y, x, s, Zero(${y}), e)`,
    }),
    doc: "How GradSoftDTW_SqDist changes where x changes along u and y along v.",
  },
} as const satisfies Record<string, Operation>

/** The derivatives of the basis functions: neighbours of one order less, each by the width of its interval (where that is 0, so is it). */
function differences(knots: number, order: number): string {
  const count = knots - order
  const widths = `(Extract(t, ${order}, ${count}) - Extract(t, 0, ${count}))`
  const ratios = `(BSpline(t, x, ${order - 1}) / (${widths} + (${widths} == 0)))`
  return `(${order} * (Extract(${ratios}, 0, ${count - 1}) - Extract(${ratios}, 1, ${count - 1})))`
}
