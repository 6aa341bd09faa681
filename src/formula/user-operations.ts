// Operations of a user: from a definition (user-definition.ts) to a row.
import { Unexpected } from "../messages/formula.ts"
import * as say from "../messages/user-operation.ts"
import { foreignOperators } from "../operations/foreign.ts"
import type { Gradient, Operation } from "../operations/operation.ts"
import { elementwiseShapes, integerArguments, ownShapes, shapes } from "../operations/shapes.ts"
import { operations } from "../operations/table.ts"
import { FormulaError } from "./error.ts"
import { argumentsOf, type Node } from "./node.ts"
import { parse } from "./parser/parse.ts"
import { checkScalar } from "./scalar-expression.ts"
import { definition, type OperationRow, readDefinition, type Used } from "./user-definition.ts"
import { operandsFirst } from "./walk.ts"

export type Own = Readonly<Record<string, Operation>>

/** A definition, read: its row, but for the rows that it uses. */
interface ReadRow {
  readonly name: string
  readonly uses: readonly string[]
  readonly row: Operation
}
/** Definitions that were read, by their text. */
const rowsByText = new Map<string, ReadRow>()

/**
 * The rows that these definitions write, by their names, and those that they use.
 *
 * @throws FormulaError about a definition that does not hold together.
 */
export function ownRows(definitions: readonly (string | object)[] = []): Own {
  const read = new Map<string, ReadRow>()
  for (const text of textsOf(definitions as readonly (string | OperationRow)[])) {
    const one = rowsByText.get(text) ?? readText(text)
    rowsByText.set(text, one)
    if ((read.get(one.name) ?? one) !== one) refuse(one.name, say.definedTwice())
    read.set(one.name, one)
  }
  const rows = new Map<string, Operation>()
  const open: string[] = []
  const rowOf = (name: string): Operation => {
    const { row, uses } = read.get(name)!
    open.push(name)
    const own = uses.map((used) => {
      if (!read.has(used)) refuse(name, say.notAnOperation(used))
      if (open.includes(used)) refuse(name, say.usesItself(used))
      return [used, rows.get(used) ?? rowOf(used)] as const
    })
    open.pop()
    const made = { ...row, own: Object.fromEntries(own) }
    checkNames(name, made)
    rows.set(name, made)
    return made
  }
  for (const name of read.keys()) if (!rows.has(name)) rowOf(name)
  return Object.fromEntries(rows)
}

/** Refuses formulas that are wrong whatever the dimensions: mistakes of syntax and of names, which types know (keops/operation.ts), and of `scalar`. */
function checkNames(name: string, { args, means, scalar, gradient, own }: Operation): void {
  const dims = Object.fromEntries(args.map((arg) => [arg, 1]))
  try {
    if (typeof means === "string") parse(means, dims, own, true)
    if (typeof scalar === "string") checkScalar(scalar, args)
    for (const text of Object.values((gradient ?? {}) as Gradient)) if (text !== null) parse(text, { ...dims, e: 1 }, own, true)
  } catch (error) {
    throw error instanceof FormulaError ? new FormulaError(say.InDefinition(name, error.message), 0, 0) : error
  }
}

/** The texts of definitions and, where these are rows, of those that they use. */
function textsOf(definitions: readonly (string | OperationRow)[]): readonly string[] {
  return definitions.flatMap((each) => {
    if (typeof each === "string") return [each]
    const used = (each.uses ?? []).flatMap((one: Partial<Used> | undefined) => {
      return one?.operations ?? refuse(each.name, say.notAnOperation(String(one?.name ?? one)))
    })
    for (const formula of [each.means, each.scalar, ...Object.values(each.gradient ?? {})]) {
      const [before, ...rest] = formula?.split(";") ?? []
      if (rest.length > 0) refuse(each.name, Unexpected(";", before!.trim(), foreignOperators[";"]))
    }
    return [definition(each), ...textsOf(used)]
  })
}

function readText(text: string): ReadRow {
  const { name, args, shape, uses, kind, formula, gradient } = readDefinition(text)
  if (!/^[A-Za-z_]\w*$/.test(name) || Object.hasOwn(operations, name)) refuse(name, say.OwnName(name))
  if (!includes(ownShapes, shape)) return refuse(name, say.ownShape(shape, ownShapes))
  const count = shapes[shape].args.length
  if (args.length !== count) refuse(name, say.OwnCount(shape, count, args.length))
  const strange = args.find((arg, n) => !/^[A-Za-z_]\w*$/.test(arg) || arg === "e" || args.indexOf(arg) < n)
  if (strange !== undefined) refuse(name, say.OwnArgument(strange))
  if (kind === "scalar" && !includes(elementwiseShapes, shape)) refuse(name, say.NotElementwise(shape, elementwiseShapes))
  if (kind === "means" && integerArguments[shape]) refuse(name, say.NoIntegers(shape))
  if (formula === "" || (kind !== "scalar" && kind !== "means")) refuse(name, say.NoMeaning())
  for (const [arg] of gradient) if (!args.includes(arg)) refuse(name, say.NoSuchArgument(arg, args.join(", ")))
  // if nothing is said of its gradient, an expression of the primitives has none
  const derivative = gradient.length > 0 ? { gradient: Object.fromEntries(gradient) } : kind === "scalar" ? { gradient: null } : {}
  const row = { args, shape, [kind]: formula, doc: text, ...derivative }
  return { name, uses, row: row as unknown as Operation }
}

const includes = <T extends string>(list: readonly T[], one: string): one is T => (list as readonly string[]).includes(one)

function refuse(name: string, sentence: string): never {
  throw new FormulaError(say.InDefinition(name, sentence), 0, 0)
}

/**
 * The tree, where the meanings and the gradients of a user's operations fit their dimensions in every call.
 *
 * @throws FormulaError at the call where one does not.
 */
export function checkOwn(root: Node): Node {
  const checked = new Set<string>()
  const visit = (tree: Node): void => {
    for (const node of operandsFirst(tree, argumentsOf)) visitNode(node)
  }
  const visitNode = (node: Node): void => {
    if (node.kind !== "call") return
    const { row } = node
    const key = `${node.name} ${node.args.map(({ dim }) => dim)}`
    if (!row || checked.has(key)) return
    const dims = Object.fromEntries(node.args.map((arg, n) => [row.args[n]!, arg.dim]))
    const check = (what: string, text: string, fits: (dim: number) => boolean, more: Readonly<Record<string, number>> = {}) => {
      let sentence: string | undefined
      try {
        const tree = parse(text, { ...dims, ...more }, row.own)
        visit(tree)
        if (!fits(tree.dim)) sentence = say.misfit(what, tree.dim)
      } catch (error) {
        if (!(error instanceof FormulaError)) throw error
        sentence = error.message
      }
      if (sentence !== undefined) throw new FormulaError(say.InDefinition(node.name, sentence), node.start, node.end)
    }
    if (typeof row.means === "string") check(say.ofMeaning(node.dim), row.means, (dim) => dim === node.dim)
    for (const [arg, text] of Object.entries((row.gradient ?? {}) as Gradient)) {
      if (text !== null)
        check(say.ofGradient(arg, dims[arg]!), text, (dim) => dims[arg] === 1 || dim === 1 || dim === dims[arg], { e: node.dim })
    }
    checked.add(key)
  }
  visit(root)
  return root
}
