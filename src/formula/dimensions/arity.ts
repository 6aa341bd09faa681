// How many operands an operand list ("3;=2;1") holds, in types alone: at run time it is an array.
type Two = `${string};${string}`
type Three = `${string};${Two}`

/** Whether the list holds `n` operands. */
export type Fits<n, list> = list extends Two
  ? list extends Three
    ? list extends `${string};${Three}`
      ? n extends 4
        ? true
        : false
      : n extends 3
        ? true
        : false
    : n extends 2
      ? true
      : false
  : n extends 1
    ? true
    : false

/** The number of operands. */
export type Count<list, seen extends 0[] = [0]> = list extends `${string};${infer rest}`
  ? Count<rest, [...seen, 0]>
  : seen["length"] & number
