// `tskeops explain`: what a formula is, and what its kernels cost.
import { compileReduction, programOf } from "../../../src/compiler/compile-reduction.ts"
import { schedule } from "../../../src/ir/schedule.ts"
import { emitWgsl } from "../../../src/wgsl/emit.ts"
import { exit, type Output } from "../output.ts"
import { explain } from "./facts.ts"
import { Mistake, showMistake } from "./mistake.ts"
import { printFacts } from "./print-facts.ts"
import { printIr } from "./print-ir.ts"
import { type Options, requestOf } from "./request.ts"
import { indent } from "./wgsl-text.ts"

export async function main(
  [formula, aliases]: readonly [string, readonly string[]],
  options: Options,
  { out, err }: Output,
): Promise<number> {
  try {
    const request = requestOf(formula, aliases, options)
    const facts = explain(request)
    const { wasm } = compileReduction(request)
    const scheduled = schedule(programOf(request))
    const texts = {
      ...(options.ir && { ir: printIr(scheduled) }),
      ...(options.wgsl && { wgsl: indent(emitWgsl(scheduled).code) }),
      // Its disassembler is loaded only where it is asked for.
      ...(options.wasm && { wasm: (await import("./wasm-text.ts")).wasmText(wasm.module) }),
    }
    if (options.json) out(JSON.stringify({ ...facts, ...texts }, null, 2))
    else out([printFacts(facts), ...Object.entries(texts).map(([name, text]) => `${name.toUpperCase()}\n\n${text.trimEnd()}`)].join("\n\n"))
    return exit.fine
  } catch (error) {
    if (!(error instanceof Mistake)) throw error
    if (options.json) out(JSON.stringify({ mistake: error.message, text: error.text, start: error.start, end: error.end }, null, 2))
    else err(showMistake(error))
    return exit.failed
  }
}
