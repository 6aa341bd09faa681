// Zeros that a branch or a mask makes in a derivative are absent: their product with any factor is 0, even if that is infinite or NaN. This file
// marks their operations in the tree; src/ir/presence.ts implements them.

import { linearPlaces, rowOf } from "../formula/lookup.ts"
import { argumentsOf, type Node } from "../formula/node.ts"
import { operandsFirst } from "../formula/walk.ts"
import { structural } from "../operations/table.ts"
import { call } from "./trees.ts"

const guardedForms = new WeakMap<Node, Node>()
const choosing = new WeakMap<Node, boolean>()

/** The formula of a derivative, or a factor of one, with such zeros marked, also below linear operations. */
export function guarded(root: Node): Node {
  for (const node of operandsFirst(root, linearIn, (one) => guardedForms.has(one))) {
    const made = marked(node)
    guardedForms.set(node, made)
    guardedForms.set(made, made)
  }
  return guardedForms.get(root)!
}

/** The arguments in which a call is linear. */
function linearIn(node: Node): readonly Node[] {
  if (node.kind !== "call") return []
  const row = rowOf(node)
  if (row.internal || node.name === structural.guarded) return []
  return linearPlaces(row).flatMap((n) => node.args[n] ?? [])
}

/** Marks a node whose linear arguments are marked. */
function marked(node: Node): Node {
  if (node.kind !== "call") return node
  const row = rowOf(node)
  if (row.internal || node.name === structural.guarded) return node
  if (!row.linear) return mayChoose(node) ? call(structural.guarded, node) : node
  const positions = linearPlaces(row)
  const args = node.args.map((arg, n) => (positions.includes(n) ? guardedForms.get(arg)! : arg))
  return args.every((arg, n) => arg === node.args[n]) ? node : { ...node, args }
}

/** Whether the formula may make such zeros itself. Elementwise expressions without a choice do not, unless their arguments do. */
function mayChoose(root: Node): boolean {
  for (const node of operandsFirst(root, argumentsOf, (one) => choosing.has(one))) {
    const { scalar } = node.kind === "call" ? rowOf(node) : { scalar: "" }
    choosing.set(node, scalar === undefined || String(scalar).includes("select(") || argumentsOf(node).some((arg) => choosing.get(arg)))
  }
  return choosing.get(root)!
}
