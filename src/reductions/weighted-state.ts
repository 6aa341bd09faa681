// Sums of weights times exponentials: the powers of two that they are stored in, the same for all executors.

/** The unit at first: weights of 1e-37 keep their digits. */
export const HIGH = 2 ** 48
/** The unit once a sum has become too large: with it, the sum of any number of weights of 3e38 is finite. */
export const LOW = 2 ** -32
/** Sums stay below this, so that the next block's sum can be added. */
export const SUM_MOST = 2 ** 120

/** The natural logarithm of a power of two. */
export const log2 = (power: number) => Math.log2(power) * Math.LN2
