// Whether a formula is linear in a variable, according to the rows of the table.
import { FormulaError } from "../formula/error.ts"
import { linearPlaces, rowOf } from "../formula/lookup.ts"
import { argumentsOf, type Node } from "../formula/node.ts"
import { operandsFirst } from "../formula/walk.ts"
import { NotLinear } from "../messages/calculus.ts"
import { dependsOn } from "./depends.ts"
import { expand } from "./gradient.ts"
import type { Read } from "./trees.ts"

/**
 * The formula, with operations replaced by what their rows mean.
 *
 * @throws FormulaError, without a position, if the rows do not imply that it is linear in the variable.
 */
export function linear(f: Node, variable: string, read?: Read): Node {
  const expanded = expand(f, read)
  if (!isLinear(expanded, variable)) throw new FormulaError(NotLinear(variable), 0, 0)
  return expanded
}

function isLinear(root: Node, variable: string): boolean {
  const linearity = new Map<Node, boolean>()
  for (const node of operandsFirst(root, argumentsOf))
    linearity.set(
      node,
      isLinearIn(node, variable, (arg) => linearity.get(arg)!),
    )
  return linearity.get(root)!
}

/** The same for one node, given the answers for its arguments. */
function isLinearIn(node: Node, variable: string, isLinear: (arg: Node) => boolean): boolean {
  if (node.kind === "variable") return node.name === variable
  if (node.kind === "number") return node.value === 0
  if (node.kind === "list") return true
  const row = rowOf(node)
  const dependent = node.args.map((arg) => dependsOn(arg, variable))
  if (row.linear === "one") {
    const only = dependent.indexOf(true)
    return only >= 0 && dependent.lastIndexOf(true) === only && isLinear(node.args[only]!)
  }
  const positions = linearPlaces(row)
  return row.linear !== undefined && node.args.every((arg, n) => (positions.includes(n) ? isLinear(arg) : !dependent[n]))
}
