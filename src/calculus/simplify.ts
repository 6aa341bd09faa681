// Simplifies a tree by the rewrites of the table. Equal parts become one object, so that they are lowered once. Zeros of the calculus are removed from
// sums and products. Literals are folded later, in float32 (src/ir/graph.ts).

import { isNothing, linearPlaces, rowOf } from "../formula/lookup.ts"
import type { CallNode, Node } from "../formula/node.ts"
import { rewrites } from "../operations/rewrites.ts"
import { integerArguments } from "../operations/shapes.ts"
import { structural } from "../operations/table.ts"
import { instance, match, type Pattern, readPattern } from "./pattern.ts"
import { call, number, rewrite } from "./trees.ts"

const byName = new Map<string, { readonly from: Pattern; readonly to: Pattern }[]>()
for (const { from, to } of rewrites) {
  const pattern = readPattern(from)
  if (pattern.kind !== "call") throw new Error(`the rewrite from ${from} would change every formula`)
  byName.set(pattern.name, [...(byName.get(pattern.name) ?? []), { from: pattern, to: readPattern(to) }])
}

/** A smaller tree with the same values, in which equal parts are the same object. */
export function simplify(root: Node): Node {
  const shared = new Map<string, Node>()
  const numbers = new Map<Node, number>()
  const rows = new Map<unknown, number>()

  /** The first node that is equal to this. */
  const share = (node: Node): Node => {
    if (numbers.has(node)) return node
    const key = keyOf(node)
    const first = shared.get(key) ?? node
    shared.set(key, first)
    if (!numbers.has(first)) numbers.set(first, numbers.size)
    return first
  }
  const keyOf = (node: Node): string => {
    if (node.kind === "number") return Object.is(node.value, -0) ? "-0" : `${node.value}`
    if (node.kind === "list") return `[${node.values}]`
    if (node.kind === "variable") return `${node.name}:${node.dim}`
    if (node.row && !rows.has(node.row)) rows.set(node.row, rows.size)
    const own = node.row ? `#${rows.get(node.row)}` : isNothing(node) ? "nothing" : ""
    return `${node.name}${own}(${node.args.map((arg) => numbers.get(arg))})`
  }
  const make = (node: CallNode): Node => {
    const plain = share({ ...node, args: node.args.map(share) }) as CallNode
    return withoutNothing(plain, make) ?? rewritten(plain, make) ?? plain
  }
  return rewrite(root, (node) => (node.kind === "call" ? make(node) : share(node)))
}

function rewritten(node: CallNode, make: (call: CallNode) => Node): Node | undefined {
  for (const { from, to } of byName.get(node.name) ?? []) {
    const bound = new Map<string, Node>()
    const made = match(from, node, bound) ? instance(to, bound, make) : undefined
    if (made?.dim === node.dim) return made
  }
  return undefined
}

/** Simplifies a call with a zero of the calculus among its arguments, according to the linearity in its row. */
function withoutNothing(node: CallNode, make: (call: CallNode) => Node): Node | undefined {
  const row = rowOf(node)
  const integers = integerArguments[row.shape] ?? []
  const isZero = node.args.map((arg, n) => !integers.includes(n) && isNothing(arg))
  if (isNothing(node) || !isZero.includes(true)) return undefined
  const vanishes = row.linear === "one" || (row.linear !== undefined && linearPlaces(row).every((n) => isZero[n]))
  if (vanishes) return make(call(structural.zeros, number(node.dim)))
  if (node.name !== structural.add) return undefined
  const left = node.args[isZero[0] ? 1 : 0]!
  return left.dim === node.dim ? left : make(call(structural.fill, left, number(node.dim)))
}
