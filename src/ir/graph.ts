// Builds the values of a program without duplicates: equal operands return the same value. Folds literals; otherwise keeps IEEE semantics.
import { FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { TooManyCells, TooManyOperations } from "../messages/limits.ts"
import { evaluate } from "../operations/evaluate.ts"
import { type PrimitiveName, primitives } from "../operations/primitives.ts"
import { add, indexKey, loopsOf, times } from "./affine.ts"
import { literalArms, simpler, truth } from "./masks.ts"
import { Presences } from "./presence.ts"
import type { AffineIndex, CellArray, CellStore, Fold, Loop, NumberValue, RecurrenceValue, Region, Value } from "./program.ts"

type Unnumbered<V> = V extends Value ? Omit<V, "id"> : never

const order = (loops: Iterable<Loop>) => [...new Set(loops)].sort((a, b) => a.id - b.id)

/** The region of a value whose operands have the regions `a` and `b`. */
export function joinRegions(a: Region, b: Region): Region {
  return a === b || b === "constant" ? a : a === "constant" ? b : "pair"
}

/** The region of an array whose numbers depend on `region`. Tiles hold one scalar per column, so an array that depends on columns alone is recomputed per pair. */
export const filled = (region: Region): Region => (region === "column" ? "pair" : region)

export class Graph {
  readonly #presences = new Presences(this)
  /** The methods that build values, bound to this graph. */
  readonly bound = {
    apply: (primitive: PrimitiveName, ...args: Value[]) => this.apply(primitive, ...args),
    plain: (primitive: PrimitiveName, args: readonly Value[]) => this.plain(primitive, args),
    number: (value: number) => this.number(value),
    fold: (fold: Fold, loop: Loop, body: Value) => this.fold(fold, loop, body),
  }
  readonly #interned = new Map<string, Value>()
  #loops = 0
  #steps = 0
  #cells = 0

  /** The number of values, unused ones included. */
  get size(): number {
    return this.#interned.size
  }

  number(value: number): Value {
    const rounded = Math.fround(value)
    const key = Object.is(rounded, -0) ? "-0" : String(rounded)
    return this.#intern(`n${key}`, { kind: "number", region: "constant", loops: [], type: "number", value: rounded })
  }

  /** The absent value: a zero whose product with any number is 0, even with an infinity or NaN. */
  zero(): Value {
    return this.#intern("zero", { kind: "number", region: "constant", loops: [], type: "number", value: 0, absent: true })
  }

  /** 1 if two indices are equal, otherwise absent: a component of a unit vector. */
  same(a: AffineIndex, b: AffineIndex): Value {
    const difference = add(a, times(b, -1))
    if (difference.terms.length === 0) return difference.base === 0 ? this.number(1) : this.zero()
    const equal = this.apply("eq", this.index(a), this.index(b))
    return this.apply("select", equal, this.number(1), this.zero())
  }

  /** The value, with the zeros of choices, as in `select(f < g, f, 0)`, made absent. */
  guarded(value: Value): Value {
    return this.#presences.guarded(value)
  }

  /** The number of a literal. */
  literal(value: Value): number | undefined {
    return value.kind === "number" ? value.value : undefined
  }

  /** `value`, which is linear in the terms of `sum`, made absent wherever `sum` is. */
  linearIn(sum: Value, value: Value): Value {
    return this.#presences.linearIn(sum, value)
  }

  load(variable: number, region: Region, index: AffineIndex): Value {
    return this.#intern(`l${variable}[${indexKey(index)}]`, {
      kind: "load",
      region,
      loops: order(loopsOf(index)),
      type: "number",
      variable,
      index,
    })
  }

  loop(start: number, end: number): Loop {
    return { id: this.#loops++, start, end }
  }

  apply(primitive: PrimitiveName, ...args: Value[]): Value {
    return this.#presences.apply(primitive, args) ?? this.plain(primitive, args)
  }

  /** Like `apply`, but treats absent zeros as numbers. */
  plain(primitive: PrimitiveName, args: readonly Value[]): Value {
    if (++this.#steps > limits.steps) throw new FormulaError(TooManyOperations(limits.operations), 0, 0)
    return this.#simplify(primitive, args) ?? this.#call(primitive, args)
  }

  #call(primitive: PrimitiveName, args: readonly Value[]): Value {
    return this.#intern(`${primitive}(${args.map((arg) => arg.id)})`, {
      kind: "apply",
      region: args.map((arg) => arg.region).reduce(joinRegions, "constant"),
      loops: order(args.flatMap((arg) => arg.loops)),
      type: primitives[primitive].result,
      primitive,
      args,
    })
  }

  /** An index as a number. */
  index(index: AffineIndex): Value {
    if (index.terms.length === 0) return this.number(index.base)
    return this.#intern(`i${indexKey(index)}`, { kind: "index", region: "constant", loops: order(loopsOf(index)), type: "number", index })
  }

  fold(fold: Fold, loop: Loop, body: Value): Value {
    const plain = (body: Value) => {
      const loops = order(body.loops.filter((other) => other !== loop))
      return this.#intern(`${fold}${loop.id}(${body.id})`, { kind: "fold", region: body.region, loops, type: "number", fold, loop, body })
    }
    return (fold === "sum" ? this.#presences.sum(loop, body, plain) : undefined) ?? plain(body)
  }

  cells(size: number): CellArray {
    if (!(size <= limits.dimension)) throw new FormulaError(TooManyCells(size, limits.dimension), 0, 0)
    return { id: this.#cells++, size }
  }

  /** A number of an array after its writers. Inside the recurrence that writes it, `varying` holds the region and loops of an iteration. */
  cell(cells: CellArray, index: AffineIndex, writers: readonly RecurrenceValue[], varying?: Pick<Value, "region" | "loops">): Value {
    const region = varying?.region ?? writers.map((writer) => writer.region).reduce(joinRegions, "constant")
    const loops = order([...loopsOf(index), ...(varying?.loops ?? writers.flatMap((writer) => writer.loops))])
    const key = `c${cells.id}[${indexKey(index)}]${varying ? region : ""}${writers.map(({ id }) => id)} ${loops.map(({ id }) => id)}`
    return this.#intern(key, { kind: "cell", region, loops, type: "number", cells, index, writers: varying ? [] : [...writers] })
  }

  recurrence(nest: readonly Loop[], stores: readonly CellStore[]): RecurrenceValue {
    const values = stores.map(({ value }) => value)
    const region = filled(values.map((value) => value.region).reduce(joinRegions, "constant"))
    const loops = order(values.flatMap((value) => value.loops).filter((loop) => !nest.includes(loop)))
    const key = `r${stores.map(({ cells, index, value }) => `${cells.id}[${indexKey(index)}]=${value.id}`)}`
    const recurrence = { kind: "recurrence", region, loops, type: "number", nest, stores } as const
    return this.#intern(key, recurrence) as RecurrenceValue
  }

  /** One step of an unrolled fold. */
  step(fold: Fold, sum: Value, term: Value): Value {
    if (fold === "sum") return this.apply("add", sum, term)
    const better = fold === "min" ? this.apply("lt", term, sum) : this.apply("lt", sum, term)
    return this.apply("select", better, term, sum)
  }

  /** Rewrites that are valid for every number, infinities and NaN included. */
  #simplify(primitive: PrimitiveName, args: readonly Value[]): Value | undefined {
    const [a, b, c] = args
    if (primitive === "select") return this.#choice(a!, b!, c!)
    if (primitives[primitive].result === "mask") return simpler(this.bound, primitive, args)
    const numbers = args.map((arg) => (arg.kind === "number" ? arg.value : undefined))
    if (numbers.every((value) => value !== undefined)) return this.number(evaluate(primitive, numbers) as number)
    const made = this.#ofLiterals(primitive, args)
    if (made) return made
    if (primitive === "mul") return numbers[0] === 1 ? b : numbers[1] === 1 ? a : undefined
    if (primitive === "div" && isPowerOfTwo(numbers[1])) return this.apply("mul", a!, this.number(1 / numbers[1]!))
    if (primitive === "sub") return numbers[1] === 0 ? a : negated(b!) ? this.apply("add", a!, negated(b!)!) : undefined
    if (primitive === "add") return negated(b!) ? this.apply("sub", a!, negated(b!)!) : undefined
    if (primitive === "neg") return negated(a!)
    return undefined
  }

  #choice(mask: Value, yes: Value, no: Value): Value | undefined {
    const known = truth(mask)
    if (known !== undefined) return known ? yes : no
    if (yes === no) return yes
    const [turned] = mask.kind === "apply" && mask.primitive === "not" ? mask.args : []
    if (turned) return this.plain("select", [turned, no, yes])
    const inner = (arm: Value, which: 1 | 2) =>
      arm.kind === "apply" && arm.primitive === "select" && arm.args[0] === mask ? arm.args[which]! : arm
    const arms = [inner(yes, 1), inner(no, 2)] as const
    return arms[0] === yes && arms[1] === no ? undefined : this.apply("select", mask, ...arms)
  }

  /** An operation on literals and one choice between literals is such a choice; so is the product of two masks (1 or 0). */
  #ofLiterals(primitive: PrimitiveName, args: readonly Value[]): Value | undefined {
    const [first, second] = args.map(literalArms)
    if (primitive === "mul" && first && second && [first, second].every(([, yes, no]) => yes === 1 && no === 0)) {
      return this.apply("select", this.apply("and", first[0], second[0]), this.number(1), this.number(0))
    }
    const mask = (first ?? second)?.[0]
    if (!mask || !args.every((arg) => arg.kind === "number" || literalArms(arg)?.[0] === mask)) return undefined
    const arm = (which: 1 | 2) =>
      this.number(
        evaluate(
          primitive,
          args.map((arg) => (literalArms(arg) ?? [0, (arg as NumberValue).value, (arg as NumberValue).value])[which]),
        ) as number,
      )
    return this.apply("select", mask, arm(1), arm(2))
  }

  #intern(key: string, value: Unnumbered<Value>): Value {
    const known = this.#interned.get(key)
    if (known) return known
    if (this.#interned.size >= limits.operations) throw new FormulaError(TooManyOperations(limits.operations), 0, 0)
    const made = { id: this.#interned.size, ...value } as Value
    this.#interned.set(key, made)
    return made
  }
}

/** A power of two with a normal reciprocal: multiplying by the reciprocal returns the same bits as dividing. */
const isPowerOfTwo = (value = 0) => Math.abs(Math.log2(value)) <= 126 && Number.isInteger(Math.log2(value))

const negated = (value: Value) => (value.kind === "apply" && value.primitive === "neg" ? value.args[0] : undefined)
