// From the arguments of `tskeops explain` to what the compiler takes. Each text is read alone first, so that a mistake is shown in its own text.
import type { Request } from "../../../src/artifact/requests.ts"
import { type Declaration, parseAlias, parseAliases } from "../../../src/formula/alias.ts"
import { parse } from "../../../src/formula/parser/parse.ts"
import { near } from "../../../src/formula/parser/suggest.ts"
import { type ReductionName, type ReductionRow, reductions, type Whichever } from "../../../src/reductions/reductions.ts"
import { needsCount, notACount, unknownAxis, unknownReduction } from "../messages.ts"
import { Refusal } from "../output.ts"
import { reading } from "./mistake.ts"

export interface Options {
  readonly reduction?: string
  readonly over?: string
  readonly k?: string
  readonly weight?: string
  readonly ir?: boolean
  readonly wgsl?: boolean
  readonly wasm?: boolean
  readonly json?: boolean
}

const usual: Whichever = "Sum"

export function requestOf(formula: string, aliases: readonly string[], options: Options): Request {
  const reduction = reductionOf(options.reduction ?? usual)
  const { over = "j", k, weight } = options
  if (over !== "i" && over !== "j") throw new Refusal(unknownAxis(over))
  const variables = variablesOf(aliases)
  const dims = Object.fromEntries(variables.map(({ name, dim }) => [name, dim]))
  for (const text of [formula, ...(weight === undefined ? [] : [weight])]) reading(text, () => parse(text, dims))
  return { formula, variables, reduction, over, ...countOf(reduction, k), ...(weight !== undefined && { weight }) }
}

function reductionOf(name: string): ReductionName {
  const names = Object.keys(reductions)
  if (!names.includes(name)) throw new Refusal(unknownReduction(name, near(name, names), names))
  return name as ReductionName
}

function countOf(reduction: ReductionName, text: string | undefined): { readonly k?: number } {
  const row: ReductionRow = reductions[reduction]
  if (text === undefined && row.ranked) throw new Refusal(needsCount(reduction))
  if (text === undefined) return {}
  if (!/^[1-9]\d*$/.test(text)) throw new Refusal(notACount(text))
  return { k: Number(text) }
}

function variablesOf(aliases: readonly string[]): readonly Declaration[] {
  for (const text of aliases) reading(text, () => parseAlias(text))
  // What is wrong with them together is said of the last one.
  return reading(aliases.at(-1) ?? "", () => parseAliases(aliases))
}
