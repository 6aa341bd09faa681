// What formulas may ask for, at most: data that the types, the parser, the compiler and the runtime read. The page of the language lists it.

/** Components of a variable, of any value within a formula, and numbers of an output row: 2 ** 24, up to which float32 counts. */
export const dimension = 16777216
/** K of a ranked reduction. */
export const entries = 65536
/** Variables of a formula: a uniform buffer of 64 KiB holds where each begins. */
export const variables = 8192
/** Characters of a formula, also of one that the compiler writes. */
export const length = 100000
/** Operations within each other that are not of each component alone, nor operators. */
export const depth = 400
/** Nodes of a formula after its derivatives are taken, and values of a kernel after its loops are unrolled. */
export const operations = 20000
/** Nodes that the calculus visits for all derivatives of a formula: less than a second. */
export const derivation = 200000
/** Steps of lowering, including those whose values vanish or exist already. */
export const steps = 500000
/** Operations for one pair of rows, loops counted. */
export const work = 2 ** 30
/** Bytes that eight rows take at once, states and scratch: WebAssembly has four times as much. */
export const memory = 2 ** 30
/** Vector registers that a kernel names at once; the engine's stack must hold them. */
export const registers = 20000
