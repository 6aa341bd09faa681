// A square of pixels, whose centres are the rows of the formula.
export const side = 256

/** The centre of each pixel, from 0 to 1. */
export const pixels = Float32Array.from({ length: 2 * side * side }, (_, n) => {
  const pixel = n >> 1
  return ((n % 2 === 0 ? pixel % side : Math.floor(pixel / side)) + 0.5) / side
})

/** Draws one number for each pixel: above 0 in orange, below in blue, at 0 in black. */
export function draw(canvas: HTMLCanvasElement, values: Float32Array): void {
  const context = canvas.getContext("2d")!
  const image = context.createImageData(side, side)
  values.forEach((value, pixel) => {
    const light = 255 * (1 - Math.exp(-2 * Math.abs(value)))
    image.data.set(value > 0 ? [light, light / 2, 0, 255] : [0, light / 2, light, 255], 4 * pixel)
  })
  context.putImageData(image, 0, 0)
}
