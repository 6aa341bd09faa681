// Gradients of reductions: from a reduction and the names of variables to the reductions that make its vector-Jacobian products, one after the
// other. Each is an ordinary request, so that kernels know nothing of gradients.
import type { GradientRequest, Request } from "../artifact/artifact.ts"
import { near } from "../formula/near.ts"
import type { Node, VariableNode } from "../formula/node.ts"
import { ownRows } from "../formula/own.ts"
import { parse } from "../formula/parse.ts"
import { print } from "../formula/print.ts"
import { NoGradient, NoSecondGradient, NoSuchVariable } from "../messages/gradient.ts"
import { type Fused, frames, type GradientRow, gradients, gradientText, total, weightedGradients } from "../reductions/gradients.ts"
import { instantiate } from "./build.ts"

type Variable = Request["variables"][number]

/** One reduction, and the name under which later ones know what it gives. */
export interface Pass {
  readonly gives: string
  readonly request: Request
  /** What it gives is the gradient of a parameter. */
  readonly isParameter?: true
}

export interface Passes {
  /** What the caller passes: the variables of the reduction and the cotangent. */
  readonly variables: readonly Variable[]
  readonly passes: readonly Pass[]
  /** The input that numbers the rows that are reduced over, where a pass reads it. */
  readonly counts?: string
  /** The names of the value, where it was asked for, and of the gradients. */
  readonly value?: string
  readonly gradients: Readonly<Record<string, string>>
}

/**
 * The passes of a gradient, and of the value where `wrt` is a list.
 *
 * @throws TypeError where the reduction has no gradient, or the formula no variable of a name.
 */
export function passes({ wrt, of, ...request }: GradientRequest): Passes {
  if (of !== undefined) throw new TypeError(NoSecondGradient())
  const own: Readonly<Record<string, GradientRow>> = gradients
  const row = (request.weight !== undefined && weightedGradients[request.reduction]) || own[request.reduction]
  if (!row) throw new TypeError(NoGradient(request.reduction))
  const known = request.variables.map(({ name }) => name)
  const names = typeof wrt === "string" ? [wrt] : wrt
  for (const name of names) if (!known.includes(name)) throw new TypeError(NoSuchVariable(name, near(name, known)))
  const wanted = request.variables.filter(({ name }) => names.includes(name))
  const made = new Making(request, row).passes(wanted, typeof wrt !== "string")
  const { operations } = request
  if (!operations) return made
  return { ...made, passes: made.passes.map((pass) => ({ ...pass, request: { ...pass.request, operations } })) }
}

/** The first of `name`, `name2`, `name3` that no variable has. Its twin is `FreeName` of the public face. */
function freeName(name: string, variables: readonly Variable[]): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}${n}`
    if (!variables.some((each) => each.name === candidate)) return candidate
  }
}

const variable = ({ name, dim }: Variable): VariableNode => ({ kind: "variable", name, dim, start: 0, end: 0 })

class Making {
  readonly #request: Request
  readonly #row: GradientRow
  readonly #passes: Pass[] = []
  /** What the names in the formulas of the row stand for. */
  readonly #bindings: {
    readonly f: Node
    readonly g?: Node
    readonly e: VariableNode
    both?: VariableNode
    [name: string]: Node | undefined
  }
  /** The category of what has the output's rows. */
  readonly #outputs: Variable["category"]
  readonly #called: readonly Variable[]
  /** What all passes may read: the variables, the cotangent, and what was made before. */
  #variables: readonly Variable[]
  #counts: string | undefined

  constructor(request: Request, row: GradientRow) {
    this.#request = request
    this.#row = row
    this.#variables = request.variables
    const dims = Object.fromEntries(request.variables.map(({ name, dim }) => [name, dim]))
    const own = ownRows(request.operations)
    const f = parse(request.formula, dims, own)
    const g = request.weight === undefined ? undefined : parse(request.weight, dims, own)
    this.#outputs = this.#categoryOf(request.over === "j" ? "Vi" : "Vj")
    const e = this.#declare("cotangent", this.#outputs, (g ?? f).dim * (request.k ?? 1))
    this.#called = this.#variables
    this.#bindings = { f, ...(g && { g }), e }
  }

  passes(wanted: readonly Variable[], wantsValue: boolean): Passes {
    const { formula, weight, over, reduction, k, variables } = this.#request
    const { before, value: own, fused } = this.#row
    const near = wanted.filter(({ category }) => category !== "Pm" && category === this.#outputs)
    const isFused = fused && near.length > 0 && (wantsValue || before !== undefined) && !(fused.scalar && this.#bindings.f.dim > 1)
    const made = isFused ? this.#together(fused, near) : {}
    const left = wanted.filter(({ name }) => !(name in made))
    let value = isFused && (wantsValue || left.length > 0) ? this.#fusedValue(fused) : undefined
    if (left.length > 0 || (wantsValue && own !== undefined)) {
      for (const name of Object.keys(before ?? {})) if (!(name in this.#bindings)) this.#before(name)
      if (own !== undefined) value ??= this.#bindings[own] as VariableNode
    }
    if (wantsValue && !value) {
      value = this.#declare("value", this.#outputs, this.#bindings.e.dim)
      this.#passes.push({ gives: value.name, request: { formula, weight, variables, over, reduction, k } })
    }
    for (const each of left) made[each.name] = this.#gradient(each, k ?? 1)
    return {
      variables: this.#called,
      passes: this.#passes,
      ...(this.#counts !== undefined && { counts: this.#counts }),
      ...(wantsValue && { value: value!.name }),
      gradients: made,
    }
  }

  /** One pass for the value and the gradients of variables of the output's rows, and a small one for each gradient. */
  #together(fused: Fused, near: readonly Variable[]): Record<string, string> {
    const { over, formula } = this.#request
    const parts = near.map((each) => this.#contribution(each, fused.f))
    const head = instantiate(fused.head, { f: this.#bindings.f })
    const joined = print(parts.reduce((f, g) => instantiate(frames.join, { f, g }), head))
    const start = fused.start(this.#bindings.f.dim)
    const formulas = fused.joined === "formula" ? { formula: joined } : { formula, weight: joined }
    const request = { ...formulas, variables: this.#readBy(`${joined} ${formula}`), reduction: fused.reduction, over }
    const both = this.#declare("both", this.#outputs, start + near.reduce((sum, { dim }) => sum + dim, 0))
    this.#passes.push({ gives: both.name, request })
    this.#bindings.both = both
    let at = start
    return Object.fromEntries(
      near.map(({ name, dim }) => {
        const part = instantiate(frames.slice(at, dim), { both })
        at += dim
        return [name, this.#rowwise(`gradient_${name}`, dim, instantiate(fused.gradient, { part, both, e: this.#bindings.e })).name]
      }),
    )
  }

  #fusedValue(fused: Fused): VariableNode {
    const { both, f } = this.#bindings
    const value = this.#rowwise("value", f.dim, instantiate(fused.value(f.dim), { both: both! }))
    if (this.#row.value !== undefined) this.#bindings[this.#row.value] = value
    return value
  }

  /** What a formula in `both` and the cotangent gives for each row of the output. */
  #rowwise(name: string, dim: number, formula: Node): VariableNode {
    const { both, e } = this.#bindings
    const variables = this.#variables.filter((each) => each.name === both!.name || each.name === e.name)
    const made = this.#declare(name, this.#outputs, dim)
    this.#passes.push({ gives: made.name, request: { formula: print(formula), variables, reduction: total, over: this.#request.over } })
    return made
  }

  /** A reduction that the gradient reads. */
  #before(name: string): void {
    const { formula, weight, over, k, variables } = this.#request
    const { reduction, of, weighted, indices } = this.#row.before![name]!
    const { f, g } = this.#bindings
    const rank = indices ? k : undefined
    const known = this.#declare(name, this.#outputs, (weighted ? g! : f).dim * (rank ?? 1))
    this.#bindings[name] = known
    const request = { formula: of === undefined ? formula : print(instantiate(of, { f })), variables, over, reduction }
    this.#passes.push({ gives: known.name, request: { ...request, ...(weighted && { weight }), ...(rank !== undefined && { k: rank }) } })
    if (!indices) return
    const counter = this.#declare("row", over === "j" ? "Vj" : "Vi", 1)
    this.#bindings.row = counter
    this.#counts = counter.name
  }

  /** The passes that make the gradient of one variable, and the name of what they give. */
  #gradient(wanted: Variable, k: number): string {
    const { name, category, dim } = wanted
    const { f } = this.#row
    const formula =
      this.#row.before === undefined
        ? gradientText(this.#request.formula, name, this.#bindings.e.name)
        : print(this.#contribution(wanted, typeof f === "function" ? f(k) : f))
    const gives = freeName(`gradient_${name}`, this.#variables)
    // Where this is all, it is the reduction that the types name, with all inputs.
    const request = { formula, variables: this.#row.before === undefined ? this.#called : this.#readBy(formula), reduction: total }
    // A parameter belongs to all rows of both sides: what a reduction leaves is reduced over the other side.
    const single = (["Vi", "Vj"] as const).find((side) => this.#categoryOf(side) === "Pm")
    const leaves = category === "Pm" ? (single ?? "Vi") : category
    const over = leaves === "Vi" ? "j" : "i"
    if (category !== "Pm" || single) {
      this.#passes.push({ gives, request: { ...request, over }, ...(category === "Pm" && { isParameter: true }) })
      return gives
    }
    const parts = this.#declare(`parts_${name}`, "Vi", dim)
    this.#passes.push({ gives: parts.name, request: { ...request, over } })
    const variables = [{ name: parts.name, category: "Vi", dim }] as const
    this.#passes.push({ gives, request: { formula: parts.name, variables, reduction: total, over: "i" }, isParameter: true })
    return gives
  }

  /** What each pair contributes to the gradient of a variable, where f receives `receives`. */
  #contribution(wanted: Variable, receives: string): Node {
    const bindings = this.#bindings as Record<string, Node>
    const { g, skip } = this.#row
    const through = (what: Node, text: string) =>
      instantiate(frames.gradient, { f: what, v: variable(wanted), e: instantiate(text, bindings) })
    const first = through(this.#bindings.f, receives)
    const part = this.#bindings.g && g ? instantiate(frames.add, { f: first, g: through(this.#bindings.g, g) }) : first
    return skip === undefined ? part : instantiate(frames.skip, { skip: instantiate(skip, bindings), part })
  }

  /** What a text reads; and of each side one variable, to say how many rows there are. */
  #readBy(text: string): readonly Variable[] {
    const words = new Set(text.match(/[A-Za-z_][A-Za-z_0-9]*/g))
    const kept = this.#variables.filter(({ name }) => words.has(name))
    const counting = (["Vi", "Vj"] as const).flatMap((side) =>
      kept.some(({ category }) => category === side) ? [] : (this.#variables.find(({ category }) => category === side) ?? []),
    )
    return [...kept, ...counting]
  }

  /** A further input of the passes. */
  #declare(name: string, category: Variable["category"], dim: number): VariableNode {
    const made = { name: freeName(name, this.#variables), category, dim }
    this.#variables = [...this.#variables, made]
    return variable(made)
  }

  /** A side on which no variable has rows has one row: a parameter. */
  #categoryOf(side: "Vi" | "Vj"): Variable["category"] {
    return this.#request.variables.some(({ category }) => category === side) ? side : "Pm"
  }
}
