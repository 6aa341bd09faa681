// Soft-DTW by recurrences over pairs of a number of x and a number of y: its value from the beginnings of both series to their ends, its
// gradient from there back, and how that changes where the series change along directions (names that end in Along: derivatives of the
// others).
import type { Build, Cells, Index, Scalar, Store, Vector } from "./operation.ts"

type Names = Readonly<Record<string, Scalar>>
const along = (names: Names): Names => Object.fromEntries(Object.entries(names).map(([name, value]) => [`${name}Along`, value]))

/**
 * Two series and the costs of all pairs of their beginnings. A row of costs lies before those of x, and one before each row: nothing is stored
 * there.
 */
interface Series {
  readonly x: Cells
  readonly y: Cells
  readonly costs: Cells
}
interface Pairs {
  readonly series: Series
  readonly change?: Series
  readonly gamma: Scalar
  readonly place: (row: Index, column: Index) => Index
}

/**
 * -gamma Log(sum Exp(-c / gamma)) over the costs above, to the left and at the corner, from the smallest, so that nothing overflows; and how
 * much it grows with each of them, shares whose sum is 1.
 */
const softMinimum = [
  "s = select(left < above, left, above)",
  "m = select(corner < s, corner, s)",
  "a = exp((m - above) / gamma)",
  "b = exp((m - left) / gamma)",
  "c = exp((m - corner) / gamma)",
  "total = a + b + c",
] as const
const shares = ["ofAbove = a / total", "ofLeft = b / total", "ofCorner = c / total"] as const
/** In the first row and column there is one way only, and no way yet for the first pair. */
const before = (end: string) => `select(i == 0, select(j == 0, 0, left${end}), select(j == 0, above${end}, least${end}))`
const cost = [...softMinimum, "least = m - gamma * log(total)", "d = x - y", `d * d + ${before("")}`]
const costAlong = [
  ...softMinimum,
  ...shares,
  "leastAlong = ofAbove * aboveAlong + ofLeft * leftAlong + ofCorner * cornerAlong",
  `2 * (x - y) * (xAlong - yAlong) + ${before("Along")}`,
]

/** Fills the tables of costs, in which the last `rows` rows stay. */
function pairs(build: Build, rows: number, gamma: Scalar, xy: readonly Vector[], uv?: readonly Vector[]): Pairs {
  const [n, m] = xy.map(({ dim }) => dim) as [number, number]
  const made = ([x, y]: readonly Vector[]): Series => ({ x: build.copy(x!), y: build.copy(y!), costs: build.cells(rows * (m + 1)) })
  const [series, change] = [made(xy), uv && made(uv)]
  const place = (row: Index, column: Index) =>
    row
      .modulo(rows)
      .times(m + 1)
      .add(column)
  build.recur([n, m], change ? [series.costs, change.costs] : [series.costs], ([i, j]) => {
    const around = ({ x, y, costs }: Series): Names => ({
      above: costs.at(place(i, j.plus(1))),
      left: costs.at(place(i.plus(1), j)),
      corner: costs.at(place(i, j)),
      x: x.at(i),
      y: y.at(j),
    })
    const names = { ...around(series), i: build.index(i), j: build.index(j), gamma }
    const at = place(i.plus(1), j.plus(1))
    const store = { in: series.costs, at, value: build.scalar(cost, names) }
    return change ? [store, { in: change.costs, at, value: build.scalar(costAlong, { ...names, ...along(around(change)) }) }] : [store]
  })
  return { series, gamma, place, ...(change && { change }) }
}

export function distance(build: Build, x: Vector, y: Vector, smoothing: Vector): () => Scalar {
  const { series } = pairs(build, 2, smoothing.at(0), [x, y])
  return () => series.costs.at((x.dim % 2) * (y.dim + 1) + y.dim)
}

/** What pairs hand on: to those above them, for two rows in turn, and to those to the left and at the corner; and the sums along x. */
interface Handed {
  readonly above: Cells
  readonly left: Cells
  readonly corner: Cells
  readonly sums: Cells
}

/**
 * How much the whole cost grows with the cost of a pair: what it was handed from below, from the right and from beyond the corner; 1 for the
 * last.
 */
const weight = [
  "others = select(lastOfRow == 0, below, below + right)",
  "weight = select(last == 0, select(lastOfRow == 0, 1, right), others)",
  "d = x - y",
  ...softMinimum,
  ...shares,
]
const weightAlong = [
  ...weight,
  "othersAlong = select(lastOfRow == 0, belowAlong, belowAlong + rightAlong)",
  "weightAlong = select(last == 0, select(lastOfRow == 0, 0, rightAlong), othersAlong)",
  "dAlong = xAlong - yAlong",
]
/** Where a pair may hand its weight to: how it calls that and the other two, and where that is the only one. */
const ways = {
  above: { share: "ofAbove", others: ["left", "corner"], only: "j" },
  left: { share: "ofLeft", others: ["above", "corner"], only: "i" },
  corner: { share: "ofCorner", others: ["above", "left"], only: undefined },
} as const
type Way = keyof typeof ways
const elsewhere = (to: Way, sole: string, value: string) => (ways[to].only ? `select(${ways[to].only} == 0, ${sole}, ${value})` : value)
/** A pair hands its weight on in the shares of the soft minimum before it. */
const share = (to: Way) => elsewhere(to, "1", ways[to].share)
const hand = (to: Way) => `weight * ${share(to)}`
/** A share grows as the other ways get longer against its own: by differences of two ways, in which what they have in common is no more. */
const rise = (to: Way) => ways[to].others.map((other) => `${ways[other].share} * (${other}Along - ${to}Along)`).join(" + ")
const handAlong = (to: Way) => `(weightAlong + ${elsewhere(to, "0", `weight * (${rise(to)}) / gamma`)}) * ${share(to)}`

/** The gradient along x; with directions, how that changes where x changes along u and y along v. */
export function slope(build: Build, x: Vector, y: Vector, smoothing: Vector, u?: Vector, v?: Vector): (k: Index) => Scalar {
  const [rows, columns] = [x.dim, y.dim]
  const { series, change, gamma, place } = pairs(build, rows + 1, smoothing.at(0), [x, y], u && v && [u, v])
  const made = (): Handed => {
    const [above, left, corner, sums] = [2 * columns, 1, 1, rows].map((size) => build.cells(size)) as [Cells, Cells, Cells, Cells]
    return { above, left, corner, sums }
  }
  const [handed, handedAlong] = [made(), change && made()]
  build.recur([rows, columns], [handed, handedAlong ?? {}].flatMap(Object.values), ([back, backwards]) => {
    const [i, j] = [back.times(-1).plus(rows - 1), backwards.times(-1).plus(columns - 1)]
    const inRow = (turn: Index) => turn.modulo(2).times(columns).add(j)
    const known = ({ x, y, costs }: Series, { above, left, corner, sums }: Handed): Names => ({
      ...{ x: x.at(i), y: y.at(j) },
      ...{ above: costs.at(place(i, j.plus(1))), left: costs.at(place(i.plus(1), j)), corner: costs.at(place(i, j)) },
      ...{ below: above.at(inRow(back)), right: left.at(0), beyond: corner.at(0), sum: sums.at(i) },
    })
    const names = {
      ...known(series, handed),
      ...(change && handedAlong && along(known(change, handedAlong))),
      ...{ gamma, i: build.index(i), j: build.index(j), last: build.index(back), lastOfRow: build.index(backwards) },
    }
    const stores = (to: Handed, lines: readonly string[], given: (to: Way) => string, sum: string, end = ""): Store[] => {
      const value = (expression: string) => build.scalar([...lines, expression], names)
      return [
        { in: to.left, at: 0, value: value(given("left")) },
        { in: to.corner, at: 0, value: value(given("corner")) },
        { in: to.above, at: inRow(back.plus(1)), value: value(`${given("above")} + select(lastOfRow == 0, 0, beyond${end})`) },
        { in: to.sums, at: i, value: value(`${sum} + select(lastOfRow == 0, 0, sum${end})`) },
      ]
    }
    const plain = stores(handed, weight, hand, "2 * weight * d")
    return handedAlong
      ? [...plain, ...stores(handedAlong, weightAlong, handAlong, "2 * (weightAlong * d + weight * dAlong)", "Along")]
      : plain
  })
  return (k) => (handedAlong ?? handed).sums.at(k)
}
