// Places in WASM: counters of loops as locals, and addresses made of them. Knows no values.

import { express, range } from "../ir/affine.ts"
import type { AffineIndex, Loop } from "../ir/program.ts"
import type { FunctionWriter } from "./function-writer.ts"

const integerOpcodes = { "+": "i32.add", "*": "i32.mul", "/": "i32.div_u", "%": "i32.rem_u" } as const

export class Addresses {
  readonly #counters = new Map<Loop, number>()
  readonly #writer: FunctionWriter

  constructor(writer: FunctionWriter) {
    this.#writer = writer
  }

  counter(loop: Loop): number {
    return this.#counters.get(loop) ?? this.#newCounter(loop)
  }

  #newCounter(loop: Loop): number {
    const counter = this.#writer.code.local("i32")
    this.#counters.set(loop, counter)
    return counter
  }

  /** Leaves a place on the stack. */
  index(index: AffineIndex): void {
    const { code } = this.#writer
    express<() => void>(
      index,
      (leaf) => () => void (typeof leaf === "number" ? code.i32(leaf) : code.get(this.counter(leaf))),
      (operator, a, b) => () => {
        a()
        b()
        if (operator !== "min") code.op(integerOpcodes[operator])
        else {
          const [left, right] = [this.#writer.named("min a", "i32"), this.#writer.named("min b", "i32")]
          code.set(right).set(left).get(left, right, left, right).op("i32.lt_u").op("select")
        }
      },
    )()
  }

  /** Leaves the address of number `place` of `bytes` each on the stack, and returns what is left to add: the offset of an instruction. */
  address(pointer: number, { base, terms }: AffineIndex, bytes: number): number {
    const { code } = this.#writer
    code.get(pointer)
    if (terms.length === 0) return base * bytes
    // An offset is not negative, and what it is added to must not be either; a place's base can be, where a loop begins later, and strides.
    const [lowest] = range({ base: 0, terms })
    const offset = Math.max(0, Math.min(base, base + lowest))
    this.index({ base: base - offset, terms })
    code.i32(bytes).op("i32.mul").op("i32.add")
    return offset * bytes
  }
}
