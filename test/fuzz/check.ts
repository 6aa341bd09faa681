// The properties of the values and gradients of random formulas. Each check gives sentences that say what is wrong, none where all is well.
import { number } from "../../src/calculus/build.ts"
import { gradient } from "../../src/calculus/gradient.ts"
import { simplify } from "../../src/calculus/simplify.ts"
import type { Node } from "../../src/formula/node.ts"
import { ownRows } from "../../src/formula/own.ts"
import { parse } from "../../src/formula/parse.ts"
import { print } from "../../src/formula/print.ts"
import { evaluate } from "../support/oracle.ts"
import { run } from "../support/run.ts"
import { aliases, type Data, data, pair } from "./data.ts"
import { dims } from "./formulas.ts"
import { derived, expanded, isKnown, type Mine, size, unlessRefused, variablesIn } from "./trees.ts"
import { expected, leeway, slope } from "./values.ts"

export type Wrong = string

export interface Outcome {
  readonly wrong: readonly Wrong[]
  /** Numbers that were compared. */
  readonly compared: number
}

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

export type Sums = readonly ({ value: number; error: number }[] | undefined)[]

/** For each row the sums over the columns and how far they may be off; nothing where no statement can be made. */
export function sums(tree: Node, { inputs, rows, columns }: Data, seed: number): Sums {
  return Array.from({ length: rows }, (_, i) => {
    const total = Array.from({ length: tree.dim }, () => ({ value: 0, error: 0 }))
    for (let j = 0; j < columns; j++) {
      const one = expected(tree, pair(inputs, i, j), seed + i * columns + j)
      if (!one) return undefined
      for (const [k, sum] of total.entries()) {
        sum.value += one.value[k]!
        sum.error += one.error[k]! + 1e-7 * Math.abs(one.value[k]!)
      }
    }
    return total
  })
}

/** What is wrong with the sums that a kernel has found: those of the formula stand in each row of `width` numbers from `start` on. */
export function compare(wanted: Sums, found: readonly number[], dim: number, width = dim, start = 0): Outcome {
  const wrong: Wrong[] = []
  let compared = 0
  for (const [i, row] of wanted.entries()) {
    for (const [k, { value, error }] of row?.entries() ?? []) {
      compared++
      const one = found[i * width + start + k]!
      if (!(Math.abs(one - value) <= error)) wrong.push(`row ${i}, component ${k} is ${one}, not ${value} (+- ${error})`)
    }
  }
  return { wrong, compared }
}

/** The kernel on the CPU, and the simplified tree, have the values of the oracle. */
export async function valued(node: Node, seed: number, mine?: Mine): Promise<Outcome> {
  const text = mine ? `${print(node)} with ${JSON.stringify(mine.definition)}` : print(node)
  const trees = derived(node, mine)
  if (!trees) return { wrong: [], compared: 0 }
  const given = data(seed)
  const { tree, plain } = trees
  const wanted = sums(plain, given, seed)
  if (wanted.every((row) => row === undefined)) return { wrong: [], compared: 0 }
  let values: readonly number[]
  try {
    values = (await run(print(node), aliases, "Sum", given.inputs, mine && { operations: [mine.definition] })).values!
  } catch (error) {
    return { wrong: [`${text}: does not compile: ${(error as Error).message}, seed ${seed}`], compared: 0 }
  }
  const simple = expanded(simplify(tree), mine)
  const again = wanted.flatMap((row, i) => {
    const total = Array.from({ length: tree.dim }, () => 0)
    for (let j = 0; row && j < given.columns; j++)
      for (const [k, value] of evaluate(simple, pair(given.inputs, i, j)).entries()) total[k]! += value
    return total
  })
  const [kernel, rewritten] = [compare(wanted, values, tree.dim), compare(wanted, again, tree.dim)]
  return {
    wrong: [
      ...kernel.wrong.map((sentence) => `${text}: ${sentence}, seed ${seed}`),
      ...rewritten.wrong.map((sentence) => `${text}: simplified to ${print(simple)}: ${sentence}, seed ${seed}`),
    ],
    compared: kernel.compared,
  }
}

/** The gradient with respect to each variable is what finite differences say, where these agree among themselves. */
export function differentiated(node: Node, seed: number, mine?: Mine): Outcome {
  const trees = derived(node, mine)
  if (!trees || size(trees.plain) > 200) return { wrong: [], compared: 0 }
  const { tree, plain } = trees
  const values = pair(data(seed, 1, 1).inputs, 0, 0)
  const weight = pair(data(seed + 1, 1, 1).inputs, 0, 0).W!
  const scalar = tree.dim === 1
  const e: Node = scalar ? number(1) : { kind: "variable", name: "#e", dim: tree.dim, start: 0, end: 0 }
  const factors = scalar ? [1] : Array.from({ length: tree.dim }, (_, k) => weight[k % 9]! + k / 50)
  const held = variablesIn(plain)
  const text = mine ? `${print(node)} with ${JSON.stringify(mine.definition)}` : print(node)
  const wrong: Wrong[] = []
  let compared = 0
  for (const [name, dim] of Object.entries(dims)) {
    let found: Node | undefined
    try {
      found = unlessRefused(() => expanded(gradient(tree, name, dim, e), mine))
    } catch (error) {
      return { wrong: [`${text} by ${name}: ${(error as Error).message}`], compared }
    }
    if (!found) continue
    if (found.dim !== dim) return { wrong: [`${text} by ${name}: the gradient has dimension ${found.dim}`], compared }
    if (size(found) > 2000 || !isKnown(found)) continue
    if (!held.has(name)) {
      if (evaluate(found, { ...values, "#e": factors }).some((component) => component !== 0))
        wrong.push(`${text} does not depend on ${name}, but its gradient is ${print(found)}, seed ${seed}`)
      continue
    }
    const exact = expected(found, { ...values, "#e": factors }, seed)
    if (!exact) continue
    for (const [k, component] of exact.value.entries()) {
      const difference = slope((step) => {
        const moved = { ...values, [name]: values[name]!.map((value, l) => (l === k ? value + step : value)) }
        return evaluate(plain, moved).reduce((sum, value, l) => sum + value * factors[l]!, 0)
      })
      if (difference === undefined) continue
      compared++
      if (!(Math.abs(component - difference) < leeway(difference)))
        wrong.push(`${text} by ${name}[${k}]: ${component}, differences say ${difference}, seed ${seed}`)
    }
  }
  return { wrong, compared }
}
