// Indices into vectors while a formula is lowered: places, with the arithmetic that rows of the table ask for.

import { add, constant, divide, times } from "../ir/affine.ts"
import type { AffineIndex, Loop } from "../ir/program.ts"
import type { Index } from "../operations/operation.ts"

/** Thrown where a component's origin changes inside a loop: the loop is split there. */
export class LoopCut {
  constructor(loop: Loop, at: number) {
    this.loop = loop
    this.at = at
  }
  readonly loop: Loop
  readonly at: number
}

/** An index: a place in a vector. */
export class Position implements Index {
  readonly affine: AffineIndex
  constructor(affine: AffineIndex) {
    this.affine = affine
  }
  get constant(): number | undefined {
    return this.affine.terms.length === 0 ? this.affine.base : undefined
  }
  plus(n: number): Position {
    return new Position(add(this.affine, constant(n)))
  }
  times(n: number): Position {
    return new Position(times(this.affine, n))
  }
  add(other: Position): Position {
    return new Position(add(this.affine, other.affine))
  }
  over(n: number): Position {
    return new Position(divide(this.affine, n).quotient)
  }
  modulo(n: number): Position {
    return new Position(divide(this.affine, n).remainder)
  }
}

export const position = (k: Index | number) => (typeof k === "number" ? new Position(constant(k)) : (k as Position))
