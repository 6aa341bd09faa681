// The output of KeOps's aliases is no variable: a formula that reads its name says that the output was left out. Type and function.
import { OutputMissing } from "../messages/alias.ts"
import type { Alias } from "./alias.ts"
import type { Unfinished } from "./dimensions/operand.ts"
import { about, type FormulaError, NameError } from "./error.ts"

/** The parser's answer if a formula reads the name of the output `o`, which is no variable. */
export type ReadsOutput<o extends string> = Alias<o> extends [infer n extends string, ...unknown[]] ? Unfinished<string, n> : never
/** What to throw for `error`, a mistake in a formula with the output `alias`: where that was left out, the error about it. */
export function blameOutput<E>(error: E, alias: string): E | FormulaError {
  const name = alias.split("=")[0]!.trim()
  return error instanceof NameError && error.word === name ? about(alias, OutputMissing(alias, name)) : error
}
