// What is known of a reduction: dimension, category, gradients, operations a pair and bytes.
import type { Request } from "../../../src/artifact/requests.ts"
import { planGradient } from "../../../src/calculus/plan-gradient.ts"
import { compileReduction, programOf } from "../../../src/compiler/compile-reduction.ts"
import { deriveTrees, parseReduction, simplifyTrees } from "../../../src/compiler/stages.ts"
import { type Declaration, printAlias } from "../../../src/formula/alias.ts"
import { argumentsOf, type Node } from "../../../src/formula/node.ts"
import { parse } from "../../../src/formula/parser/parse.ts"
import { print } from "../../../src/formula/print.ts"
import { operandsFirst } from "../../../src/formula/walk.ts"
import { schedule } from "../../../src/ir/schedule.ts"
import { structural } from "../../../src/operations/table.ts"
import { reading } from "./mistake.ts"
import { type Operations, operationsOf } from "./operations.ts"

export interface Facts {
  readonly formula: string
  readonly variables: readonly string[]
  readonly reduction: string
  readonly over: "i" | "j"
  readonly k?: number
  readonly weight?: string
  /** Of the formula. */
  readonly dimension: number
  /** What the formula depends on: `Vi`, `Vj`, both, or parameters alone. */
  readonly category: readonly Declaration["category"][]
  readonly output: { readonly axis: "i" | "j"; readonly width: number; readonly holds: string }
  readonly gradients: Readonly<Record<string, Gradient>>
  readonly operations: Operations
  readonly bytes: { readonly wgsl: number; readonly wasm: number }
}

/** The reductions that compute it, one after the other; or why there are none. */
export type Gradient = { readonly steps: readonly string[] } | { readonly none: string }

export function explain(request: Request): Facts {
  const { variables, reduction, over, k, weight } = request
  const tree = parse(request.formula, Object.fromEntries(variables.map(({ name, dim }) => [name, dim])))
  const used = new Set([...operandsFirst(tree, argumentsOf)].flatMap((node) => (node.kind === "variable" ? [node.name] : [])))
  const { output, wgsl, wasm } = reading(request.formula, () => compileReduction(request))
  return {
    formula: print(tree),
    variables: variables.map(printAlias),
    reduction,
    over,
    ...(k !== undefined && { k }),
    ...(weight !== undefined && { weight }),
    dimension: tree.dim,
    category: [...new Set(variables.filter(({ name }) => used.has(name)).map(({ category }) => category))],
    output: { axis: over === "j" ? "i" : "j", width: output.width, holds: output.kind },
    gradients: Object.fromEntries(variables.map(({ name }) => [name, gradient(request, name)])),
    operations: operationsOf(schedule(programOf(request))),
    bytes: { wgsl: wgsl.code.length, wasm: bytesOf(wasm.module) },
  }
}

function gradient(request: Request, wrt: string): Gradient {
  try {
    return { steps: planGradient({ ...request, wrt }).reductions.map(({ result, request: step }) => `${result} = ${stepOf(step)}`) }
  } catch (error) {
    // A reduction without a gradient says so.
    if (error instanceof TypeError) return { none: error.message }
    throw error
  }
}

/** A reduction of a gradient, its formula differentiated. */
function stepOf(request: Request): string {
  const { formula, weight } = simplifyTrees(deriveTrees(parseReduction(request), request))
  return `${request.reduction} over ${request.over} of ${text(formula)}${weight ? ` with the weight ${text(weight)}` : ""}`
}

const text = (tree: Node) => print(withoutMarks(tree))

/** The calculus marks what chooses between branches; to readers the mark says nothing. */
function withoutMarks(root: Node): Node {
  const plain = new Map<Node, Node>()
  for (const node of operandsFirst(root, argumentsOf)) {
    const args = argumentsOf(node).map((arg) => plain.get(arg)!)
    plain.set(node, node.kind !== "call" ? node : node.name === structural.guarded ? args[0]! : { ...node, args })
  }
  return plain.get(root)!
}

const bytesOf = (hexadecimal: string) => hexadecimal.length / 2
