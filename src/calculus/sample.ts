// Evaluates a formula on numbers, in float64, so that the calculus can test what vanishes. Here 0 times anything is 0, because zeros of masks are
// absent.

import { operandsOf, rowOf } from "../formula/lookup.ts"
import { type CallNode, literalValue, type Node, type VariableNode } from "../formula/node.ts"
import { parse } from "../formula/parser/parse.ts"
import { scalar } from "../formula/scalar-values.ts"
import { operandsFirst } from "../formula/walk.ts"
import { evaluate } from "../operations/evaluate.ts"
import type { Build, Index, Scalar, Vector } from "../operations/operation.ts"
import type { PrimitiveName } from "../operations/primitives.ts"
import { integerArguments } from "../operations/shapes.ts"
import { meaningOf } from "./trees.ts"

/** The most steps of an evaluation. */
const MOST_STEPS = 100_000

interface Sampled extends Scalar {
  readonly value: number | boolean
}
type Numbers = readonly number[]
export type Point = (variable: VariableNode) => Numbers

/** The components of a formula, given those of its variables; undefined if that takes too long. */
export function sample(root: Node, point: Point): Numbers | undefined {
  try {
    return new Sample().components(root, point)
  } catch (error) {
    if (error instanceof TooLong) return undefined
    throw error
  }
}

class TooLong extends Error {}

const sampleOf = (value: number | boolean): Sampled => ({ kind: "sample", value })
const numberOf = (value: Scalar) => (value as Sampled).value as number

class Fixed implements Index {
  readonly constant: number
  constructor(constant: number) {
    this.constant = constant
  }
  plus = (n: number) => new Fixed(this.constant + n)
  times = (n: number) => new Fixed(this.constant * n)
  add = (other: Index) => new Fixed(this.constant + other.constant!)
  over = (n: number) => new Fixed(Math.floor(this.constant / n))
  modulo = (n: number) => new Fixed(this.constant % n)
}
const indexOf = (k: Index | number) => (typeof k === "number" ? k : k.constant!)

/** A vector that recurrences may write in. */
interface SampledArray extends Vector {
  readonly numbers: number[]
}
const vector = (given: Numbers): SampledArray => {
  const numbers = [...given]
  return { numbers, dim: numbers.length, at: (k) => sampleOf(numbers.length === 1 ? numbers[0]! : numbers[indexOf(k)]!) }
}

class Sample {
  #steps = 0

  #step(count = 1): void {
    this.#steps += count
    if (this.#steps > MOST_STEPS) throw new TooLong()
  }

  components(root: Node, point: Point): Numbers {
    const done = new Map<Node, Numbers>()
    for (const node of operandsFirst(root, operandsOf)) {
      this.#step(node.dim)
      if (node.kind === "number") done.set(node, [node.value])
      else if (node.kind === "variable") done.set(node, point(node))
      else if (node.kind === "call") done.set(node, this.#call(node, done, point))
    }
    return done.get(root)!
  }

  #call(node: CallNode, done: ReadonlyMap<Node, Numbers>, point: Point): Numbers {
    const row = rowOf(node)
    const every = (component: (k: Fixed) => Scalar) => Array.from({ length: node.dim }, (_, k) => numberOf(component(new Fixed(k))))
    if (row.internal) {
      const [basis, body] = node.args as [VariableNode, Node]
      const made = (unit: Vector) => {
        const numbers = Array.from({ length: basis.dim }, (_, k) => numberOf(unit.at(k)))
        return vector(this.components(body, (variable) => (variable.name === basis.name ? numbers : point(variable))))
      }
      return every((k) => row.component!(this.#build, k, basis.dim, made))
    }
    const meaning = meaningOf(node)
    if (meaning !== undefined) return this.#meaning(node, meaning, done)
    const literals = integerArguments[row.shape] ?? []
    // A literal argument may also be an operand elsewhere, so `done` may contain it.
    const args = node.args.map((arg, n) => (literals.includes(n) ? undefined : done.get(arg)))
    if (row.scalar) {
      const operands = args.map((numbers, n) => vector(numbers ?? [literalValue(node.args[n]!) as number]))
      return every((k) => this.#build.scalar(row.scalar!, Object.fromEntries(operands.map((one, n) => [row.args[n]!, one.at(k)]))))
    }
    const given = args.map((numbers, n) => (numbers ? vector(numbers) : literalValue(node.args[n]!)))
    return every(row.components ? row.components(this.#build, ...given) : (k) => row.component!(this.#build, k, ...given))
  }

  #meaning(node: CallNode, text: string, done: ReadonlyMap<Node, Numbers>): Numbers {
    const row = rowOf(node)
    const named = new Map(row.args.flatMap((name, n) => (node.args[n]?.kind === "list" ? [] : [[name, node.args[n]!] as const])))
    const dims = Object.fromEntries([...named].map(([name, { dim }]) => [name, dim]))
    const numbers = ({ name }: VariableNode) => done.get(named.get(name)!) ?? [literalValue(named.get(name)!) as number]
    return this.components(parse(text, dims, row.own), numbers)
  }

  #apply = (primitive: PrimitiveName, ...args: readonly Scalar[]): Sampled => {
    this.#step()
    const values = args.map((arg) => (arg as Sampled).value)
    return sampleOf(primitive === "mul" && values.includes(0) ? 0 : evaluate(primitive, values))
  }

  readonly #build: Build = {
    number: sampleOf,
    nothing: () => sampleOf(0),
    apply: this.#apply,
    index: (k) => sampleOf(indexOf(k)),
    sum: (count, term) => sampleOf(this.#terms(count, term).reduce((sum, value) => sum + value, 0)),
    extreme: (which, count, term) => sampleOf(Math[which](...this.#terms(count, term))),
    basis: (dim, m) => ({ ...vector(Array.from({ length: dim }, (_, k) => (k === indexOf(m) ? 1 : 0))), unit: m }),
    cells: (size) => vector(new Array<number>(size).fill(0)),
    copy: (from) => vector(this.#terms(from.dim, (k) => from.at(k))),
    recur: ([rows, columns], _written, turn) => {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          for (const { in: cells, at, value } of turn([new Fixed(i), new Fixed(j)]))
            (cells as SampledArray).numbers[indexOf(at)] = numberOf(value)
        }
      }
    },
    scalar: (expression, values) =>
      scalar<Scalar>({ number: sampleOf, apply: this.#apply, guarded: (value) => value, literal: numberOf }, expression, values),
    split: (k, bound, below, from) => (indexOf(k) < bound ? below(k) : from(k.plus(-bound))),
  }

  #terms(count: number, term: (k: Index) => Scalar): number[] {
    this.#step(count)
    return Array.from({ length: count }, (_, k) => numberOf(term(new Fixed(k))))
  }
}
