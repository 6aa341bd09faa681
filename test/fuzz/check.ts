// The properties of random formulas. Each check gives sentences that say what is wrong, none where all is well.

import { number } from "../../src/calculus/build.ts"
import { derive } from "../../src/calculus/derive.ts"
import { gradient } from "../../src/calculus/gradient.ts"
import { simplify } from "../../src/calculus/simplify.ts"
import { FormulaError } from "../../src/formula/error.ts"
import type { Node } from "../../src/formula/node.ts"
import { parse } from "../../src/formula/parse.ts"
import { print } from "../../src/formula/print.ts"
import { definitions, evaluate } from "../support/oracle.ts"
import { run } from "../support/run.ts"
import { evaluate as evaluateTypes } from "../types/evaluate.ts"
import { dims, variables } from "./formulas.ts"
import { expected, randoms } from "./values.ts"

export type Wrong = string

/** A tree without places. */
const bare = (node: Node): unknown =>
  node.kind === "call"
    ? [node.name, node.dim, node.args.map(bare)]
    : node.kind === "variable"
      ? node.name
      : node.kind === "list"
        ? node.values
        : node.value

/** Print and parse are inverse. */
export function printed(node: Node): Wrong[] {
  const text = print(node)
  try {
    const again = parse(text, dims)
    if (JSON.stringify(bare(again)) !== JSON.stringify(bare(node))) return [`${text}: parses to another tree, ${print(again)}`]
    return print(again) === text ? [] : [`${text}: prints as ${print(again)} after parsing`]
  } catch (error) {
    return [`${text}: printed from a tree, but refused: ${(error as Error).message}`]
  }
}

/** What the parser says: a dimension, or the sentence. */
export function told(text: string): string {
  try {
    return String(parse(text, dims).dim)
  } catch (error) {
    if (error instanceof FormulaError) return error.message
    throw error
  }
}

const head = [
  'import type { Fast } from "../../src/formula/fast.ts"',
  'import type { Parse } from "../../src/formula/parse.ts"',
  `type Dims = { ${Object.entries(dims)
    .map(([name, dim]) => `${name}: "${dim}"`)
    .join("; ")} }`,
].join("\n")

/** The types say of each text what the parser says: a dimension or a sentence, by the fast path as well where that answers. */
export function typed(texts: readonly string[]): Wrong[] {
  const asked = texts.map((text) => `[Fast<${JSON.stringify(text)}, Dims>, Parse<${JSON.stringify(text)}, Dims>]`)
  return evaluateTypes(head, asked).flatMap((pair, n) => {
    const [fast, slow] = pair as readonly [string | 0, string]
    const text = texts[n]!
    const right = told(text)
    const wrong = slow === right ? [] : [`${text}: types say "${slow}", the parser "${right}"`]
    return fast === 0 || fast === right ? wrong : [...wrong, `${text}: the fast path says "${fast}", the parser "${right}"`]
  })
}

/** Whether a formula without operations of the calculus can be had, and how large it is. */
export function derived(node: Node): Node | undefined {
  try {
    const tree = derive(node)
    return size(tree) <= 4000 && known(tree) ? tree : undefined
  } catch (error) {
    // what has no derivative, or is not linear, is refused in words
    if (/no derivative|not linear/.test((error as Error).message)) return undefined
    throw error
  }
}

function everyNode(node: Node, seen = new Set<Node>()): Set<Node> {
  if (seen.has(node)) return seen
  seen.add(node)
  if (node.kind === "call") for (const arg of node.args) everyNode(arg, seen)
  return seen
}
const size = (node: Node) => everyNode(node).size
/** Rows that the oracle does not define have no value to compare with; test/kernel/rows.test.ts sees that there are none. */
const known = (node: Node) =>
  [...everyNode(node)].every((one) => one.kind !== "call" || one.name in definitions || one.name.endsWith("Over"))

export interface Data {
  readonly inputs: readonly Float32Array[]
  readonly rows: number
  readonly columns: number
  at(i: number, j: number): Record<string, readonly number[]>
}

/** Numbers of either sign, away from 0, for every variable. */
export function data(seed: number, rows = 3, columns = 2): Data {
  const random = randoms(seed)
  const count = { Vi: rows, Vj: columns, Pm: 1 }
  const entries = Object.entries(variables)
  const inputs = entries.map(([, [category, dim]]) =>
    Float32Array.from({ length: dim * count[category] }, () => {
      const value = random()
      return Math.sign(value) * (0.15 + Math.abs(value))
    }),
  )
  const at = (i: number, j: number) =>
    Object.fromEntries(
      entries.map(([name, [category, dim]], n) => {
        const row = { Vi: i, Vj: j, Pm: 0 }[category]
        return [name, Array.from(inputs[n]!.subarray(row * dim, (row + 1) * dim))]
      }),
    )
  return { inputs, rows, columns, at }
}
export const aliases = Object.entries(variables).map(([name, [category, dim]]) => `${name} = ${category}(${dim})`)

/** For each row the sums over the columns and how far they may be off; nothing where no statement can be made. */
export function sums(tree: Node, given: Data, seed: number): ({ value: number; error: number }[] | undefined)[] {
  return Array.from({ length: given.rows }, (_, i) => {
    const total = Array.from({ length: tree.dim }, () => ({ value: 0, error: 0 }))
    for (let j = 0; j < given.columns; j++) {
      const one = expected(tree, given.at(i, j), seed + i * given.columns + j)
      if (!one) return undefined
      for (const [k, sum] of total.entries()) {
        sum.value += one.value[k]!
        sum.error += one.error[k]! + 1e-7 * Math.abs(one.value[k]!)
      }
    }
    return total
  })
}

export interface Outcome {
  readonly wrong: readonly Wrong[]
  /** Numbers that were compared. */
  readonly compared: number
}

/** The kernel on the CPU, and the simplified tree, have the values of the oracle. */
export async function valued(node: Node, seed: number): Promise<Outcome> {
  const text = print(node)
  const tree = derived(node)
  if (!tree) return { wrong: [], compared: 0 }
  const given = data(seed)
  const wanted = sums(tree, given, seed)
  if (wanted.every((row) => row === undefined)) return { wrong: [], compared: 0 }
  let values: readonly number[] | undefined
  try {
    values = (await run(text, aliases, "Sum", given.inputs)).values
  } catch (error) {
    return { wrong: [`${text}: does not compile: ${(error as Error).message}, seed ${seed}`], compared: 0 }
  }
  const simple = simplify(tree)
  const wrong: Wrong[] = []
  let compared = 0
  for (const [i, row] of wanted.entries()) {
    if (!row) continue
    const again = Array.from({ length: tree.dim }, () => 0)
    for (let j = 0; j < given.columns; j++) for (const [k, value] of evaluate(simple, given.at(i, j)).entries()) again[k]! += value
    for (const [k, { value, error }] of row.entries()) {
      compared++
      const found = values![i * tree.dim + k]!
      if (!(Math.abs(found - value) <= error))
        wrong.push(`${text}: row ${i}, component ${k} is ${found}, not ${value} (+- ${error}), seed ${seed}`)
      if (!(Math.abs(again[k]! - value) <= error))
        wrong.push(`${text}: simplified to ${print(simple)}: ${again[k]}, not ${value}, seed ${seed}`)
    }
  }
  return { wrong, compared }
}

/** The gradient with respect to each variable is what finite differences say, where these agree among themselves. */
export function differentiated(node: Node, seed: number): Outcome {
  const tree = derived(node)
  if (!tree || size(tree) > 200) return { wrong: [], compared: 0 }
  const values = data(seed, 1, 1).at(0, 0)
  const weight = data(seed + 1, 1, 1).at(0, 0)
  const cotangent = tree.dim === 1 ? number(1) : undefined
  const wrong: Wrong[] = []
  let compared = 0
  for (const [name, dim] of Object.entries(dims)) {
    const e: Node = cotangent ?? { kind: "variable", name: "#e", dim: tree.dim, start: 0, end: 0 }
    let found: Node
    try {
      found = gradient(tree, name, dim, e)
    } catch (error) {
      if (/no derivative/.test((error as Error).message)) continue
      return { wrong: [`${print(node)} by ${name}: ${(error as Error).message}`], compared }
    }
    if (found.dim !== dim) return { wrong: [`${print(node)} by ${name}: the gradient has dimension ${found.dim}`], compared }
    if (size(found) > 2000 || !known(found)) continue
    const factors = cotangent ? [1] : Array.from({ length: tree.dim }, (_, k) => weight.W![k % 9]! + k / 50)
    const exact = expected(found, { ...values, "#e": factors }, seed)
    if (!exact) continue
    const value = (k: number, step: number) => {
      const moved = { ...values, [name]: values[name]!.map((component, l) => (l === k ? component + step : component)) }
      return evaluate(tree, moved).reduce((sum, component, l) => sum + component * factors[l]!, 0)
    }
    for (const [k, slope] of exact.value.entries()) {
      const difference = (h: number) => (8 * (value(k, h) - value(k, -h)) - (value(k, 2 * h) - value(k, -2 * h))) / (12 * h)
      const [coarse, middle, fine] = [difference(2e-4), difference(4.3e-5), difference(1e-5)]
      const scale = 1 + Math.abs(fine)
      // a kink or a jump nearby shows as a disagreement; the digits of large values do not
      if (!(Math.abs(value(k, 0)) < 1e4 * scale)) continue
      if (!(Math.max(Math.abs(coarse - fine), Math.abs(middle - fine)) < 1e-6 * scale) || !(Math.abs(fine) < 1e6)) continue
      compared++
      if (!(Math.abs(slope - fine) < 1e-4 * scale))
        wrong.push(`${print(node)} by ${name}[${k}]: ${slope}, differences say ${fine}, seed ${seed}`)
    }
  }
  return { wrong, compared }
}
