// The definition of a user's operation: as a row, and as one text, a literal type that travels among the declarations of a formula's variables.
//
//   definition = "operation " name "(" names "): " shape "; " [ "uses " names "; " ] meaning { "; gradient " name ": " formula }
//   meaning    = ( "means " | "scalar " ) formula
//   names      = name { ", " name }
//
// For example `operation Gauss(f, g): pair; uses Half; means Half(Exp(-SqDist(f, g))); gradient f: null`, where `null` is a gradient that does
// not exist. No formula holds a `;`, so that "; " separates the parts.
import type { UserRule } from "../operations/shapes.ts"

/** A row, as those of the table. */
export interface OperationRow {
  /** The name that formulas call. */
  readonly name: string
  /** Names of the arguments, as the formulas below use them. */
  readonly args: readonly string[]
  /**
   * The rule of its dimension. One of `same`, `sameInteger`, `sameInteger2`, `broadcast2`, `broadcast3`, `scalar`, `pair`, `first`, `concat`,
   * `tensor`, `double`, `complex`, `complexBroadcast`, `complexPart`, `complexSum`, `matrixVector`, `vectorMatrix`, `weighted` and
   * `weightedPair`. The section "Dimension rules" of docs/language.md specifies what each requires and the dimension of the result.
   */
  readonly shape: UserRule
  /** Other user-defined operations that its formulas call. */
  readonly uses?: readonly Used[]
  /** A formula in its arguments that it expands to. */
  readonly means?: string
  /** Or an expression of the primitives, applied to each component. */
  readonly scalar?: string
  /**
   * What each argument receives from `e`, the cotangent of the result: a formula in the arguments and `e`; nothing where it is not listed. `null`
   * where there is no derivative. Where `means` is given and this is not, the gradient is that of what it means.
   */
  readonly gradient?: { readonly [arg: string]: string | null } | null
  /** One line of documentation. */
  readonly doc?: string
}

/** An operation with its row, and the rows of those that it uses. */
export interface Used {
  /** The name that formulas call. */
  readonly name: string
  /** Its row, and those that it uses. */
  readonly operations: readonly OperationRow[]
}

/** The text of a row. */
export type Definition<R extends OperationRow> =
  `operation ${R["name"]}(${Commas<R["args"]>}): ${R["shape"]}; ${Uses<R>}${Meaning<R>}${Gradients<R["args"], R["gradient"]>}`
/** Names, joined by ", ". */
export type Commas<args> = args extends readonly [infer one extends string]
  ? one
  : args extends readonly [infer first extends string, ...infer rest]
    ? `${first}, ${Commas<rest>}`
    : string
type Uses<R> = R extends { readonly uses: readonly [] }
  ? ""
  : R extends { readonly uses: infer used extends readonly Used[] }
    ? `uses ${Commas<{ readonly [k in keyof used]: used[k]["name"] }>}; `
    : ""
type Meaning<R> = R extends { readonly means: infer text extends string }
  ? `means ${text}`
  : R extends { readonly scalar: infer text extends string }
    ? `scalar ${text}`
    : ""
type Gradients<args, gradient> = args extends readonly [infer arg extends string, ...infer rest]
  ? `${GradientOf<arg, gradient>}${Gradients<rest, gradient>}`
  : ""
type GradientOf<arg extends string, gradient> = gradient extends null
  ? `; gradient ${arg}: null`
  : gradient extends { readonly [a in arg]: infer text extends string | null }
    ? `; gradient ${arg}: ${text}`
    : ""
export function definition({ name, args, shape, uses = [], means, scalar, gradient }: OperationRow): string {
  const used = uses.length > 0 ? `uses ${uses.map((each) => each.name).join(", ")}; ` : ""
  const meaning = means !== undefined ? `means ${means}` : scalar !== undefined ? `scalar ${scalar}` : ""
  // with those of no argument, which types refuse
  const gradients = [...new Set([...args, ...Object.keys(gradient ?? {})])].map((arg) => {
    const text = gradient === null ? null : gradient?.[arg]
    return text === undefined ? "" : `; gradient ${arg}: ${text}`
  })
  return `operation ${name}(${args.join(", ")}): ${shape}; ${used}${meaning}${gradients.join("")}`
}

/** What a definition's text specifies, unchecked. */
export interface DefinitionParts {
  readonly name: string
  readonly args: readonly string[]
  readonly shape: string
  readonly uses: readonly string[]
  /** "means", "scalar", or anything else. */
  readonly kind: string
  readonly formula: string
  /** Empty where nothing is said of it. */
  readonly gradient: readonly (readonly [arg: string, formula: string | null])[]
}
/** The inverse of `definition`. */
export function readDefinition(text: string): DefinitionParts {
  const [head = "", ...parts] = text.split("; ")
  const [, name = "", list = "", shape = ""] = /^operation ([^(]*)\(([^)]*)\): (.*)$/.exec(head) ?? []
  const uses = parts[0]?.startsWith("uses ") ? namesIn(parts.shift()!.slice("uses ".length)) : []
  const [meaning = "", ...rest] = parts
  const [kind, formula] = cut(meaning, " ")
  const gradient = rest.map((part) => {
    const [arg, given] = cut(part.slice("gradient ".length), ": ")
    return [arg, given === "null" ? null : given] as const
  })
  return { name, args: namesIn(list), shape, uses, kind, formula, gradient }
}

const namesIn = (list: string): readonly string[] => (list === "" ? [] : list.split(", "))
function cut(text: string, at: string): [before: string, after: string] {
  const place = text.indexOf(at)
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + at.length)]
}

/** Whether a text among the declarations is a definition, not an alias. */
export function isDefinition(text: string): boolean {
  return text.startsWith("operation ")
}

/** What types know of a row: what the parser asks. */
export type OwnRow<definition> = definition extends `operation ${string}(${infer args}): ${infer shape}; ${string}`
  ? { args: Split<args>; shape: shape }
  : never
type Split<args> = args extends `${infer first}, ${infer rest}` ? [first, ...Split<rest>] : [args]
