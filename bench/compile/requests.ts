// What the time and the size of compilation are measured on: the vectors of PyKeOps with the gradients that they ask for, and formulas of
// about 120 characters.
import { readFileSync } from "node:fs"
import type { Request } from "../../src/artifact/requests.ts"
import { samples } from "../types/formulas.ts"

interface Vector {
  readonly id: string
  readonly kind: string
  readonly formula: string
  readonly formula2?: string | null
  readonly reduction: string
  readonly axis: 0 | 1
  readonly K: number | null
  readonly aliases: readonly string[]
  readonly wrt?: readonly string[]
  readonly cotangent?: { readonly shape: readonly number[] }
}

export interface Named {
  readonly name: string
  readonly request: Request
}

type Variable = Request["variables"][number]

/** `x = Vi(3)` or `x = Vi(1, 3)`; those with a position are put there. */
function variables(aliases: readonly string[]): Variable[] {
  return aliases
    .map((alias, place) => {
      const [, name, category, first, second] = /^(\w+) *= *(Vi|Vj|Pm)\( *(\d+)(?: *, *(\d+))? *\)$/.exec(alias.trim())!
      const variable = { name: name!, category: category as Variable["category"], dim: Number(second ?? first) }
      return { variable, place: second === undefined ? place : Number(first) }
    })
    .sort((a, b) => a.place - b.place)
    .map(({ variable }) => variable)
}

/** Every vector, and every gradient of a sum in them as a formula. */
export function vectors(): Named[] {
  const file = new URL("../../test/vectors/data/vectors.json", import.meta.url)
  const cases: readonly Vector[] = JSON.parse(readFileSync(file, "utf8")).cases
  const all = cases
    .filter(({ kind, formula2 }) => (kind === "reduction" || kind === "vjp") && formula2 == null)
    .flatMap(({ id, kind, formula, reduction, axis, K, aliases, wrt = [], cotangent }): Named[] => {
      const request = { formula, variables: variables(aliases), reduction, over: axis === 1 ? "j" : "i", ...(K && { k: K }) } as Request
      if (kind === "reduction") return [{ name: id, request }]
      if (reduction !== "Sum") return []
      const given: Variable = { name: "cotangent", category: axis === 1 ? "Vi" : "Vj", dim: cotangent!.shape[1]! }
      return wrt.map((name) => ({
        name: `${id} by ${name}`,
        request: { ...request, formula: `Grad(${formula}, ${name}, cotangent)`, variables: [...request.variables, given] },
      }))
    })
  return [...new Map(all.map((named) => [JSON.stringify(named.request), named])).values()]
}

/** Formulas of about 120 characters: short ones with factors more. */
export function long(): Named[] {
  return samples(240)
    .filter(({ aliases }) => ["x", "y"].every((name) => aliases.some((alias) => alias.startsWith(`${name} `))))
    .map(({ formula, aliases }, n) => {
      let text = formula
      while (text.length < 108) text += ` * Exp(-SqNorm2(x - y) / ${n + 2})`
      return { name: text, request: { formula: text, variables: variables(aliases), reduction: "Sum", over: "j" } as const }
    })
}
