// WebAssembly's binary format, as far as the kernels need it. Knows nothing of formulas.

/** Instructions without immediates, and those whose immediates `Code` writes. `0xfd..` is the SIMD prefix. */
const opcodes = {
  nop: [0x01],
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  if: [0x04, 0x40],
  else: [0x05],
  end: [0x0b],
  br: [0x0c],
  br_if: [0x0d],
  call: [0x10],
  select: [0x1b],
  "local.get": [0x20],
  "local.set": [0x21],
  "local.tee": [0x22],
  "i32.load": [0x28],
  "i32.const": [0x41],
  "i64.const": [0x42],
  "i32.eq": [0x46],
  "i32.lt_u": [0x49],
  "i32.ge_u": [0x4f],
  "i32.add": [0x6a],
  "i32.sub": [0x6b],
  "i32.mul": [0x6c],
  "i32.div_u": [0x6e],
  "i32.rem_u": [0x70],
  "i32.and": [0x71],
  "i32.or": [0x72],
  "i32.xor": [0x73],
  "i32.shr_s": [0x75],
  "i32.shr_u": [0x76],
  "i64.sub": [0x7d],
  "i64.mul": [0x7e],
  "i64.or": [0x84],
  "i64.shl": [0x86],
  "i64.shr_u": [0x88],
  "i32.wrap_i64": [0xa7],
  "i64.extend_i32_u": [0xad],
  "v128.load": [0xfd, 0x00],
  "v128.load32_splat": [0xfd, 0x09],
  "v128.store": [0xfd, 0x0b],
  "v128.const": [0xfd, 0x0c],
  "i8x16.shuffle": [0xfd, 0x0d],
  "i32x4.splat": [0xfd, 0x11],
  "i32x4.extract_lane": [0xfd, 0x1b],
  "i32x4.replace_lane": [0xfd, 0x1c],
  "i32x4.lt_s": [0xfd, 0x39],
  "f32x4.eq": [0xfd, 0x41],
  "f32x4.ne": [0xfd, 0x42],
  "f32x4.lt": [0xfd, 0x43],
  "f32x4.gt": [0xfd, 0x44],
  "f32x4.le": [0xfd, 0x45],
  "f32x4.ge": [0xfd, 0x46],
  "v128.not": [0xfd, 0x4d],
  "v128.and": [0xfd, 0x4e],
  "v128.andnot": [0xfd, 0x4f],
  "v128.or": [0xfd, 0x50],
  "v128.xor": [0xfd, 0x51],
  "v128.bitselect": [0xfd, 0x52],
  "v128.any_true": [0xfd, 0x53],
  "v128.load32_lane": [0xfd, 0x56],
  "v128.store32_lane": [0xfd, 0x5a],
  "f32x4.demote_f64x2_zero": [0xfd, 0x5e],
  "f64x2.promote_low_f32x4": [0xfd, 0x5f],
  "f32x4.floor": [0xfd, 0x68],
  "i32x4.shl": [0xfd, 0xab, 0x01],
  "i32x4.shr_s": [0xfd, 0xac, 0x01],
  "i32x4.shr_u": [0xfd, 0xad, 0x01],
  "i32x4.add": [0xfd, 0xae, 0x01],
  "i32x4.sub": [0xfd, 0xb1, 0x01],
  "i32x4.min_u": [0xfd, 0xb7, 0x01],
  "i32x4.max_s": [0xfd, 0xb8, 0x01],
  "i32x4.max_u": [0xfd, 0xb9, 0x01],
  "f32x4.abs": [0xfd, 0xe0, 0x01],
  "f32x4.neg": [0xfd, 0xe1, 0x01],
  "f32x4.sqrt": [0xfd, 0xe3, 0x01],
  "f32x4.add": [0xfd, 0xe4, 0x01],
  "f32x4.sub": [0xfd, 0xe5, 0x01],
  "f32x4.mul": [0xfd, 0xe6, 0x01],
  "f32x4.div": [0xfd, 0xe7, 0x01],
  "f32x4.min": [0xfd, 0xe8, 0x01],
  "f32x4.max": [0xfd, 0xe9, 0x01],
  "f32x4.pmin": [0xfd, 0xea, 0x01],
  "f32x4.pmax": [0xfd, 0xeb, 0x01],
  "f64x2.add": [0xfd, 0xf0, 0x01],
  "f64x2.sub": [0xfd, 0xf1, 0x01],
  "f64x2.mul": [0xfd, 0xf2, 0x01],
  "f64x2.pmax": [0xfd, 0xf7, 0x01],
  "f32x4.convert_i32x4_s": [0xfd, 0xfa, 0x01],
  "f32x4.relaxed_madd": [0xfd, 0x85, 0x02],
} as const
export type Opcode = keyof typeof opcodes

const typeBytes = { i32: 0x7f, i64: 0x7e, v128: 0x7b } as const
export type Type = keyof typeof typeBytes

function unsigned(value: number): number[] {
  const bytes = []
  let rest = value >>> 0
  do {
    const low = rest & 0x7f
    rest >>>= 7
    bytes.push(rest ? low | 0x80 : low)
  } while (rest)
  return bytes
}

function signed(value: number): number[] {
  const bytes = []
  let rest = value | 0
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    if (rest === (low & 0x40 ? -1 : 0)) return [...bytes, low]
    bytes.push(low | 0x80)
  }
}

function signed64(value: bigint): number[] {
  const bytes = []
  let rest = BigInt.asIntN(64, value)
  for (;;) {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    if (rest === (low & 0x40 ? -1n : 0n)) return [...bytes, low]
    bytes.push(low | 0x80)
  }
}

/** PERF: copies into one array; spreading and `flat` take many times as long. */
function concatenate(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
const vector = (items: readonly ArrayLike<number>[]) => concatenate(unsigned(items.length), ...items)
const name = (text: string) => [...unsigned(text.length), ...new TextEncoder().encode(text)]
const section = (id: number, content: Uint8Array) => concatenate([id], unsigned(content.length), content)

/** The body of one function. Parameters are its first locals. */
export class Code {
  readonly bytes: number[] = []
  readonly params: readonly Type[]
  readonly results: readonly Type[]
  readonly #locals: Type[] = []

  constructor(params: readonly Type[], results: readonly Type[] = []) {
    this.params = params
    this.results = results
  }

  get locals(): number {
    return this.#locals.length
  }

  local(type: Type): number {
    this.#locals.push(type)
    return this.params.length + this.#locals.length - 1
  }

  /** An instruction, with local, function, label or lane numbers as `immediates`. */
  op(opcode: Opcode, ...immediates: number[]): this {
    for (const byte of opcodes[opcode]) this.bytes.push(byte)
    for (const immediate of immediates) {
      if (immediate < 128) this.bytes.push(immediate)
      else this.bytes.push(...unsigned(immediate))
    }
    return this
  }
  get(...locals: number[]): this {
    for (const local of locals) this.op("local.get", local)
    return this
  }
  set(local: number): this {
    return this.op("local.set", local)
  }
  i32(value: number): this {
    this.bytes.push(...opcodes["i32.const"], ...signed(value))
    return this
  }
  /** 64 bits. */
  i64(value: bigint): this {
    this.bytes.push(...opcodes["i64.const"], ...signed64(value))
    return this
  }
  /** A memory instruction at the address on the stack plus `offset`; lane instructions also take `lane`. */
  memory(opcode: Opcode, offset: number, lane?: number): this {
    this.bytes.push(...opcodes[opcode], 2, ...unsigned(offset), ...(lane === undefined ? [] : [lane]))
    return this
  }
  /** A half of each of two registers on the stack, joined to one register. */
  halves(first: 0 | 1, second: 0 | 1): this {
    const bytes = [first, second + 2].flatMap((half) => Array.from({ length: 8 }, (_, n) => half * 8 + n))
    return this.op("i8x16.shuffle", ...bytes)
  }
  /** Four of the eight numbers of two registers on the stack. */
  words(numbers: readonly number[]): this {
    return this.op("i8x16.shuffle", ...numbers.flatMap((number) => [0, 1, 2, 3].map((byte) => number * 4 + byte)))
  }
  /** Four times the same 32 bits. */
  splat(bits: number): this {
    const word = [bits & 255, (bits >>> 8) & 255, (bits >>> 16) & 255, bits >>> 24]
    this.bytes.push(...opcodes["v128.const"], ...word, ...word, ...word, ...word)
    return this
  }

  /** The function's entry of the code section. */
  encode(): Uint8Array {
    const groups: (readonly number[])[] = []
    for (let start = 0; start < this.#locals.length; ) {
      let end = start
      while (this.#locals[end] === this.#locals[start]) end++
      groups.push([...unsigned(end - start), typeBytes[this.#locals[start]!]])
      start = end
    }
    const locals = vector(groups)
    return concatenate(unsigned(locals.length + this.bytes.length + opcodes.end.length), locals, this.bytes, opcodes.end)
  }
}

/** A module that imports its memory as `tskeops.memory` and exports the functions that have a name. */
export function encodeModule(functions: readonly { readonly code: Code; readonly name?: string }[]): Uint8Array {
  const types = functions.map(({ code }) => [
    0x60,
    ...vector(code.params.map((type) => [typeBytes[type]])),
    ...vector(code.results.map((type) => [typeBytes[type]])),
  ])
  const exported = functions.flatMap((item, index) => (item.name ? [[...name(item.name), 0, ...unsigned(index)]] : []))
  return concatenate(
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, vector(types)),
    section(2, vector([[...name("tskeops"), ...name("memory"), 2, 0, 1]])),
    section(3, vector(functions.map((_, index) => unsigned(index)))),
    section(7, vector(exported)),
    section(10, vector(functions.map(({ code }) => code.encode()))),
  )
}

const view = new DataView(new ArrayBuffer(4))
/** The bits of a float32. */
export function floatBits(value: number): number {
  view.setFloat32(0, value)
  return view.getUint32(0)
}
