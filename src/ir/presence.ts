// Absent zeros. A value may be present only if a mask is true; otherwise it is absent: it is 0, and its product with any number is 0, even with
// NaN or an infinity. If the other factor may be NaN or infinite, the product is computed first and selected last (`select(mask, a * b, 0)`, not
// `a * select(mask, b, 0)`). If it cannot be, the plain product by 0 is right and nothing changes.

import { operandsFirst } from "../formula/walk.ts"
import type { PrimitiveName } from "../operations/primitives.ts"
import { areOpposite, literalArms, truth } from "./masks.ts"
import type { Fold, Loop, Value } from "./program.ts"
import { isTame } from "./tame.ts"

/** The part of `Graph` that is used here. */
interface ValueBuilder {
  zero(): Value
  apply(primitive: PrimitiveName, ...args: Value[]): Value
  /** Like `apply`, but treats absent zeros as numbers. */
  plain(primitive: PrimitiveName, args: readonly Value[]): Value
  readonly bound: {
    apply(primitive: PrimitiveName, ...args: Value[]): Value
    plain(primitive: PrimitiveName, args: readonly Value[]): Value
    number(value: number): Value
    fold(fold: Fold, loop: Loop, body: Value): Value
  }
}

/** When a value is present, and what it is then. Built on demand. */
interface Presence {
  readonly mask: () => Value
  /** The value without absent zeros. */
  readonly core: () => Value
}

const isAbsent = (value: Value): boolean => value.kind === "number" && value.absent === true

/** The presence of a choice with one absent arm. */
function chosen(graph: ValueBuilder, value: Value): Presence | undefined {
  if (value.kind !== "apply" || value.primitive !== "select") return undefined
  const [mask, yes, no] = value.args as [Value, Value, Value]
  if (isAbsent(no)) return { mask: () => mask, core: () => yes }
  return isAbsent(yes) ? { mask: () => graph.apply("not", mask), core: () => no } : undefined
}

export class Presences {
  readonly #graph: ValueBuilder
  /** Presences of values that are made of such choices. */
  readonly #made = new Map<Value, Presence>()
  readonly #guarded = new Map<Value, Value>()

  constructor(graph: ValueBuilder) {
    this.#graph = graph
  }

  /** `value` if the mask is true, otherwise absent. */
  #guard(mask: Value, value: Value): Value {
    const known = truth(mask)
    if (known !== undefined || isAbsent(value)) return known === false ? this.#graph.zero() : value
    return this.#graph.plain("select", [mask, value, this.#graph.zero()])
  }

  #of(value: Value): Presence | undefined {
    return this.#made.get(value) ?? chosen(this.#graph, value)
  }

  /** The result of a primitive if an argument is absent, or may be. */
  apply(primitive: PrimitiveName, args: readonly Value[]): Value | undefined {
    const [a, b] = args as [Value, Value]
    const plain = () => this.#graph.plain(primitive, args)
    if (primitive === "select") return this.#select(args as [Value, Value, Value], plain)
    if (primitive === "mul") return this.#product(a, b, plain)
    if (primitive === "div" || primitive === "neg") return this.#first(primitive, args, plain)
    if (primitive === "add" || primitive === "sub") return this.#sum(primitive, a, b, plain)
    return undefined
  }

  /** The sum over a loop of terms that may be present in some iterations only. */
  sum(loop: Loop, body: Value, plain: (body: Value) => Value): Value | undefined {
    if (isAbsent(body)) return body
    const presence = this.#of(body)
    if (!presence) return undefined
    const choice = chosen(this.#graph, body)
    if (choice && !choice.mask().loops.includes(loop)) return this.#guard(choice.mask(), plain(choice.core()))
    const { number, apply, fold } = this.#graph.bound
    const some = () => {
      const mask = presence.mask()
      return mask.loops.includes(loop) ? apply("lt", number(0), fold("max", loop, apply("select", mask, number(1), number(0)))) : mask
    }
    return this.#keep(plain(body), some)
  }

  /** A value that is linear in a sum's terms is present when the sum is. Needed because arrays of recurrences do not record presence. */
  linearIn(sum: Value, value: Value): Value {
    if (isAbsent(sum)) return sum
    const presence = this.#of(sum)
    return presence ? this.#guard(presence.mask(), value) : value
  }

  /** The value, with the zeros of choices made absent. */
  guarded(root: Value): Value {
    const within = (one: Value) => (one.kind === "apply" ? one.args.slice(...this.#choosing(one)) : [])
    for (const value of operandsFirst(root, within, (one) => this.#guarded.has(one))) this.#guarded.set(value, this.#withoutZeros(value))
    return this.#guarded.get(root)!
  }

  /** The range of arguments whose zeros make the value 0: factors, a dividend, the arms of a choice. */
  #choosing(value: Value): readonly [from: number, to: number] {
    if (value.kind !== "apply" || isSign(value)) return [0, 0]
    const { primitive, args } = value
    if (primitive === "mul" || primitive === "neg") return [0, args.length]
    return primitive === "div" ? [0, 1] : primitive === "select" ? [1, 3] : [0, 0]
  }

  /** A literal 0 is treated like a choice whose condition was constant. */
  #withoutZeros(value: Value): Value {
    if (isZero(value)) return this.#graph.zero()
    const [from, to] = this.#choosing(value)
    if (value.kind !== "apply" || from === to) return value
    return this.#graph.apply(value.primitive, ...value.args.map((arg, n) => (n >= from && n < to ? this.#guarded.get(arg)! : arg)))
  }

  #keep(value: Value, mask: () => Value, core: () => Value = () => value): Value {
    if (!this.#of(value) && value.kind !== "number") this.#made.set(value, { mask: once(mask), core: once(core) })
    return value
  }

  #product(a: Value, b: Value, plain: () => Value): Value | undefined {
    if (isAbsent(a) || isAbsent(b)) return this.#graph.zero()
    const [first, second] = [this.#of(a), this.#of(b)]
    if (first && second) {
      return this.#guard(this.#graph.apply("and", first.mask(), second.mask()), this.#graph.plain("mul", [first.core(), second.core()]))
    }
    const one = first ?? second
    if (!one) return undefined
    const core = () => this.#graph.plain("mul", first ? [first.core(), b] : [a, second!.core()])
    const isOne = chosen(this.#graph, first ? a : b) && one.core().kind === "number"
    if (isOne || !isTame(first ? b : a, one.mask())) return this.#guard(one.mask(), core())
    return this.#keep(plain(), one.mask, core)
  }

  /** A quotient is present when its dividend is. */
  #first(primitive: "div" | "neg", [a, b]: readonly Value[], plain: () => Value): Value | undefined {
    if (isAbsent(a!)) return a
    const one = this.#of(a!)
    if (!one) return undefined
    const core = () => this.#graph.plain(primitive, b ? [one.core(), b] : [one.core()])
    if (!b || isTame(b, one.mask(), true)) return this.#keep(plain(), one.mask, core)
    return this.#guard(one.mask(), core())
  }

  #sum(primitive: "add" | "sub", a: Value, b: Value, plain: () => Value): Value | undefined {
    if (isAbsent(b)) return a
    if (isAbsent(a)) return primitive === "add" ? b : this.#graph.apply("neg", b)
    const [first, second] = [this.#of(a), this.#of(b)]
    if (!first || !second) return undefined
    const { apply } = this.#graph.bound
    const [one, other] = [first.mask(), second.mask()]
    const { plain: build } = this.#graph.bound
    const core = () => build(primitive, [first.core(), second.core()])
    if (areOpposite(one, other)) {
      return build("select", [one, first.core(), primitive === "add" ? second.core() : build("neg", [second.core()])])
    }
    if (one !== other) return this.#keep(plain(), () => apply("or", one, other))
    return chosen(this.#graph, a) && chosen(this.#graph, b) ? this.#guard(one, core()) : this.#keep(plain(), () => one, core)
  }

  #select([mask, yes, no]: [Value, Value, Value], plain: () => Value): Value | undefined {
    const [first, second] = [this.#of(yes), this.#of(no)]
    if (!first && !second) return undefined
    const { apply } = this.#graph.bound
    const not = () => apply("not", mask)
    if (isAbsent(no)) return this.#guard(apply("and", mask, first!.mask()), first!.core())
    if (isAbsent(yes)) return this.#guard(apply("and", not(), second!.mask()), second!.core())
    const there = () => {
      if (!second) return apply("or", not(), first!.mask())
      if (!first) return apply("or", mask, second.mask())
      return apply("or", apply("and", mask, first.mask()), apply("and", not(), second.mask()))
    }
    return this.#keep(plain(), there)
  }
}

/** A choice between non-zero literals, or such choices, as the sign of a number is: its zeros are ordinary numbers. */
const isSign = (value: Value): boolean => {
  if (value.kind !== "apply" || value.primitive !== "select") return false
  const [, yes, no] = value.args as [Value, Value, Value]
  return (
    [yes, no].some((arm) => literalArms(arm) !== undefined) &&
    [yes, no].every((arm) => literalArms(arm) ?? (arm.kind === "number" && arm.value !== 0))
  )
}
const isZero = (value: Value) => value.kind === "number" && value.value === 0

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
