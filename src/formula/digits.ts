// Arithmetic of digit strings.
export type Times<_a, _b> = string
