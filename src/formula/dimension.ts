// The dimension of a formula's text, in types: the fast path, and where that says no, the slow one.
/** The dimension as a digit string; `string` where it is not known. */
export type Dimension<_t extends string, _a extends string | readonly string[]> = string
