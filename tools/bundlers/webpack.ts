// `tskeops/webpack`. Not on unplugin, whose loader drops the first source map.
import type { Compiler } from "webpack"
import type { TskeopsOptions } from "./options.ts"
import { applyRule } from "./rule.ts"

/** Compiles the formulas of tskeops in webpack. */
export default function tskeops(options: TskeopsOptions = {}): { apply(compiler: Compiler): void } {
  return { apply: (compiler) => applyRule(compiler, options) }
}
