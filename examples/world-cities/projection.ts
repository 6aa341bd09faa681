// The Equal Earth projection (Šavrič, Patterson and Jenny, 2018): areas are true, so that densities can be compared by eye.
import type { Place } from "./cities.ts"

const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796]
const m = Math.sqrt(3) / 2

/** Half the width and half the height of the map, in radii of the earth. */
export const halfWidth = Math.PI / m / a1
export const halfHeight = ordinate(Math.asin(m))

export interface Point {
  readonly x: number
  readonly y: number
}

/** Radii of the earth, y upwards. */
export function project({ longitude, latitude }: Place): Point {
  const theta = Math.asin(m * Math.sin((latitude * Math.PI) / 180))
  return { x: ((longitude * Math.PI) / 180) * width(theta), y: ordinate(theta) }
}

/** The place at a point, or undefined outside the map. */
export function unproject({ x, y }: Point): Place | undefined {
  if (Math.abs(y) > halfHeight) return undefined
  let theta = y / a1
  for (let step = 0; step < 12; step++) theta -= (ordinate(theta) - y) / slope(theta)
  const longitude = (x / width(theta) / Math.PI) * 180
  if (Math.abs(longitude) > 180) return undefined
  return { longitude, latitude: (Math.asin(Math.max(-1, Math.min(1, Math.sin(theta) / m))) / Math.PI) * 180 }
}

function ordinate(theta: number): number {
  return theta * (a1 + a2 * theta ** 2 + theta ** 6 * (a3 + a4 * theta ** 2))
}

function slope(theta: number): number {
  return a1 + 3 * a2 * theta ** 2 + theta ** 6 * (7 * a3 + 9 * a4 * theta ** 2)
}

function width(theta: number): number {
  return Math.cos(theta) / (m * slope(theta))
}
