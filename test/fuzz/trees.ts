// Trees of random formulas: without operations of the calculus, without operations of one's own, and what they hold.
import { rewrite } from "../../src/calculus/build.ts"
import { derive } from "../../src/calculus/derive.ts"
import { rowOf } from "../../src/formula/lookup.ts"
import type { Node } from "../../src/formula/node.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import type { OperationRow } from "../../src/formula/user-definition.ts"
import { isKnownCall, type Meaning } from "../support/oracle.ts"

/** An operation of one's own, and the formula in its arguments that it stands for. */
export interface Mine {
  readonly definition: OperationRow
  readonly meaning: string
}

/** The tree with what an operation of one's own stands for in its place. */
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

/** What an operation of one's own stands for, for the oracle. */
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

/** A formula that has no derivative, is not linear, or is beyond a limit, is refused in words. */
export const isRefusal = (message: string): boolean =>
  /no derivative|not linear|grows beyond \d+ operations|needs .* operations for one pair|more than \d+ numbers at once|does not accept; write it/.test(
    message,
  )

/** What `make` gives; nothing where something has no derivative, or is not linear: that is refused in words. */
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
  /** And without operations of one's own: what the oracle knows. */
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
/** Rows that the oracle does not define have no value to compare with; test/kernel/rows.test.ts sees that there are none. */
export const isKnown = (node: Node): boolean =>
  [...everyNode(node)].every((one) => one.kind !== "call" || one.row !== undefined || isKnownCall(one))
/** Zeros of these stand for nothing: times an infinity they may be 0. */
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
