// Builds the chain of a gradient: steps that run one after the other, on the inputs and on results of earlier steps.
import type { Request } from "../artifact/requests.ts"
import type { Node, VariableNode } from "../formula/node.ts"
import { print } from "../formula/print.ts"
import { templates, total } from "../reductions/gradients.ts"
import { instantiate } from "./trees.ts"

/** An input, or the result of a step. */
export type Variable = Request["variables"][number]
type MatrixShape = Omit<Variable, "name">

/** A request and its trees. */
export interface ReductionTrees {
  readonly request: Request
  /** The reduced formula. If `skip` is 0 or more, 0 is reduced instead. */
  readonly f: Node
  readonly g?: Node
  readonly skip?: Node
  /** The result is the gradient of a parameter, which belongs to no axis. */
  readonly isParameter?: boolean
  readonly gathered?: Gathered
}

export interface Step extends ReductionTrees {
  readonly result: Variable
}

/** Set for a step that runs on slots (see `Gather` of the artifact). Its result has the shape of the variable `to`. */
export interface Gathered {
  /** The step that returns the indices. */
  readonly index: string
  /** The variables of which each slot reads one number, as one component of a vector of dimension `dim`. */
  readonly slots: readonly string[]
  readonly dim: number
  readonly to: string
}

export const variable = ({ name, dim }: Variable): VariableNode => ({ kind: "variable", name, dim, start: 0, end: 0 })

export class Steps {
  readonly #steps: Step[] = []
  readonly #results = new Map<string, Variable>()
  #variables: readonly Variable[]

  constructor(inputs: readonly Variable[]) {
    this.#variables = inputs
  }

  /** In the order in which they run. */
  get all(): readonly Step[] {
    return [...this.#steps]
  }

  find(name: string): Variable | undefined {
    return this.#variables.find((each) => each.name === name)
  }

  /** Adds an input. Its name is the first of `name`, `name2`, `name3` that is free, as in the type `FreeName` of src/keops. */
  declare(name: string, { category, dim }: MatrixShape): Variable {
    let free = name
    for (let n = 2; this.find(free); n++) free = `${name}${n}`
    const made = { name: free, category, dim }
    this.#variables = [...this.#variables, made]
    return made
  }

  /** Adds a step, unless an earlier one computes the same. Returns the result. */
  add(name: string, shape: MatrixShape, step: ReductionTrees): Variable {
    const key = keyOf(step)
    const earlier = this.#results.get(key)
    if (earlier) return earlier
    const result = this.declare(name, shape)
    this.#results.set(key, result)
    this.#steps.push({ ...step, result })
    return result
  }

  /** Records that `result` is what such a step would return. */
  record(step: ReductionTrees, result: Variable): void {
    this.#results.set(keyOf(step), result)
  }

  /** Adds a step that evaluates a formula in `reads` for each row of `shape`. */
  rowwise(name: string, shape: MatrixShape, f: Node, reads: readonly Variable[]): Variable {
    const over = shape.category === "Vj" ? "i" : "j"
    const request = { formula: print(f), variables: reads, reduction: total, over } as const
    return this.add(name, shape, { request, f, isParameter: shape.category === "Pm" })
  }

  /** The sum of matrices of one shape. */
  sum([first, ...rest]: readonly Variable[]): Variable {
    return rest.reduce((a, b) => this.rowwise(b.name, b, instantiate(templates.add, { f: variable(a), g: variable(b) }), [a, b]), first!)
  }

  /** The steps that `results` need. */
  needed(results: readonly string[]): readonly Step[] {
    const names = new Set(results)
    const kept = this.#steps.toReversed().filter(({ result: gives, request, gathered }) => {
      if (!names.has(gives.name)) return false
      for (const { name } of request.variables) names.add(name)
      if (gathered) names.add(gathered.index)
      return true
    })
    return kept.reverse()
  }
}

function keyOf({ request: { formula, weight, variables, reduction, over, k }, gathered }: ReductionTrees): string {
  return JSON.stringify([formula, weight, variables, reduction, over, k, gathered])
}
