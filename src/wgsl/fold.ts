// A sum over a loop in WGSL, in blocks (ir/blocks.ts). Knows no values: sums and terms are texts.
import type { Blocks } from "../ir/blocks.ts"
import type { Loop } from "../ir/program.ts"

/** Fast2Sum, TwoSum, and the final addition: the sum alone if it is not finite. The bitcasts keep compilers from simplifying the steps. */
export const foldHelpers = [
  `fn carry_F(s: ptr<function, F>, e: ptr<function, F>, x: F) {
let t = bitcast<F>(bitcast<I>(*s + x) ^ I(args.zero));
let z = bitcast<F>(bitcast<I>(t - *s) ^ I(args.zero));
*e += bitcast<F>(bitcast<I>(x - z) ^ I(args.zero));
*s = t;
}`,
  `fn both_F(s: ptr<function, F>, e: ptr<function, F>, x: F) {
let t = bitcast<F>(bitcast<I>(*s + x) ^ I(args.zero));
let z = bitcast<F>(bitcast<I>(t - *s) ^ I(args.zero));
let y = bitcast<F>(bitcast<I>(t - z) ^ I(args.zero));
*e += bitcast<F>(bitcast<I>(*s - y) ^ I(args.zero)) + bitcast<F>(bitcast<I>(x - z) ^ I(args.zero));
*s = t;
}`,
  "fn whole_F(s: F, e: F) -> F { return select(s + e, s, (bitcast<I>(s) & I(0x7f800000u)) == I(0x7f800000u)); }",
] as const

export interface SumLoop {
  readonly loop: Loop
  /** The name of its counter. */
  readonly counter: string
  /** The names of the sums, declared and 0, and the term that each iteration adds to each, after `body`. */
  readonly sums: readonly string[]
  readonly terms: readonly string[]
  readonly body: string
  readonly isWide: boolean
}

export function sumLoop({ sizes, compensated, wide }: Blocks, { loop, counter, sums, terms, body, isWide }: SumLoop): string {
  const [suffix, zero] = isWide ? ["_F", "F()"] : ["_f", "0f"]
  const top = sizes.length
  const each = (text: (sum: string, n: number) => string) => sums.map(text).join("")
  const part = (level: number, sum: string) => (level === top ? sum : `p${level}${sum}`)
  const stop = (level: number) => (level === top ? `${loop.end}u` : `s${level}${counter}`)
  const step = (level: number) => (level === 0 ? ` ${counter}++` : "")
  const add = (level: number): string => {
    if (level === 0 && wide) return body + each((sum, n) => `both${suffix}(&${sum}, &e${sum}, ${terms[n]});\n`)
    if (level === 0) return body + each((sum, n) => `${part(0, sum)} += ${terms[n]};\n`)
    const below = level - 1
    return `let ${stop(below)} = min(${counter} + ${sizes[below]}u, ${stop(level)});
${each((sum) => `var ${part(below, sum)} = ${zero};\n`)}for (; ${counter} < ${stop(below)};${step(below)}) {
${add(below)}}
${each((sum) =>
  compensated && level === top
    ? `carry${suffix}(&${sum}, &e${sum}, ${part(below, sum)});\n`
    : `${part(level, sum)} += ${part(below, sum)};\n`,
)}`
  }
  const around = (text: string, begin: string, end: string) => (compensated ? begin + text + end : text)
  return around(
    `for (var ${counter} = ${loop.start}u; ${counter} < ${stop(top)};${step(top)}) {\n${add(top)}}\n`,
    each((sum) => `var e${sum} = ${zero};\n`),
    each((sum) => `${sum} = whole${suffix}(${sum}, e${sum});\n`),
  )
}
