// Constants of the elementary functions that both emitters write themselves. Polynomials by least maximum relative error (Lawson's
// iteration) on the reduced range, rounded to float32.

/** pi / 2 in three parts; multiples of the first two by integers below 2^13 are exact (Cody and Waite). */
export const halfPi = [1.5703125, 0.0004837512969970703, 7.549533620476723e-8] as const
/** sin r = r + r^3 s(r^2) and cos r = 1 - r^2/2 + r^4 c(r^2) for |r| <= pi/4. */
export const sinCoefficients = [-0.16666653752326965, 0.008332150988280773, -0.0001951398007804528] as const
export const cosCoefficients = [0.04166664555668831, -0.0013887303648516536, 2.4431667043245398e-5] as const
