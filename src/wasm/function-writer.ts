// Writes a function of a WASM kernel: constants in locals, temporaries, loops, addresses. Knows no values and no reduction.
import { Code, floatBits, type Opcode, type Type } from "./encoder.ts"
import type { MathWriter } from "./math.ts"

/** Bytes of a vector register. */
export const REGISTER_BYTES = 16
export const LANES = 4

export class FunctionWriter implements MathWriter {
  readonly code: Code
  readonly relaxed: boolean
  readonly #constants = new Map<number, number>()
  readonly #temporaries = new Map<string, number>()

  readonly #angle: number | undefined
  /** Whether a sine calls the function of `angleFunction`. */
  asksAngle = false

  /** `angle`: the index of the function of `angleFunction`. */
  constructor(params: readonly Type[], results: readonly Type[], relaxed: boolean, angle?: number) {
    this.code = new Code(params, results)
    this.relaxed = relaxed
    this.#angle = angle
  }

  angle(): number {
    if (this.#angle === undefined) throw new Error("wasm: no sines here")
    this.asksAngle = true
    return this.#angle
  }

  readonly bits = (bits: number): number => {
    const key = bits >>> 0
    const known = this.#constants.get(key)
    if (known !== undefined) return known
    const local = this.code.local("v128")
    this.#constants.set(key, local)
    return local
  }

  readonly float = (value: number): number => this.bits(floatBits(value))

  temporary(name: string): number {
    return this.named(name, "v128")
  }

  /** A local of this name, made at its first use. */
  named(name: string, type: Type): number {
    const known = this.#temporaries.get(name)
    if (known !== undefined) return known
    const local = this.code.local(type)
    this.#temporaries.set(name, local)
    return local
  }

  /** Runs `body` while `counter` is below `end` (both i32 locals), adding `step` after each iteration. */
  while(counter: number, end: number, step: number, body: () => void): void {
    const { code } = this
    code.op("block").op("loop").get(counter, end).op("i32.ge_u").op("br_if", 1)
    body()
    this.advance(counter, step)
    code.op("br", 0).op("end").op("end")
  }

  /** Runs `body` for counters from `start` to `end`, at least once. */
  count(counter: number, start: number, end: number, body: () => void): void {
    const { code } = this
    code.i32(start).set(counter)
    if (end - start === 1) {
      body()
      return
    }
    code.op("loop")
    body()
    code.get(counter).i32(1).op("i32.add").op("local.tee", counter).i32(end).op("i32.lt_u").op("br_if", 0).op("end")
  }

  advance(pointer: number, bytes: number): void {
    this.code.get(pointer).i32(bytes).op("i32.add").set(pointer)
  }

  /** Leaves `pointer + counter * bytes` on the stack. */
  address(pointer: number, counter: number | undefined, bytes: number): Code {
    this.code.get(pointer)
    return counter === undefined ? this.code : this.code.get(counter).i32(bytes).op("i32.mul").op("i32.add")
  }

  /** Adds a constant to the address on the stack. */
  offset(code: Code, bytes: number): Code {
    return bytes === 0 ? code : code.i32(bytes).op("i32.add")
  }

  /** `target` = a op b. */
  apply(opcode: Opcode, target: number, ...operands: number[]): void {
    this.code
      .get(...operands)
      .op(opcode)
      .set(target)
  }

  /** The finished body: constants first. */
  finish(): Code {
    const body = this.code.bytes.splice(0)
    for (const [bits, local] of this.#constants) this.code.splat(bits).set(local)
    for (const byte of body) this.code.bytes.push(byte)
    return this.code
  }
}
