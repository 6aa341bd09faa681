// Whether a formula contains a variable. Cached, because it is asked often, and of trees that share parts.
import { argumentsOf, type Node } from "../formula/node.ts"
import { operandsFirst } from "../formula/walk.ts"

const answersOf = new WeakMap<Node, Map<string, boolean>>()

export function dependsOn(root: Node, variable: string): boolean {
  const answer = (node: Node): boolean | undefined =>
    node.kind === "call" ? answersOf.get(node)?.get(variable) : node.kind === "variable" && node.name === variable
  for (const node of operandsFirst(root, argumentsOf, (one) => answer(one) !== undefined)) {
    const answers = answersOf.get(node) ?? new Map<string, boolean>()
    answersOf.set(node, answers.set(variable, argumentsOf(node).some(answer)))
  }
  return answer(root)!
}
