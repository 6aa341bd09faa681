// From a formula to the kernel IR: vectors become components, sums over components become folds (unrolled where they are short),
// and rows of the table that `mean` a formula are replaced by it.
import type { ArtifactVariable, Request, Role } from "../artifact/artifact.ts"
import { literalValue } from "../calculus/build.ts"
import { derive } from "../calculus/derive.ts"
import { isNothing, simplify } from "../calculus/simplify.ts"
import { reduced } from "../formula/dimensions/reduction.ts"
import { about, FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { linearPlaces, rowOf } from "../formula/lookup.ts"
import type { CallNode, Node, VariableNode } from "../formula/node.ts"
import { parse } from "../formula/parser/parse.ts"
import { scalar } from "../formula/scalar-values.ts"
import { operandsFirst } from "../formula/walk.ts"
import { add, constant, counterOf, isLoop, limit, placeKey, range } from "../ir/affine.ts"
import { Graph } from "../ir/graph.ts"
import type { Fold, Loop, Program, Region, Segment, Value } from "../ir/program.ts"
import { TooDeep, TooManyEntries, TooManyVariables } from "../messages/limits.ts"
import type { Build, Index, Literal, Operation, Scalar, Vector } from "../operations/operation.ts"
import { integerArguments } from "../operations/shapes.ts"
import { type KernelRow, kernels } from "../reductions/kernels.ts"
import { type ReductionName, type ReductionRow, reductions } from "../reductions/reductions.ts"
import { Position, position, Split } from "./affine-index.ts"
import { depthOf, isLiteral, meaningOf, type Operand, Operands, operandsOf } from "./operand.ts"
import { Filled, recur } from "./recurrence.ts"

/** Loops of at most so many turns are unrolled, and nested ones while their product is at most `unrolledProduct`. */
const unrolled = 16
const unrolledProduct = 64
/** More values than these are not written out: a shader's text must stay short. */
const unrolledValues = 1000

export function lower(request: Request): Program {
  const count = request.variables.length
  if (count > limits.variables) refuse(request, TooManyVariables(count, limits.variables))
  const variables = request.variables.map(({ name, category, dim }): ArtifactVariable => {
    return { name, category, dim, role: roleOf(category, request.over) }
  })
  const dims = Object.fromEntries(variables.map(({ name, dim }) => [name, dim]))
  const name = request.reduction as ReductionName
  const reduction: ReductionRow & KernelRow = { ...reductions[name], ...kernels[name] }
  const k = reduction.ranked ? (request.k ?? 1) : 1
  const { formula, weight, terms, dim: outputDim } = reduced(request, dims)
  const lowering = new Lowering(variables)
  if (k * outputDim > limits.dimension) refuse(request, TooManyEntries(k, outputDim, limits.dimension))
  const { segments, dim } = lowering.formula(simplify(derive(formula, request.formula)))
  if (terms === undefined) return { variables, dim, segments, outputDim, reduction, k }
  const summed = lowering.formula(parse(terms, { g: weight?.dim ?? 1 }), weight && { g: simplify(derive(weight, request.weight)) })
  return { variables, ...summed, shift: segments[0]!.value, outputDim, reduction, k }
}

function refuse({ formula }: Request, sentence: string): never {
  throw about(formula, sentence)
}

export function roleOf(category: "Vi" | "Vj" | "Pm", over: "i" | "j"): Role {
  return category === "Pm" ? "parameter" : (category === "Vi") === (over === "j") ? "row" : "column"
}

const regions: Record<Role, Region> = { row: "row", column: "column", parameter: "constant" }

class Lowering {
  readonly #graph = new Graph()
  readonly #operands = new Operands()
  readonly #variables: ReadonlyMap<string, Operand>
  /** Numbers of calls: what is not told by its name and its operands. */
  readonly #calls = new Map<CallNode, number>()
  #product = 1

  constructor(variables: readonly ArtifactVariable[]) {
    const operand = ({ name, dim, role }: ArtifactVariable, number: number) =>
      this.#operands.make(`variable ${name}`, dim, (k) => this.#graph.load(number, regions[role], k.place))
    this.#variables = new Map(variables.map((variable, number) => [variable.name, operand(variable, number)]))
  }

  /** `given` are formulas in the variables, that stand for names in `node`. */
  formula(node: Node, given: Readonly<Record<string, Node>> = {}): { dim: number; segments: Segment[] } {
    const named = Object.entries(given).map(([name, tree]) => [name, this.#node(tree, this.#variables)] as const)
    const operand = this.#node(node, named.length === 0 ? this.#variables : new Map(named))
    return { dim: operand.dim, segments: this.#segments(operand, 0, operand.dim) }
  }

  #segments(operand: Operand, start: number, end: number): Segment[] {
    if (end - start <= unrolled) {
      return Array.from({ length: end - start }, (_, k) => ({ start: start + k, count: 1, value: operand.at(start + k) }))
    }
    return this.#cut(
      start,
      end,
      (loop, value): Segment[] => [{ start: loop.start, count: loop.end - loop.start, loop, value }],
      (k) => operand.at(k),
      (from, to) => this.#segments(operand, from, to),
    ).flat()
  }

  /** Builds a loop over [start, end); where a component's origin changes inside it, two loops instead. */
  #cut<Made>(
    start: number,
    end: number,
    make: (loop: Loop, body: Value) => Made,
    body: (k: Index) => Value,
    part: (start: number, end: number) => Made,
  ): Made[] {
    const loop = this.#graph.loop(start, end)
    try {
      return [make(loop, body(new Position(counterOf(loop))))]
    } catch (split) {
      if (!(split instanceof Split) || split.loop !== loop) throw split
      return [part(start, split.at), part(split.at, end)]
    }
  }

  /** Trees may share parts (those of gradients do): each is lowered once. */
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
    // what it is may depend on the unit vectors of operations around it
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

  /** The sum of all components of all vectors, which is there where one of them is. */
  #total(vectors: readonly Operand[]): Value | undefined {
    const sums = vectors.map((vector) => this.#fold("sum", 0, vector.dim, (k) => vector.at(k)))
    return sums.length === 0 ? undefined : sums.reduce((sum, one) => this.#graph.step("sum", sum, one))
  }

  #meaning(key: string, row: Operation, text: string, args: readonly (Operand | Literal)[]): Operand {
    // a meaning has no names for lists: it holds them written out
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
    // by the graph's value: in text -0 is 0
    const one = this.#graph.number(value)
    return this.#operands.make(`number ${one.id}`, 1, () => one)
  }

  #fold(fold: Fold, start: number, end: number, term: (k: Index) => Value): Value {
    const turns = end - start
    if (turns <= unrolled && turns * this.#product <= unrolledProduct) {
      this.#product *= turns
      const before = this.#graph.size
      try {
        const terms = Array.from({ length: turns }, (_, k) => term(position(start + k)))
        if (turns === 1 || this.#graph.size - before <= unrolledValues) {
          return terms.reduce((sum, value) => this.#graph.step(fold, sum, value))
        }
      } finally {
        this.#product /= turns // a Split may pass through
      }
    }
    return this.#cut(
      start,
      end,
      (loop, body) => this.#graph.fold(fold, loop, body),
      term,
      (from, to) => this.#fold(fold, from, to, from === start ? term : (k) => this.#passed(fold, term(k))),
    ).reduce((sum, value) => this.#graph.step(fold, sum, value))
  }

  /** A term that does not begin a fold: a NaN that an extreme begins with would stay, and is passed over elsewhere. */
  #passed(fold: Fold, term: Value): Value {
    if (fold === "sum") return term
    const none = this.#graph.number(fold === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY)
    return this.#graph.apply("select", this.#graph.apply("lt", ...(fold === "min" ? [term, none] : [none, term])), term, none)
  }

  #copy(target: Filled, vector: Vector, start: number, end: number): void {
    const store = (loop: Loop, value: Value) =>
      recur(this.#graph, [loop], [target], () => [{ in: target, at: new Position(counterOf(loop)), value }])
    this.#cut(
      start,
      end,
      store,
      (k) => vector.at(k) as Value,
      (from, to) => this.#copy(target, vector, from, to),
    )
  }

  readonly #build: Build = {
    number: (value) => this.#graph.number(value),
    nothing: () => this.#graph.zero(),
    apply: (primitive, ...args) => this.#graph.apply(primitive, ...(args as Value[])),
    index: (k) => this.#graph.index((k as Position).place),
    sum: (count, term) => this.#fold("sum", 0, count, term as (k: Index) => Value),
    extreme: (which, count, term) => this.#fold(which, 0, count, term as (k: Index) => Value),
    basis: (dim, m) => {
      const { place } = m as Position
      const one = (k: Position) => this.#graph.same(k.place, place)
      return this.#operands.make(`unit vector ${placeKey(place)} of ${dim}`, dim, one, { unit: m })
    },
    cells: (size) => new Filled(this.#graph, size),
    copy: (vector) => {
      const copy = new Filled(this.#graph, vector.dim)
      this.#copy(copy, vector, 0, vector.dim)
      return copy
    },
    recur: (counts, written, turn) => {
      const nest = counts.map((count) => this.#graph.loop(0, count))
      const [i, j] = nest.map((loop) => new Position(counterOf(loop)))
      recur(this.#graph, nest, written as Filled[], () => turn([i!, j!]))
    },
    scalar: (expression, values) => scalar(this.#graph, expression, values as Readonly<Record<string, Value>>),
    split: (k, bound, below, from) => {
      const { place } = k as Position
      const [lowest, highest] = range(place)
      const rest = add(place, constant(-bound))
      if (highest < bound) return below(k)
      if (lowest >= bound) return from(new Position(rest))
      const [only, ...others] = place.terms
      if (only && others.length === 0 && only.stride === 1 && isLoop(only.part)) throw new Split(only.part, bound - place.base)
      const arms = [below(new Position(limit(place, bound - 1))), from(new Position(limit(rest, highest - bound)))] as [Value, Value]
      const isBelow = this.#graph.apply("lt", this.#graph.index(place), this.#graph.number(bound))
      return this.#graph.apply("select", isBelow, ...arms)
    },
  }
}
