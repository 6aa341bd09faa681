// Nearest other cities, from the indices of the nearest cities.
import { type City, distance } from "./cities.ts"

export interface Neighbour {
  readonly city: City
  /** Kilometres. */
  readonly distance: number
}

/**
 * `indices` are rows of `k` nearest cities, for the cities `rows` (indices into `cities`). Each city is taken out of its own row; several may
 * share one place, so where it is not among the first `k` those are all as near as can be, and the last is left out.
 */
export function otherNeighbours(cities: readonly City[], rows: readonly number[], indices: Int32Array, k: number): Neighbour[][] {
  return rows.map((self, row) =>
    Array.from(indices.subarray(row * k, row * k + k))
      .filter((index) => index !== self && index >= 0)
      .slice(0, k - 1)
      .map((index) => ({ city: cities[index]!, distance: distance(cities[self]!, cities[index]!) }))
      .sort((a, b) => a.distance - b.distance),
  )
}

/** The `count` highest by `score`, each at least `apart` kilometres from those before it. */
export function peaks(cities: readonly City[], score: ArrayLike<number>, count: number, apart: number): number[] {
  const order = cities.map((_, at) => at).sort((a, b) => score[b]! - score[a]!)
  const found: number[] = []
  for (const at of order) {
    if (found.length === count) break
    if (found.every((other) => distance(cities[at]!, cities[other]!) >= apart)) found.push(at)
  }
  return found
}

/** The most populous city within `reach` kilometres of a place: what a quarter belongs to. */
export function largestAround(cities: readonly City[], place: City, reach: number): City {
  return cities.reduce((best, city) => (city.population > best.population && distance(city, place) <= reach ? city : best), place)
}
