// Sums of weights times exponentials: the powers of two that they are kept in, the same for all executors.

/** At first: weights of 1e-37 keep their digits. */
export const HIGH = 2 ** 48
/** Where a sum has become too large: all the weights of 3e38 that there may be have a finite sum. */
export const LOW = 2 ** -32
/** Sums stay below, so that the next block's can be added. */
export const SUM_MOST = 2 ** 120

/** The natural logarithm of a power of two. */
export const log2 = (power: number) => Math.log2(power) * Math.LN2
