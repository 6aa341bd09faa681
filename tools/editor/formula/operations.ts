// What the tables say of an operation, for whoever writes its name.
import type { Operation } from "../../../src/operations/operation.ts"
import { type ShapeRow, shapes } from "../../../src/operations/shapes.ts"
import { operations } from "../../../src/operations/table.ts"

export interface OperationHelp {
  readonly name: string
  /** With a question mark where it may be left out. */
  readonly parameters: readonly string[]
  /** `Exp(f)`. */
  readonly signature: string
  /** The dimension of the result, and what must hold. */
  readonly dimension: string
  readonly doc: string
}

const rows = operations as Readonly<Record<string, Operation>>

/** Undefined where no user can write the name. */
export function helpOf(name: string): OperationHelp | undefined {
  const row = Object.hasOwn(rows, name) ? rows[name]! : undefined
  if (row === undefined || row.internal) return undefined
  const required = row.args.length - (row.optional ?? 0)
  const parameters = row.args.map((arg, n) => (n < required ? arg : `${arg}?`))
  return { name, parameters, signature: `${name}(${parameters.join(", ")})`, dimension: dimensionOf(row), doc: row.doc }
}

export const operationNames: readonly string[] = Object.keys(rows).filter((name) => helpOf(name) !== undefined)

/** The rule's words, in the names of the row's arguments. */
function dimensionOf({ shape, args }: Operation): string {
  const rule: ShapeRow = shapes[shape]
  const names = new RegExp(`\\b(${rule.args.join("|")})\\b(?!\\()`, "g")
  const text = rule.rule === undefined ? rule.result : `${rule.result}; ${rule.rule}`
  return rule.args.length === 0 ? text : text.replaceAll(names, (arg) => args[rule.args.indexOf(arg)] ?? arg)
}
