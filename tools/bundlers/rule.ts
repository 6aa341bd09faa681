// What the plugins of webpack and Rspack do: add a rule, so that our own loader runs before all others.
import { createRequire } from "node:module"
import { foreign } from "./filter.ts"
import { checkOptions, type TskeopsOptions } from "./options.ts"
import { lookAgain } from "./projects.ts"

/** The loader's file. A package finds itself by its name. */
const loaderPath = (): string => createRequire(import.meta.url).resolve("tskeops/loader")

export const rule = (options: TskeopsOptions) => ({
  test: /\.[cm]?[jt]sx?$/,
  exclude: foreign,
  enforce: "pre" as const,
  use: [{ loader: loaderPath(), options: { ...options } }],
})

interface Compiler {
  readonly options: { readonly module: { readonly rules: unknown[] } }
  readonly hooks: { readonly watchRun: { tap(name: string, then: () => void): void } }
}

export function applyRule(compiler: Compiler, options: TskeopsOptions): void {
  checkOptions(options)
  compiler.options.module.rules.push(rule(options))
  compiler.hooks.watchRun.tap("tskeops", lookAgain)
}
