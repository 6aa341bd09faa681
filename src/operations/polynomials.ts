// Constants of the elementary functions that both emitters write themselves. Polynomials by least maximum relative error (Lawson's
// iteration) on the reduced range, rounded to float32.

/** (e^f - 1 - f) / f^2 for |f| <= ln(2)/2. */
export const expCoefficients = [
  0.4999999403953552, 0.1666652113199234, 0.04166838899254799, 0.00836874544620514, 0.0013814540579915047,
] as const
/** log(1 + f) = f - f^2/2 + f^3 p(f) for sqrt(1/2) <= 1 + f < sqrt(2). */
export const logCoefficients = [
  0.3333333134651184, -0.2500081956386566, 0.20001226663589478, -0.16623356938362122, 0.14201757311820984, -0.13160182535648346,
  0.1276158094406128, -0.07634501159191132,
] as const
/** pi / 2 in three parts; multiples of the first two by integers below 2^13 are exact (Cody and Waite). */
export const halfPi = [1.5703125, 0.0004837512969970703, 7.549533620476723e-8] as const
/** sin r = r + r^3 s(r^2) and cos r = 1 - r^2/2 + r^4 c(r^2) for |r| <= pi/4. */
export const sinCoefficients = [-0.16666653752326965, 0.008332150988280773, -0.0001951398007804528] as const
export const cosCoefficients = [0.04166664555668831, -0.0013887303648516536, 2.4431667043245398e-5] as const

/** From here on the three parts of pi / 2 have too few digits, and the remainder of x comes of the bits of 1 / (2 pi) (Payne and Hanek). */
export const farAngle = 12800
/**
 * 1 / (2 pi) in 192 bits, ten zeros first: x = m 2^(e - 150) is m times the bits from number e - 140 on, in turns, where whole turns
 * have fallen off on the left.
 */
export const turnBits = [0x000a2f98, 0x36e4e441, 0x529fc275, 0x7d1f534d, 0xdc0db629, 0x5993c439] as const
/** Radians of one of 2^32 parts of a turn. */
export const turnPart = (2 * Math.PI) / 2 ** 32
