// How sums over loops are added up, so that they are as good as sums over rows: within blocks, blocks of blocks, and these with what rounding loses.
import type { FoldValue } from "./program.ts"
import { hasOneSign } from "./sign.ts"

export interface Blocks {
  /** Turns whose sum is made apart before it is added to that of the next size, the smallest first. Each is a multiple of the one before. */
  readonly sizes: readonly number[]
  /** Terms may cancel: each is added with all its digits, in float64 (WASM) or with what rounding loses (WGSL). There are no blocks then. */
  readonly wide?: true
  /** What rounding loses is kept apart where the sums of the largest blocks are added up, and added at the end (`Fast2Sum`). */
  readonly compensated: boolean
}

/** Terms of unknown sign that are added with all their digits only beyond so many: that takes three times as long, and embeddings are shorter. */
const MOST_ROUGH_ITERATIONS = 4096

/**
 * Another sum for each 16 turns costs some percent where the loop is all there is to do (an add more, and a branch that is guessed wrong), so that
 * distances of some 100 components, which benches measure, go without: 6e-7 at worst for random terms. Longer loops get what they need: blocks of 8,
 * where little is lost, and compensation for the rest. What runs once for many pairs costs nothing at all.
 */
export function blocksOf({ fold, loop, region, loops, body }: FoldValue): Blocks {
  const turns = loop.end - loop.start
  if (fold !== "sum" || turns <= 16) return { sizes: [], compensated: false }
  const isOnce = region !== "pair" && loops.length === 0
  if ((isOnce || turns > MOST_ROUGH_ITERATIONS) && !hasOneSign(body)) return { sizes: [], compensated: true, wide: true }
  if (isOnce) return { sizes: [1], compensated: true }
  if (turns <= 128) return { sizes: turns <= 64 ? [16] : [], compensated: false }
  return { sizes: [8, 64], compensated: true }
}
