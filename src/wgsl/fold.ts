// A sum over a loop in WGSL, in blocks (ir/blocks.ts). Knows no values: sums and terms are texts.
import type { Blocks } from "../ir/blocks.ts"
import type { Loop } from "../ir/program.ts"
import { type Calls, called } from "./helpers.ts"

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

export function sumLoop({ sizes, compensated, wide }: Blocks, { loop, counter, sums, terms, body, isWide }: SumLoop, calls: Calls): string {
  const zero = isWide ? "F()" : "0f"
  const top = sizes.length
  const each = (text: (sum: string, n: number) => string) => sums.map(text).join("")
  const part = (level: number, sum: string) => (level === top ? sum : `p${level}${sum}`)
  const stop = (level: number) => (level === top ? `${loop.end}u` : `s${level}${counter}`)
  const step = (level: number) => (level === 0 ? ` ${counter}++` : "")
  const add = (level: number): string => {
    if (level === 0 && wide) return body + each((sum, n) => `${called(calls, "both", isWide)}(&${sum}, &e${sum}, ${terms[n]});\n`)
    if (level === 0) return body + each((sum, n) => `${part(0, sum)} += ${terms[n]};\n`)
    const below = level - 1
    return `let ${stop(below)} = min(${counter} + ${sizes[below]}u, ${stop(level)});
${each((sum) => `var ${part(below, sum)} = ${zero};\n`)}for (; ${counter} < ${stop(below)};${step(below)}) {
${add(below)}}
${each((sum) =>
  compensated && level === top
    ? `${called(calls, "carry", isWide)}(&${sum}, &e${sum}, ${part(below, sum)});\n`
    : `${part(level, sum)} += ${part(below, sum)};\n`,
)}`
  }
  const loopText = `for (var ${counter} = ${loop.start}u; ${counter} < ${stop(top)};${step(top)}) {\n${add(top)}}\n`
  if (!compensated) return loopText
  const begin = each((sum) => `var e${sum} = ${zero};\n`)
  return begin + loopText + each((sum) => `${sum} = ${called(calls, "whole", isWide)}(${sum}, e${sum});\n`)
}
