// From a type to a request: `Reduction<T, A, R, O, K, W>` carries all that a kernel is compiled from, as literal types.
import type ts from "typescript"
import type { GradientRequest, Request } from "../src/artifact/requests.ts"
import { type Declaration, parseAlias, parseAliases } from "../src/formula/alias.ts"
import { FormulaError } from "../src/formula/error.ts"
import { isDefinition } from "../src/formula/user-definition.ts"
import type { Compiler } from "./context.ts"
import { parts } from "./messages.ts"

/** Whether a declaration is one of tskeops. */
export type Owns = (declaration: ts.Node | undefined) => boolean

/**
 * A request, or the words for the first part of the type that is not a literal, or what is wrong with a declaration, or that a part is `any`, as
 * the types have it where a mistake has been reported.
 */
export type Read =
  | { readonly request: Request | GradientRequest }
  | { readonly unknown: string }
  | { readonly wrong: string }
  | { readonly isReported: true }

/** Whether a type is `any`, or a template that holds one. `Formula` and `Variable` have it where a mistake has been reported. */
export function isAny(type: ts.Type | undefined): boolean {
  if (type === undefined) return false
  const { types } = type as { readonly types?: readonly ts.Type[] }
  return (type.flags & ANY) !== 0 || (types ?? []).some(isAny)
}
/** `TypeFlags.Any`, of every compiler. */
const ANY = 1

/** The declaration that a literal type writes; undefined where it is none. */
export function declarationOf(type: ts.Type | undefined): Declaration | undefined {
  if (!type?.isStringLiteral()) return undefined
  try {
    return parseAlias(type.value)
  } catch (error) {
    if (error instanceof FormulaError) return undefined
    throw error
  }
}

/** The type arguments of an interface of tskeops, by its name; undefined for any other type. */
export function argumentsOf(checker: ts.TypeChecker, type: ts.Type, name: string, owns: Owns): readonly ts.Type[] | undefined {
  const symbol = type.getSymbol()
  if (symbol?.name !== name || !owns(symbol.declarations?.[0])) return undefined
  return checker.getTypeArguments(type as ts.TypeReference)
}

/** The type arguments of a reduction, or of a gradient of one: the seventh says with respect to which variables, the eighth of which gradient. */
export interface Made {
  readonly of: "Reduction" | "Gradient" | "ValueAndGradient"
  readonly typeArguments: readonly ts.Type[]
}

export function madeBy(checker: ts.TypeChecker, type: ts.Type, owns: Owns): Made | undefined {
  // Not `const of of`: the parser of SWC, by which Next.js loads its configuration and what that imports, stumbles over it.
  for (const name of ["Reduction", "Gradient", "ValueAndGradient"] as const) {
    const typeArguments = argumentsOf(checker, type, name, owns)
    if (typeArguments) return { of: name, typeArguments }
  }
  return undefined
}

export function readRequest({ TypeFlags }: Compiler, checker: ts.TypeChecker, { of, typeArguments }: Made): Read {
  const read = readReduction(TypeFlags.Never, checker, typeArguments)
  if (of === "Reduction" || !("request" in read)) return read
  const [wrt, before] = typeArguments.slice(6)
  const literal = (type: ts.Type) => (type.isStringLiteral() ? type.value : undefined)
  const names = (wrt!.isUnion() ? wrt!.types : [wrt!]).map(literal)
  const earlier = before && checker.isTupleType(before) ? checker.getTypeArguments(before as ts.TypeReference).map(literal) : []
  if (!names.every((name) => name !== undefined) || !earlier.every((name) => name !== undefined)) return { unknown: parts.wrt }
  // The members of a union have no order of their own: take that of the inputs, so that every build makes the same.
  const ordered = read.request.variables.flatMap(({ name }) => (names.includes(name) ? [name] : []))
  return { request: { ...read.request, wrt: of === "Gradient" ? ordered[0]! : ordered, ...(earlier.length > 0 && { of: earlier }) } }
}

function readReduction(
  never: number,
  checker: ts.TypeChecker,
  [text, declared, reduction, axis, entries, weight]: readonly ts.Type[],
): Read {
  if ([text, declared, entries, weight].some(isAny)) return { isReported: true }
  if (!text?.isStringLiteral()) return { unknown: parts.formula }
  const isTuple = declared !== undefined && checker.isTupleType(declared)
  const membersOf = (type: ts.Type | undefined) => (type?.isUnion() ? type.types : [type])
  // The last of a tuple may be definitions, which have no order.
  const members = isTuple ? checker.getTypeArguments(declared as ts.TypeReference).flatMap(membersOf) : membersOf(declared)
  const texts: string[] = []
  const operations: string[] = []
  for (const member of members) {
    if (member?.isStringLiteral()) (isDefinition(member.value) ? operations : texts).push(member.value)
    // A formula without variables: the union of nothing.
    else if (member === undefined || (member.flags & never) === 0) return { unknown: whichDimension(member) }
  }
  if (!reduction?.isStringLiteral()) return { unknown: parts.reduction }
  if (!axis?.isStringLiteral()) return { unknown: parts.axis }
  if (!entries?.isNumberLiteral()) return { unknown: parts.entries }
  if (!weight?.isStringLiteral()) return { unknown: parts.weight }
  let variables: Request["variables"]
  try {
    variables = isTuple ? parseAliases(texts) : inOrder(texts.map(parseAlias), `${text.value} ${weight.value}`)
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    return { wrong: error.message }
  }
  return {
    request: {
      formula: text.value,
      variables: variables.map(({ name, category, dim }) => ({ name, category, dim })),
      reduction: reduction.value,
      over: axis.value as "i",
      ...(entries.value > 0 ? { k: entries.value } : {}),
      ...(weight.value === "" ? {} : { weight: weight.value }),
      ...(operations.length === 0 ? {} : { operations: operations.sort() }),
    },
  }
}

/** The members of a union have no order of their own: take that of the text, so that every build makes the same. */
function inOrder(variables: readonly Request["variables"][number][], text: string): Request["variables"] {
  const first = new Map<string, number>()
  for (const name of text.match(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu) ?? []) if (!first.has(name)) first.set(name, first.size)
  const rank = (name: string) => first.get(name) ?? first.size
  return [...variables].sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1))
}

/** The declaration `x = Vi(${number})` names its variable before the hole. */
function whichDimension(type: ts.Type | undefined): string {
  const [before = ""] = (type as ts.TemplateLiteralType | undefined)?.texts ?? []
  const [name, declared] = before.split(" = ")
  return name && declared ? parts.dimension(name) : parts.declarations
}
