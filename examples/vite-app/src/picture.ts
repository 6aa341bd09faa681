// The picture: a square of pixels, whose centres are the rows of a formula.
export const side = 256

/** The centre of each pixel, from 0 to 1. */
export const pixels = Float32Array.from({ length: 2 * side * side }, (_, n) => {
  const pixel = n >> 1
  return ((n % 2 === 0 ? pixel % side : Math.floor(pixel / side)) + 0.5) / side
})

/** Draws pixels of red, green and blue from 0 to 255. */
export function draw(canvas: HTMLCanvasElement, colour: (pixel: number) => readonly [number, number, number]): void {
  const context = canvas.getContext("2d")!
  const image = context.createImageData(side, side)
  for (let pixel = 0; pixel < side * side; pixel++) image.data.set([...colour(pixel), 255], 4 * pixel)
  context.putImageData(image, 0, 0)
}

/** `?backend=wasm` or `?backend=webgpu` in the page's address chooses; without it a GPU is used if there is one. */
export function backend(): "auto" | "webgpu" | "wasm" {
  const asked = new URLSearchParams(location.search).get("backend")
  return asked === "webgpu" || asked === "wasm" ? asked : "auto"
}
