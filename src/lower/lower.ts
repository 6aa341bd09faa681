// From a formula to the kernel IR: vectors become components, sums over components become folds (unrolled if they are short),
// and rows of the table that `mean` a formula are replaced by it.
import type { ArtifactVariable, Role } from "../artifact/artifact.ts"
import { FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { isNothing, linearPlaces, operandsOf, rowOf } from "../formula/lookup.ts"
import { type CallNode, literalValue, type Node, type VariableNode } from "../formula/node.ts"
import { parse } from "../formula/parser/parse.ts"
import { scalar } from "../formula/scalar-values.ts"
import { operandsFirst } from "../formula/walk.ts"
import { Graph } from "../ir/graph.ts"
import type { Program, Region, Segment, Value } from "../ir/program.ts"
import { TooDeep } from "../messages/limits.ts"
import type { Index, Literal, Operation, Scalar } from "../operations/operation.ts"
import { integerArguments } from "../operations/shapes.ts"
import type { Position } from "./affine-index.ts"
import { Loops } from "./loops.ts"
import { depthOf, isLiteral, meaningOf, type Operand, Operands } from "./operand.ts"
import { rowBuild } from "./row-build.ts"
import type { Trees } from "./trees.ts"

export function lower({ variables, reduction, k, formula, weight, terms, outputDim }: Trees): Program {
  const lowering = new Lowering(variables)
  const { segments, dim } = lowering.formula(formula)
  if (terms === undefined) return { variables, dim, segments, outputDim, reduction, k }
  const summed = lowering.formula(terms, weight && { g: weight })
  return { variables, ...summed, shift: segments[0]!.value, outputDim, reduction, k }
}

const regions: Record<Role, Region> = { row: "row", column: "column", parameter: "constant" }

class Lowering {
  readonly #graph = new Graph()
  readonly #operands = new Operands()
  readonly #variables: ReadonlyMap<string, Operand>
  /** Numbers for calls over unit vectors, which their names and operands do not identify. */
  readonly #calls = new Map<CallNode, number>()
  readonly #loops = new Loops(this.#graph)
  readonly #build = rowBuild(this.#graph, this.#operands, this.#loops)

  constructor(variables: readonly ArtifactVariable[]) {
    const operand = ({ name, dim, role }: ArtifactVariable, number: number) =>
      this.#operands.make(`variable ${name}`, dim, (k) => this.#graph.load(number, regions[role], k.affine))
    this.#variables = new Map(variables.map((variable, number) => [variable.name, operand(variable, number)]))
  }

  /** `given` are formulas in the variables; `node` refers to them by name. */
  formula(node: Node, given: Readonly<Record<string, Node>> = {}): { dim: number; segments: Segment[] } {
    const named = Object.entries(given).map(([name, tree]) => [name, this.#node(tree, this.#variables)] as const)
    const operand = this.#node(node, named.length === 0 ? this.#variables : new Map(named))
    return { dim: operand.dim, segments: this.#loops.segments(operand, 0, operand.dim) }
  }

  /** Trees may share parts, as those of gradients do: each part is lowered once. */
  #node(root: Node, scope: ReadonlyMap<string, Operand>): Operand {
    const done = new Map<Node, Operand>()
    for (const node of operandsFirst(root, operandsOf)) done.set(node, this.#newNode(node, scope, done))
    return done.get(root)!
  }

  #newNode(node: Node, scope: ReadonlyMap<string, Operand>, done: ReadonlyMap<Node, Operand>): Operand {
    if (node.kind === "number") return this.#literal(node.value)
    if (node.kind === "variable") return scope.get(node.name)!
    if (node.kind === "list") throw new Error("lower: a list is no operand")
    if (isNothing(node)) return this.#operands.make(`nothing ${node.dim}`, node.dim, () => this.#graph.zero(), { depth: 0 })
    const row = rowOf(node)
    if (row.internal) return this.#overBasis(node, row, scope)
    const numbers = integerArguments[row.shape] ?? []
    const args = node.args.map((arg, n) => (numbers.includes(n) ? literalValue(arg) : done.get(arg)!))
    return this.#call(node.name, row, node.dim, args)
  }

  /** The second argument depends on the first, a unit vector that the row chooses: it is lowered for each choice. */
  #overBasis(node: CallNode, row: Operation, scope: ReadonlyMap<string, Operand>): Operand {
    const [basis, body] = node.args as [VariableNode, Node]
    const number = this.#calls.get(node) ?? this.#calls.size
    this.#calls.set(node, number)
    const bodies = new Map<number, Operand>()
    const made = (unit: Operand) => {
      const known = bodies.get(unit.id) ?? this.#node(body, new Map([...scope, [basis.name, unit]]))
      bodies.set(unit.id, known)
      return known
    }
    // The result may depend on the unit vectors of enclosing operations.
    const around = [...scope].filter(([, operand]) => operand.unit).map(([outer, operand]) => `${outer}=${operand.id}`)
    const depth = Math.max(0, ...[...scope.values()].map((operand) => operand.depth))
    return this.#operands.make(
      `${node.name} ${number} ${around}`,
      node.dim,
      (k) => row.component!(this.#build, k, basis.dim, made) as Value,
      {
        depth,
      },
    )
  }

  #call(name: string, row: Operation, dim: number, args: readonly (Operand | Literal)[]): Operand {
    const key = `${name}(${args.map((arg) => (isLiteral(arg) ? `#${arg}` : arg.id))})`
    const known = this.#operands.get(key)
    if (known) return known
    const meaning = meaningOf(row, args)
    if (meaning !== undefined) return this.#meaning(key, row, meaning, args)
    if (row.scalar) {
      const { scalar: expression } = row
      const through = args.map((arg) => this.#argument(arg))
      const values = (k: Position) => Object.fromEntries(row.args.map((arg, n) => [arg, through[n]!.at(k)]))
      return this.#operands.make(key, dim, (k) => scalar(this.#graph, expression, values(k)), { through, depth: depthOf(args) })
    }
    const { component, components } = row
    const depth = depthOf(args) + 1
    if (depth > limits.depth) throw new FormulaError(TooDeep(limits.depth), 0, 0)
    if (component) return this.#operands.make(key, dim, (k) => component(this.#build, k, ...args) as Value, { depth })
    let made: ((k: Index) => Scalar) | undefined
    let linear: Value | undefined
    const componentOf = (k: Position) => {
      made ??= components!(this.#build, ...args)
      const value = made(k) as Value
      linear ??= this.#total(linearPlaces(row).map((n) => args[n] as Operand))
      return linear ? this.#graph.linearIn(linear, value) : value
    }
    return this.#operands.make(key, dim, componentOf, { depth })
  }

  /** The sum of all components of all vectors, which is present if one of them is. */
  #total(vectors: readonly Operand[]): Value | undefined {
    const sums = vectors.map((vector) => this.#loops.fold("sum", 0, vector.dim, (k) => vector.at(k)))
    return sums.length === 0 ? undefined : sums.reduce((sum, one) => this.#graph.step("sum", sum, one))
  }

  #meaning(key: string, row: Operation, text: string, args: readonly (Operand | Literal)[]): Operand {
    // A meaning has no names for lists: it contains them as literals.
    const named = row.args.flatMap((name, n) => (Array.isArray(args[n]) ? [] : [[name, this.#argument(args[n]!)] as const]))
    const node = parse(text, Object.fromEntries(named.map(([name, { dim }]) => [name, dim])))
    const made = this.#node(node, new Map(named))
    this.#operands.set(key, made)
    return made
  }

  #argument(arg: Operand | Literal): Operand {
    return typeof arg === "number" ? this.#literal(arg) : (arg as Operand)
  }

  #literal(value: number): Operand {
    // Keyed by the graph's value, because -0 prints as 0.
    const one = this.#graph.number(value)
    return this.#operands.make(`number ${one.id}`, 1, () => one)
  }
}
