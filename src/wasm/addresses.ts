// Indices and addresses in WASM: loop counters as locals, and addresses computed from them. Knows no values.

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

  /** Leaves an index on the stack. */
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

  /** Leaves the variable part of the address of item `index`, of `bytes` each, on the stack, and returns the constant part: an instruction's offset. */
  address(pointer: number, { base, terms }: AffineIndex, bytes: number): number {
    const { code } = this.#writer
    code.get(pointer)
    if (terms.length === 0) return base * bytes
    // Neither the offset nor the address on the stack may be negative. An index's base can be, if a loop does not begin at 0, and so can strides.
    const [lowest] = range({ base: 0, terms })
    const offset = Math.max(0, Math.min(base, base + lowest))
    this.index({ base: base - offset, terms })
    code.i32(bytes).op("i32.mul").op("i32.add")
    return offset * bytes
  }
}
