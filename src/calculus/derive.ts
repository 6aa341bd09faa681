// Replaces the operations of the calculus (`derive` in the table) by formulas, and then user-defined operations that mean a formula, which may
// contain such operations too. The result has neither.
import { FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { rowOf } from "../formula/lookup.ts"
import { argumentsOf, type Node, type VariableNode } from "../formula/node.ts"
import { parse } from "../formula/parser/parse.ts"
import { print } from "../formula/print.ts"
import { operandsFirst } from "../formula/walk.ts"
import { Located } from "../messages/formula.ts"
import { TooManyOperations } from "../messages/limits.ts"
import type { Calculus, Tree } from "../operations/operation.ts"
import { type OperationName, structural } from "../operations/table.ts"
import { withBudget } from "./budget.ts"
import { gradient, unfold } from "./gradient.ts"
import { hasLimits, withoutLimits } from "./limit.ts"
import { linear } from "./linear.ts"
import { simplify } from "./simplify.ts"
import { call, instantiate, number, type Read, rewrite } from "./trees.ts"

/**
 * The tree without operations of the calculus. `text` is the formula that it was parsed from, for error messages with a position.
 *
 * @throws FormulaError if an operation has no derivative, or is not linear, or the derivation takes too many steps.
 */
export function derive(root: Node, text?: string): Node {
  // The second argument of an operation of the calculus is a variable in a definition, but in a call it may become any formula: so each
  // definition is resolved before its arguments are substituted.
  const fresh = freshNames()
  const read: Read = (text, dims, own) => resolve(parse(text, dims, own), text, fresh, read)
  return withBudget(() => unfold(withoutLimits(resolve(simplify(root), text, fresh, read)), read))
}

function resolve(root: Node, text: string | undefined, fresh: Fresh, read: Read): Node {
  return rewrite(root, (node) => {
    if (node.kind !== "call") return undefined
    const row = rowOf(node)
    if (!row.derive) return undefined
    try {
      const made = row.derive(calculus(fresh, read), ...node.args) as Node
      // Each further derivative multiplies the size.
      if (operandsFirst(made, argumentsOf).length > limits.operations) throw new FormulaError(TooManyOperations(limits.operations), 0, 0)
      return made
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error
      throw new FormulaError(Located(text?.slice(node.start, node.end) ?? print(node), error.message), node.start, node.end)
    }
  })
}

type Fresh = (dim: number) => VariableNode
/** Names that no user's formula can contain, for variables that the calculus adds. */
function freshNames(): Fresh {
  let count = 0
  return (dim) => ({ kind: "variable", dim, name: `#${count++}`, start: 0, end: 0 })
}

function calculus(fresh: Fresh, read: Read): Calculus {
  const gradientOf = (f: Tree, v: Tree, e: Tree) => gradient(f as Node, variable(v).name, v.dim, e as Node, read)
  const overBasis = (operation: string, dim: number, body: (basis: Tree) => Tree) => {
    const basis = fresh(dim)
    return call(operation as OperationName, basis, body(basis) as Node)
  }
  /** The directional derivative of a scalar, from its gradient. */
  const along = (f: Tree, v: Tree, e: Tree, u: Tree) => instantiate("gradient | u", { gradient: gradientOf(f, v, e), u: u as Node })
  return {
    gradient: gradientOf,
    differential: (f, v, u) => {
      if (f.dim === 1) return along(f, v, number(1), u)
      // The gradient is linear in its cotangent, and its gradient with respect to the cotangent is the Jacobian. Limits would be lost.
      const cotangent = fresh(f.dim)
      const transposed = gradientOf(f, v, cotangent)
      if (hasLimits(transposed)) return overBasis(structural.stackOver, f.dim, (basis) => along(f, v, basis, u))
      return gradientOf(transposed, cotangent, u)
    },
    linear: (f, v) => linear(f as Node, variable(v).name, read),
    replace: (f, v, other) =>
      rewrite(f as Node, (node) => (node.kind === "variable" && node.name === variable(v).name ? (other as Node) : undefined)),
    formula: (text, names) => instantiate(text, names as Readonly<Record<string, Node>>),
    overBasis,
  }
}

function variable(node: Tree): VariableNode {
  return node as VariableNode
}
