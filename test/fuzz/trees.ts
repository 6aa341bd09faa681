// Trees of random formulas: without operations of the calculus, without user-defined operations, and what they contain.

import { derive } from "../../src/calculus/derive.ts"
import { rewrite } from "../../src/calculus/trees.ts"
import { rowOf } from "../../src/formula/lookup.ts"
import type { Node } from "../../src/formula/node.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import type { OperationRow } from "../../src/formula/user-definition.ts"
import { isKnownCall, type Meaning } from "../support/oracle.ts"

/** A user-defined operation, and the formula in its arguments that it means. */
export interface Mine {
  readonly definition: OperationRow
  readonly meaning: string
}

/** The tree with a user-defined operation replaced by its meaning. */
export function expanded(node: Node, mine?: Mine): Node {
  if (!mine) return node
  const { args } = mine.definition
  return rewrite(node, (one) => {
    if (one.kind !== "call" || !one.row) return undefined
    const given = Object.fromEntries(one.args.map((arg, n) => [args[n]!, arg]))
    const dims = Object.fromEntries(one.args.map((arg, n) => [args[n]!, arg.dim]))
    // an argument is a variable in the meaning, with respect to which it may be differentiated, and may be any formula in a call
    return rewrite(derive(parse(mine.meaning, dims)), (part) =>
      part.kind !== "variable" ? undefined : part.name.startsWith("#") ? { ...part, name: `#own${part.name}` } : given[part.name],
    )
  })
}

/** The meaning of a user-defined operation, for the oracle. */
export function meaning({ definition, meaning }: Mine): Meaning {
  const bodies = new Map<string, Node>()
  return (node) => {
    const dims = Object.fromEntries(node.args.map((arg, n) => [definition.args[n]!, arg.dim]))
    const key = JSON.stringify(dims)
    const body = bodies.get(key) ?? parse(meaning, dims)
    bodies.set(key, body)
    return { body, args: definition.args }
  }
}

/** Whether an error is the expected rejection: no derivative, not linear, or beyond a limit. */
export const isRefusal = (message: string): boolean =>
  /no derivative|not linear|grows beyond \d+ operations|needs .* operations for one pair|more than \d+ numbers at once|does not accept; write it/.test(
    message,
  )

/** The result of `make`; undefined if it is rejected because something has no derivative, or is not linear. */
export function unlessRefused<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (isRefusal((error as Error).message)) return undefined
    throw error
  }
}

export interface Derived {
  /** Without operations of the calculus. */
  readonly tree: Node
  /** Also without user-defined operations, as the oracle needs it. */
  readonly plain: Node
}

/** A formula without operations of the calculus, where it can be had and is not too large. */
export function derived(node: Node, mine?: Mine): Derived | undefined {
  const tree = unlessRefused(() => derive(node))
  const plain = tree && (mine ? unlessRefused(() => derive(expanded(node, mine))) : tree)
  return tree && plain && size(plain) <= 4000 && isKnown(plain) ? { tree, plain } : undefined
}

function everyNode(node: Node, seen = new Set<Node>()): Set<Node> {
  if (seen.has(node)) return seen
  seen.add(node)
  if (node.kind === "call") for (const arg of node.args) everyNode(arg, seen)
  return seen
}
export const size = (node: Node): number => everyNode(node).size
/** Rows that the oracle does not define have no value to compare with; test/wasm/rows.test.ts sees that there are none. */
export const isKnown = (node: Node): boolean =>
  [...everyNode(node)].every((one) => one.kind !== "call" || one.row !== undefined || isKnownCall(one))
/** Zeros of these are absent: times an infinity they may be 0. */
const hollow = ["ElemT", "ExtractT", "Zero", "Real2Complex", "Imag2Complex", "ComplexExp", "ComplexDivide", "ComplexExp1j"]
export const hasHollow = (node: Node): boolean =>
  [...everyNode(node)].some(
    (one) => one.kind === "call" && (one.row !== undefined || hollow.includes(one.name) || rowOf(one).derive !== undefined),
  )
/** The names of the variables in a formula. */
export const variablesIn = (node: Node): ReadonlySet<string> =>
  new Set(
    [...everyNode(node)].flatMap((one) =>
      one.kind === "variable" && !one.name.startsWith("#") && one.name !== "c" && one.name !== "d" ? [one.name] : [],
    ),
  )
