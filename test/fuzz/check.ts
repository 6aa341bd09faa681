// The properties of the values and gradients of random formulas. Each check returns sentences about what is wrong, none if all is well.

import { gradient } from "../../src/calculus/gradient.ts"
import { simplify } from "../../src/calculus/simplify.ts"
import { number } from "../../src/calculus/trees.ts"
import type { Node } from "../../src/formula/node.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import { print } from "../../src/formula/print.ts"
import { ownRows } from "../../src/formula/user-operations.ts"
import { Open, type Reason, sum, type Vector } from "../support/numbers.ts"
import { evaluate, evaluated, meaningOf, gradientOf as pulledBack, type Values } from "../support/oracle.ts"
import { run } from "../support/run.ts"
import { aliases, type Data, data, pair, special } from "./data.ts"
import { brought, call, dims } from "./formulas.ts"
import { derived, expanded, hasHollow, isKnown, isRefusal, type Mine, meaning, size, unlessRefused, variablesIn } from "./trees.ts"
import { exactly, type Freedom, isRight, isStated, type Judged, judged, leeway, randoms, slope } from "./values.ts"

export type Wrong = string

export interface Outcome {
  readonly wrong: readonly Wrong[]
  /** Numbers that were compared. */
  readonly compared: number
  /** Numbers that were left open, by reason. */
  readonly unsaid: Unsaid
}
export type Unsaid = Readonly<Partial<Record<Reason, number>>>
const nothing: Outcome = { wrong: [], compared: 0, unsaid: {} }

/** A tree without positions. */
const bare = (node: Node): unknown =>
  node.kind === "call"
    ? [node.name, node.dim, node.args.map(bare)]
    : node.kind === "variable"
      ? node.name
      : node.kind === "list"
        ? node.values
        : node.value

/** Print and parse are inverse. */
export function printed(node: Node, mine?: Mine): Wrong[] {
  const text = print(node)
  try {
    const again = parse(text, dims, mine && ownRows([mine.definition]))
    if (JSON.stringify(bare(again)) !== JSON.stringify(bare(node))) return [`${text}: parses to another tree, ${print(again)}`]
    return print(again) === text ? [] : [`${text}: prints as ${print(again)} after parsing`]
  } catch (error) {
    return [`${text}: printed from a tree, but refused: ${(error as Error).message}`]
  }
}

/** For each row, component by component, the sum over the columns, or why nothing can be said of it. */
export type Sums = readonly (readonly Judged[])[]

/** The sum of what `of` gives for a row with each column. */
function rowOf(of: (values: Values) => Vector, { inputs, columns }: Data, i: number): Vector {
  const pairs = Array.from({ length: columns }, (_, j) => of(pair(inputs, i, j)))
  return pairs[0]!.map((_, k) => sum(pairs.map((value) => value[k]!)))
}
/** The sums of what `of` gives for each pair of rows. */
function sums(of: (values: Values) => Vector, data: Data, seed: number, freedom?: Freedom): Sums {
  return Array.from({ length: data.rows }, (_, i) => judged(() => rowOf(of, data, i), seed + i, freedom))
}
/** The sums of a formula's values. The calculus leaves out what it knows to be zero, even where it is multiplied by an infinity. */
export const valuesOf = (node: Node, given: Data, seed: number, gpu = false): Sums =>
  sums((values) => evaluated(node, values), given, seed, { free: gpu, zeros: hasHollow(node) })

export const isSaid = (wanted: Sums): boolean => wanted.some((row) => row.some(isStated))

/** What is wrong with the sums that a kernel has found: those of the formula stand in each row of `width` numbers from `start` on. */
export function compare(wanted: Sums, found: readonly number[], width: number, start = 0): Outcome {
  const wrong: string[] = []
  const unsaid: Partial<Record<Reason, number>> = {}
  let compared = 0
  for (const [i, row] of wanted.entries()) {
    for (const [k, one] of row.entries()) {
      if (!isStated(one)) {
        unsaid[one.reason] = (unsaid[one.reason] ?? 0) + 1
        continue
      }
      compared++
      const number = found[i * width + start + k]!
      if (!isRight(number, one)) wrong.push(`row ${i}, component ${k} is ${number}, not ${one.value} (+- ${one.error})`)
    }
  }
  return { wrong, compared, unsaid }
}

/** The numbers of a row, for a sentence. */
export const said = (node: Node, { inputs, columns }: Data, sentence: string): string => {
  const row = /^row (\d+)/.exec(sentence)
  if (!row) return ""
  const held = variablesIn(node)
  const at = Array.from({ length: columns }, (_, j) => pair(inputs, Number(row[1]), j))
  return Object.keys(dims)
    .filter((name) => held.has(name))
    .map(
      (name) =>
        `${name} = ${[...new Set(at.map((values) => `[${values[name]!.map((value) => (Object.is(value, -0) ? "-0" : Number(value.toPrecision(9)))).join(", ")}]`))].join(" and ")}`,
    )
    .join(", ")
}

const textOf = (node: Node, mine?: Mine) => (mine ? `${print(node)} with ${JSON.stringify(mine.definition)}` : print(node))
/** Data for a formula: of every five, two tame and three special ones. */
export const given = (seed: number): Data => (seed % 5 < 2 ? data(seed) : special(seed))

/** The kernel on the CPU, and the simplified tree, have the values of the oracle. */
export async function valued(node: Node, seed: number, mine?: Mine): Promise<Outcome> {
  if (!isKnown(node)) return nothing
  const numbers = given(seed)
  const wanted = meaningOf(mine && meaning(mine), () => valuesOf(node, numbers, seed))
  const kernel = await onCpu(node, wanted, numbers, seed, mine)
  const tree = numbers.kinds.length === 0 ? derived(node, mine)?.tree : undefined
  const simple = tree && expanded(simplify(tree), mine)
  if (!simple || !isKnown(simple)) return kernel
  const again = exactly(() => wanted.map((_, i) => rowOf((values) => evaluated(simple, values), numbers, i)))
  // zeros of unit vectors stand for nothing, and are numbers to the oracle
  const stated = wanted.map((row, i) => row.map((one, k) => ((found) => (found instanceof Open ? found : one))(again[i]![k])))
  const { wrong } = compare(stated, again.flat().map(Number), node.dim)
  const sentences = first(wrong, (sentence) => `${textOf(node, mine)}: simplified to ${print(simple)}: ${sentence}, seed ${seed}`)
  return { ...kernel, wrong: [...kernel.wrong, ...sentences] }
}

/** What a text's kernel gives on the CPU, against the oracle's sums of `node`. */
async function onCpu(node: Node, wanted: Sums, numbers: Data, seed: number, mine?: Mine, more: readonly Named[] = []): Promise<Outcome> {
  if (!isSaid(wanted)) return compare(wanted, [], node.dim)
  const [names, inputs] = [
    [...aliases, ...more.map(({ alias }) => alias)],
    [...numbers.inputs, ...more.map(({ input }) => input)],
  ]
  const whole = textOf(node, mine)
  let values: readonly number[]
  try {
    values = (await run(print(node), names, "Sum", inputs, mine && { operations: [mine.definition] })).values!
  } catch (error) {
    const { message } = error as Error
    return { ...nothing, wrong: isRefusal(message) ? [] : [`${whole}: does not compile: ${message}, seed ${seed}`] }
  }
  const outcome = compare(wanted, values, values.length / numbers.rows)
  return {
    ...outcome,
    wrong: first(outcome.wrong, (sentence) => `${whole}: ${sentence} where ${said(node, numbers, sentence)}, seed ${seed}`),
  }
}
/** The first sentence of many about one formula. */
export const first = (sentences: readonly string[], write: (sentence: string) => string): Wrong[] =>
  sentences.slice(0, 1).map((sentence) => write(sentence) + (sentences.length > 1 ? `, and ${sentences.length - 1} more` : ""))

interface Named {
  readonly alias: string
  readonly input: Float32Array
}

/** Cotangents between 0.5 and 1.5, for formulas of every dimension. */
export const cotangents: readonly Named[] = ["c", "d"].map((name, n) => {
  const random = randoms(17 + n)
  return { alias: `${name} = Pm(24)`, input: Float32Array.from({ length: 24 }, () => 1 + random() / 2) }
})
const given24 = Object.fromEntries(["c", "d"].map((name, n) => [name, Array.from(cotangents[n]!.input)]))
const variable = (name: string, dim: number): Node & { kind: "variable" } => ({ kind: "variable", name, dim, start: 0, end: 0 })

/** The gradient of first or second order by one or two variables of a formula. */
export function gradientOf(node: Node, seed: number): Node | undefined {
  const held = [...variablesIn(node)].sort()
  if (held.length === 0 || node.dim > 24 || !isKnown(node)) return undefined
  const by = (f: Node, at: number, e: string): Node => {
    const name = held[at % held.length]!
    return call("Grad", [f, variable(name, dims[name]!), brought(variable(e, 24), f.dim)])!
  }
  const once = by(node, seed, "c")
  return seed % 3 === 0 ? by(once, seed >> 2, "d") : once
}
/** The sums of what such a gradient is, by dual numbers. */
export const slopesOf = (gradient: Node, numbers: Data, seed: number, gpu = false): Sums =>
  sums((values) => evaluated(gradient, { ...values, ...given24 }), numbers, seed, { free: gpu, zeros: true })

/** Such gradients, as kernels on the CPU, are those of the oracle's dual numbers, at special numbers too. */
export async function sloped(node: Node, seed: number, mine?: Mine): Promise<Outcome> {
  const gradient = gradientOf(node, seed)
  if (!gradient) return nothing
  const numbers = given(seed + 2)
  const wanted = meaningOf(mine && meaning(mine), () => slopesOf(gradient, numbers, seed))
  return onCpu(gradient, wanted, numbers, seed, mine, cotangents)
}

/** The oracle's gradient with respect to each variable is what finite differences say, where these agree among themselves. */
export function differentiated(node: Node, seed: number, mine?: Mine): Outcome {
  const trees = derived(node, mine)
  if (!trees || size(trees.plain) > 200) return nothing
  const { tree, plain } = trees
  const values = pair(data(seed, 1, 1).inputs, 0, 0)
  const weights = pair(data(seed + 1, 1, 1).inputs, 0, 0).W!
  const factors = Array.from({ length: tree.dim }, (_, k) => weights[k % 9]! + k / 50)
  const held = variablesIn(node)
  const wrong: Wrong[] = []
  let compared = 0
  for (const [name, dim] of Object.entries(dims)) {
    if (!held.has(name)) {
      const found = unlessRefused(() => expanded(gradient(tree, name, dim, number(1)), mine))
      if (found && evaluate(found, values).some((component) => component !== 0))
        wrong.push(`${textOf(node, mine)} does not depend on ${name}, but its gradient is ${print(found)}, seed ${seed}`)
      continue
    }
    const by = variable(name, dim)
    const exact = meaningOf(mine && meaning(mine), () => judged(() => pulledBack(node, by, factors, values), seed))
    for (const [k, one] of exact.entries()) {
      if (!isStated(one)) continue
      const difference = slope((step) => {
        const moved = { ...values, [name]: values[name]!.map((value, l) => (l === k ? value + step : value)) }
        return evaluate(plain, moved).reduce((sum, value, l) => sum + value * factors[l]!, 0)
      })
      if (difference === undefined) continue
      compared++
      if (!(Math.abs(one.value - difference) < leeway(difference)))
        wrong.push(`${textOf(node, mine)} by ${name}[${k}]: the oracle says ${one.value}, differences ${difference}, seed ${seed}`)
    }
  }
  return { wrong: wrong.slice(0, 1), compared, unsaid: {} }
}
