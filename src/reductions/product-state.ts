// Products are stored as a number and a count of powers of two taken out of it, so that they stay in float32's range whatever the order of factors.

/** A larger number is divided by the power, one below the reciprocal multiplied by it. The product of any two others is in range. */
export const PRODUCT_MOST = 2 ** 40
/** The power of two that is taken out. */
export const PRODUCT_POWER = 2 ** 80
/** This many powers exceed float32's range: the product is infinite, or 0. */
export const MOST_PRODUCT_POWERS = 3
