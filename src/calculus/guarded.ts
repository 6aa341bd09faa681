// Zeros that a branch or a mask makes in a derivative: they stand for nothing, so that what is multiplied by them vanishes, be it infinite or
// NaN. Their operations are marked in the tree; what follows from that is worked out where values are made (src/kernel/presence.ts).
import type { CallNode, Node } from "../formula/node.ts"
import { rowOf } from "../formula/table.ts"
import { integerArguments } from "../operations/operation.ts"
import { structural } from "../operations/table.ts"
import { call } from "./build.ts"

const known = new WeakMap<Node, Node>()
const choosing = new WeakMap<Node, boolean>()

/** The formula of a derivative, or a factor of one, with such zeros marked; they pass through what is linear. */
export function guarded(node: Node): Node {
  if (node.kind !== "call") return node
  const made = known.get(node) ?? marked(node)
  known.set(node, made)
  known.set(made, made)
  return made
}

function marked(node: CallNode): Node {
  const row = rowOf(node)
  if (row.internal || node.name === structural.guarded) return node
  if (!row.linear) return mayChoose(node) ? call(structural.guarded, node) : node
  const integers = integerArguments[row.shape] ?? []
  const args = node.args.map((arg, n) => (integers.includes(n) || (row.linear === "first" && n > 0) ? arg : guarded(arg)))
  return args.every((arg, n) => arg === node.args[n]) ? node : { ...node, args }
}

/** What computes each component by an expression without a choice makes no such zero, unless its arguments do. */
function mayChoose(node: Node): boolean {
  if (node.kind !== "call") return false
  const { scalar } = rowOf(node)
  const answer = choosing.get(node) ?? (scalar === undefined || String(scalar).includes("select(") || node.args.some(mayChoose))
  choosing.set(node, answer)
  return answer
}
