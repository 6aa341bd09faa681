// `tskeops/rspack`. Not on unplugin, whose loader drops the first source map.
import type { Compiler } from "@rspack/core"
import type { TskeopsOptions } from "./options.ts"
import { applyRule } from "./rule.ts"

/** Compiles the formulas of tskeops in Rspack. */
export default function tskeops(options: TskeopsOptions = {}): { apply(compiler: Compiler): void } {
  return { apply: (compiler) => applyRule(compiler, options) }
}
