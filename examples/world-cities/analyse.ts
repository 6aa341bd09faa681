// What the example computes: the three reductions over all pairs, and the density once more at the cells of the map.
import { type Timing, timed } from "../timing.ts"
import { type City, earthRadius, unitVectors } from "./cities.ts"
import { density, logLikelihood, nearest } from "./formulas.ts"
import { type Grid, grid } from "./map.ts"
import { type Neighbour, otherNeighbours } from "./neighbours.ts"

export interface Settings {
  readonly backend: "auto" | "wasm" | "webgpu"
  /** Kilometres: the standard deviation of the Gaussian that spreads a place's people. */
  readonly bandwidth: number
  /** Indices of the cities that are asked about; all cities are the ones that answer. */
  readonly rows: readonly number[]
  /** Cells across the map. */
  readonly columns: number
}

export interface Analysis {
  /** For each of `rows`: the five nearest other cities, nearest first. */
  readonly neighbours: readonly (readonly Neighbour[])[]
  /** For each of `rows`: people per square kilometre. */
  readonly density: Float64Array
  /** For each of `rows`: the log-likelihood of the mixture per square kilometre. */
  readonly logLikelihood: Float64Array
  readonly map: { readonly grid: Grid; readonly density: Float64Array }
  readonly timings: readonly Timing[]
}

export async function analyse(cities: readonly City[], { backend, bandwidth, rows, columns }: Settings): Promise<Analysis> {
  const y = unitVectors(cities)
  const x = unitVectors(rows.map((row) => cities[row]!))
  const g = [earthRadius ** 2 / (2 * bandwidth ** 2)]
  const people = Float32Array.from(cities, ({ population }) => population)
  const total = people.reduce((sum, each) => sum + each, 0)
  // The logarithm of no people is -Infinity: such a place weighs nothing in the mixture.
  const logPeople = Float32Array.from(people, Math.log)
  /** Square kilometres: what the Gaussian's peak is divided by, so that it sums up to 1. */
  const area = 2 * Math.PI * bandwidth ** 2
  const pairs = rows.length * cities.length

  const near = await timed("nearest cities", pairs, (onProgress) => nearest.with({ backend, onProgress })({ x, y }))
  const dense = await timed("population density", pairs, (onProgress) => density.with({ backend, onProgress })({ g, x, y, people }))
  const likely = await timed("log-likelihood", pairs, (onProgress) => logLikelihood.with({ backend, onProgress })({ logPeople, g, x, y }))

  // Four standard deviations, in cells at the equator.
  const cells = grid(cities, columns, Math.ceil((4 * bandwidth * columns) / 35_000))
  const at = unitVectors(cells.cells.map(({ place }) => place))
  const drawn = await timed("density of the map", cells.cells.length * cities.length, (onProgress) =>
    density.with({ backend, onProgress })({ g, x: at, y, people }),
  )
  return {
    neighbours: otherNeighbours(cities, rows, near.result.data, 6),
    density: Float64Array.from(dense.result.data, (sum) => sum / area),
    logLikelihood: Float64Array.from(likely.result.data, (value) => value - Math.log(total * area)),
    map: { grid: cells, density: Float64Array.from(drawn.result.data, (sum) => sum / area) },
    timings: [near, dense, likely, drawn].map(({ name, pairs, seconds }) => ({ name, pairs, seconds })),
  }
}
