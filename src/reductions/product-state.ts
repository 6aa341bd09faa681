// Products: kept as a number and how many times a power of two is taken out of it, so that no order of factors leaves float32's range.

/** Numbers that are larger have the power taken out, those below the reciprocal get it. Any two that are left have a product in range. */
export const PRODUCT_MOST = 2 ** 40
/** The power of two. */
export const PRODUCT_POWER = 2 ** 80
/** So many powers are more than float32's range. */
export const MOST_PRODUCT_POWERS = 3
