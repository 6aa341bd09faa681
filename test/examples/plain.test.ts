// The parts of the examples that are plain functions: the projection, distances, neighbours, the map's picture, the vote.
import { describe, expect, test } from "vitest"
import { picture } from "../../examples/mnist-knn/picture.ts"
import { cities, distance, unitVectors } from "../../examples/world-cities/cities.ts"
import { grid, svg } from "../../examples/world-cities/map.ts"
import { otherNeighbours, peaks } from "../../examples/world-cities/neighbours.ts"
import { halfHeight, halfWidth, project, unproject } from "../../examples/world-cities/projection.ts"

const city = (name: string, longitude: number, latitude: number, population = 1) => ({
  name,
  country: "FR",
  population,
  longitude,
  latitude,
})
const paris = city("Paris", 2.3488, 48.8534)
const london = city("London", -0.1257, 51.5085)
const sydney = city("Sydney", 151.2073, -33.8678)

describe("world-cities: places", () => {
  test("have distances along great circles", () => {
    expect(distance(paris, london)).toBeCloseTo(343.6, 0)
    expect(distance(paris, sydney)).toBeCloseTo(16961, -1)
    expect(distance(paris, paris)).toBe(0)
  })
  test("have unit vectors whose chords agree with the distances", () => {
    const vectors = unitVectors([paris, london])
    const chord = Math.hypot(...[0, 1, 2].map((k) => vectors[k]! - vectors[k + 3]!))
    expect(2 * Math.asin(chord / 2) * 6371.0088).toBeCloseTo(distance(paris, london), 1)
  })
  test("come from the package of cities, and a sample covers the whole list", () => {
    expect(cities().length).toBeGreaterThan(130_000)
    const sample = cities(100)
    expect(sample).toHaveLength(100)
    expect(new Set(sample.map(({ country }) => country)).size).toBeGreaterThan(20)
  })
  test("are projected and unprojected without loss", () => {
    for (const place of [paris, london, sydney]) {
      const back = unproject(project(place))!
      expect(back.longitude).toBeCloseTo(place.longitude, 6)
      expect(back.latitude).toBeCloseTo(place.latitude, 6)
    }
    expect(project({ longitude: 180, latitude: 0 }).x).toBeCloseTo(halfWidth, 9)
    expect(project({ longitude: 0, latitude: 90 }).y).toBeCloseTo(halfHeight, 9)
    expect(unproject({ x: halfWidth, y: halfHeight })).toBeUndefined()
  })
})

describe("world-cities: neighbours", () => {
  const twins = [paris, paris, paris, london, sydney]
  test("include cities at the same position, but not the city itself", () => {
    const found = otherNeighbours(twins, [0, 3], Int32Array.of(0, 1, 2, 3, 0, 1), 3)
    expect(found[0]!.map((each) => each.distance)).toEqual([0, 0])
    expect(found[1]!.map((each) => each.city.name)).toEqual(["Paris", "Paris"])
  })
  test("may omit the city itself if more than K share its position", () => {
    expect(otherNeighbours(twins, [2], Int32Array.of(0, 1), 2)[0]).toEqual([{ city: paris, distance: 0 }])
  })
  test("have peaks at a minimum distance", () => {
    expect(peaks(twins, [5, 4, 3, 2, 1], 3, 100)).toEqual([0, 3, 4])
    expect(peaks(twins, [5, 4, 3, 2, 1], 3, 1000)).toEqual([0, 4])
  })
})

describe("examples: pictures", () => {
  test("of the map show dense cells, and escape names", () => {
    const cells = grid([paris, sydney], 100, 1)
    expect(cells.cells.length).toBeGreaterThanOrEqual(12)
    const drawn = svg(
      cells,
      cells.cells.map((_, at) => (at % 2 ? 7000 : 0)),
      [{ city: paris, text: "A & <B>" }],
      "title",
      "subtitle",
    )
    expect(drawn).toContain("A &amp; &lt;B>")
    expect(drawn.match(/stroke="#fcfdbf" d="M[^"]+h2/)).not.toBeNull()
    expect(drawn).toContain('stroke="#221150" d=""')
  })
  test("of digits consist of half blocks", () => {
    const images = new Float32Array(784)
    images[0] = 1
    images[28 + 1] = 1
    images[2] = images[28 + 2] = 1
    expect(picture(images, 0)[0]!.trimEnd()).toBe("▀▄█")
  })
})
