// Operands of a formula while it is lowered: vectors whose components are computed on demand, each once.
import { FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { operandsFirst } from "../formula/walk.ts"
import { indexKey } from "../ir/affine.ts"
import type { Value } from "../ir/program.ts"
import { TooManyOperations } from "../messages/limits.ts"
import type { Index, Literal, Operation, Vector } from "../operations/operation.ts"
import { type Position, position } from "./affine-index.ts"

export interface Operand extends Vector {
  readonly id: number
  /** Depth of nested operations, elementwise ones not counted. */
  readonly depth: number
  /** The operands of an elementwise operation. */
  readonly through: readonly Operand[]
  at(k: Index | number): Value
  /** Whether component `k` is computed; `make` computes it, if those of `through` are. */
  has(k: Position): boolean
  make(k: Position): void
}

export class Operands {
  readonly #operands = new Map<string, Operand>()
  #made = 0

  get(key: string): Operand | undefined {
    return this.#operands.get(key)
  }

  set(key: string, operand: Operand): void {
    this.#operands.set(key, operand)
  }

  make(
    key: string,
    dim: number,
    component: (k: Position) => Value,
    { through = [], depth = 0, unit }: { through?: readonly Operand[]; depth?: number; unit?: Index } = {},
  ): Operand {
    const known = this.#operands.get(key)
    if (known) return known
    const values = new Map<string, Value>()
    const positionOf = (k: Index | number) => (dim === 1 ? position(0) : position(k))
    const make = (k: Position) => {
      if (++this.#made > limits.steps) throw new FormulaError(TooManyOperations(limits.operations), 0, 0)
      const index = positionOf(k)
      values.set(indexKey(index.affine), component(index))
    }
    const at = (k: Index | number): Value => {
      const index = positionOf(k)
      const name = indexKey(index.affine)
      const value = values.get(name)
      if (value) return value
      // Operands first: recursion through long chains of elementwise operations would overflow the stack.
      for (const each of operandsFirst(made, within, (one) => one.has(index))) each.make(index)
      return values.get(name)!
    }
    const has = (k: Position) => values.has(indexKey(positionOf(k).affine))
    const made: Operand = { id: this.#operands.size, dim, depth, through, at, has, make, ...(unit && { unit }) }
    this.#operands.set(key, made)
    return made
  }
}

const within = ({ through }: Operand) => through
export const depthOf = (args: readonly (Operand | Literal)[]) =>
  args.reduce<number>((most, arg) => (isLiteral(arg) ? most : Math.max(most, arg.depth)), 0)

/** The formula that a row `means` for these arguments, if any. */
export function meaningOf({ means }: Operation, args: readonly (Operand | Literal)[]): string | undefined {
  return typeof means === "function" ? means(...args.map((arg) => (isLiteral(arg) ? arg : arg.dim))) : means
}

export function isLiteral(arg: Operand | Literal): arg is Literal {
  return typeof arg === "number" || Array.isArray(arg)
}
