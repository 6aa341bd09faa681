// Indices into vectors while a formula is lowered: places, with the arithmetic that rows of the table ask for.

import { add, constant, divide, times } from "../ir/affine.ts"
import type { Loop, Place } from "../ir/program.ts"
import type { Index } from "../operations/operation.ts"

/** Thrown where a component's origin changes inside a loop: the loop is split there. */
export class Split {
  constructor(loop: Loop, at: number) {
    this.loop = loop
    this.at = at
  }
  readonly loop: Loop
  readonly at: number
}

/** An index: a place in a vector. */
export class Position implements Index {
  readonly place: Place
  constructor(place: Place) {
    this.place = place
  }
  get constant(): number | undefined {
    return this.place.terms.length === 0 ? this.place.base : undefined
  }
  plus(n: number): Position {
    return new Position(add(this.place, constant(n)))
  }
  times(n: number): Position {
    return new Position(times(this.place, n))
  }
  add(other: Position): Position {
    return new Position(add(this.place, other.place))
  }
  over(n: number): Position {
    return new Position(divide(this.place, n).quotient)
  }
  modulo(n: number): Position {
    return new Position(divide(this.place, n).remainder)
  }
}

export const position = (k: Index | number) => (typeof k === "number" ? new Position(constant(k)) : (k as Position))
