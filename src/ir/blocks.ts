// How sums over loops are added up, so that they are as accurate as sums over rows: in blocks, in blocks of blocks, and compensated above these.
import type { FoldValue } from "./program.ts"
import { hasOneSign } from "./sign.ts"

export interface Blocks {
  /** Iterations per block, the smallest size first. A block's sum is added to that of the next size; each size is a multiple of the one before. */
  readonly sizes: readonly number[]
  /** Terms may cancel, so each is added in float64 (WASM) or with compensation (WGSL), without blocks. */
  readonly wide?: true
  /** The rounding errors of adding the largest blocks are collected and added at the end (`Fast2Sum`). */
  readonly compensated: boolean
}

/** Loops within a pair with more terms of unknown sign are added wide. PERF: wide sums take three times as long; most embeddings are shorter. */
const MOST_ROUGH_ITERATIONS = 4096

/**
 * PERF: a separate sum for every 16 iterations costs some percent if the loop is all the work (one more add, one mispredicted branch). So loops of
 * up to 128 components, such as the distances in bench, have at most one level of blocks: their error is at most 6e-7 for random terms. Longer loops
 * have blocks of 8, which lose little, and compensation above them. Loops that run once for many pairs cost nothing, so they are always compensated.
 */
export function blocksOf({ fold, loop, region, loops, body }: FoldValue): Blocks {
  const iterations = loop.end - loop.start
  if (fold !== "sum" || iterations <= 16) return { sizes: [], compensated: false }
  const isOnce = region !== "pair" && loops.length === 0
  if ((isOnce || iterations > MOST_ROUGH_ITERATIONS) && !hasOneSign(body)) return { sizes: [], compensated: true, wide: true }
  if (isOnce) return { sizes: [1], compensated: true }
  if (iterations <= 128) return { sizes: iterations <= 64 ? [16] : [], compensated: false }
  return { sizes: [8, 64], compensated: true }
}
