// What the pages of the templates must show, computed in double precision from their own data: the colour of a pixel, and how far it may be off.
import { colours, sites } from "../../examples/esbuild-app/src/sites.ts"
import { charges, places } from "../../examples/next-app/lib/charges.ts"
import { points } from "../../examples/vite-app/src/points.ts"
import { colours as blended, spots } from "../../examples/webpack-app/src/spots.ts"

export const side = 256

/** Red, green and blue of all pixels of a page. */
export type Picture = (pixel: number) => readonly [number, number, number]
/** The colour that each pixel must have; what is known from the picture alone is read there. */
export type Expected = (picture: Picture) => (pixel: number) => readonly number[]

const squares = (pixel: number, at: ArrayLike<number>): readonly number[] => {
  const [x, y] = [((pixel % side) + 0.5) / side, (Math.floor(pixel / side) + 0.5) / side]
  return Array.from({ length: at.length / 2 }, (_, n) => (x - at[2 * n]!) ** 2 + (y - at[2 * n + 1]!) ** 2)
}
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const density = (pixel: number) => sum(squares(pixel, points).map((square) => Math.exp(-1000 * square)))

export const expected = {
  "vite-app"(picture) {
    // The densest pixel is white.
    const light = Array.from({ length: side * side }, (_, pixel) => sum(picture(pixel)))
    const most = density(light.indexOf(light.reduce((a, b) => Math.max(a, b))))
    return (pixel) => {
      const share = density(pixel) / most
      return [255 * Math.sqrt(share), 255 * share, 255 * share ** 4]
    }
  },
  "esbuild-app": () => (pixel) => {
    const all = squares(pixel, sites)
    return colours[all.indexOf(Math.min(...all))]!
  },
  "webpack-app": () => (pixel) => {
    const weights = squares(pixel, spots.flat()).map((square) => Math.exp(-20 * square))
    return [0, 1, 2].map((k) => sum(weights.map((weight, n) => weight * blended[n]![k]!)) / sum(weights))
  },
  "next-app": () => (pixel) => {
    const value = sum(squares(pixel, places).map((square, n) => charges[n]! * Math.exp(-100 * square)))
    const light = 255 * (1 - Math.exp(-2 * Math.abs(value)))
    return value > 0 ? [light, light / 2, 0] : [0, light / 2, light]
  },
} as const satisfies Record<string, Expected>

/** What the server of next-app computes. */
export const fieldInTheMiddle = sum(
  Array.from({ length: charges.length }, (_, n) => {
    const square = (0.5 - places[2 * n]!) ** 2 + (0.5 - places[2 * n + 1]!) ** 2
    return charges[n]! * Math.exp(-100 * square)
  }),
)
