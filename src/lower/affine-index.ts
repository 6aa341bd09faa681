// Indices into vectors while a formula is lowered: affine indices with the arithmetic that rows of the table use.

import { add, constant, divide, times } from "../ir/affine.ts"
import type { AffineIndex, Loop } from "../ir/program.ts"
import type { Index } from "../operations/operation.ts"

/** Thrown if a component's origin changes inside a loop: `loops.ts` catches it and splits the loop at `at`. */
export class LoopCut {
  constructor(loop: Loop, at: number) {
    this.loop = loop
    this.at = at
  }
  readonly loop: Loop
  readonly at: number
}

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
