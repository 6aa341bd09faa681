// The formula of a call as one text, with the dimensions of its variables, and where in the source each character of it stands.
import type ts from "typescript"
import type { Compiler, Context } from "./context.ts"
import { position } from "./pieces.ts"
import { argumentsOf, declaration, type Owns } from "./request.ts"

export interface Place {
  readonly start: number
  readonly end: number
}

export interface Located {
  readonly text: string
  readonly dims: Readonly<Record<string, number>>
  /** The source of the characters [start, end) of the text. */
  locate(start: number, end: number): Place
  /** Whether the characters all stand for one term `${f}`, whose own text is to blame. */
  isWithinTerm(start: number, end: number): boolean
}

/** `$<x:Vi(3)>`, a variable declared where it stands. */
const inline = /\$<\s*([\p{ID_Start}_$][\p{ID_Continue}$]*)\s*:\s*(?:Vi|Vj|Pm)\s*\(\s*(\d+)\s*\)\s*>/gu

/** A stretch of the text: as the source has it, from the character `offset` of `literal` on, or in one for the expression `node`. */
interface Stretch {
  readonly start: number
  readonly end: number
  readonly node: ts.Node
  readonly literal?: { readonly begin: number; readonly offset: number }
  readonly isTerm?: boolean
}

/**
 * The formula of `keops(pieces, ...terms)`, `keops(text)` (`declared` false: the terms say what the variables are), or of a call that lists its
 * variables, `genericSum` and `genred`. Undefined where text or dimensions are not literals: then there is nothing to parse yet.
 */
export function formulaOf({ ts, program }: Context, owns: Owns, call: ts.CallExpression, declared: boolean): Located | undefined {
  const checker = program.getTypeChecker()
  const file = call.getSourceFile()
  const dims: Record<string, number> = {}
  const stretches: Stretch[] = []
  let text = ""
  const add = (part: string, node: ts.Node, literal?: Stretch["literal"], isTerm?: boolean) => {
    stretches.push({ start: text.length, end: text.length + part.length, node, literal, isTerm })
    text += part
  }
  const addPiece = (piece: ts.Expression): boolean => {
    if (!ts.isStringLiteralLike(piece)) {
      const type = checker.getTypeAtLocation(piece)
      if (!type.isStringLiteral()) return false
      add(undeclare(type.value, dims), piece)
      return true
    }
    const begin = piece.getStart(file) + 1
    let from = 0
    for (const match of piece.text.matchAll(inline)) {
      add(piece.text.slice(from, match.index), piece, { begin, offset: from })
      add(match[1]!, piece, { begin, offset: match.index + match[0].indexOf(match[1]!) })
      dims[match[1]!] = Number(match[2])
      from = match.index + match[0].length
    }
    add(piece.text.slice(from), piece, { begin, offset: from })
    return true
  }

  const [first, second, ...others] = call.arguments
  if (first === undefined || call.arguments.some(ts.isSpreadElement)) return undefined
  if (ts.isArrayLiteralExpression(first)) {
    for (const [index, piece] of first.elements.entries()) {
      if (!addPiece(piece)) return undefined
      const term = call.arguments[index + 1]
      if (term === undefined) continue
      const part = termOf(checker, term, dims, owns)
      if (part === undefined) return undefined
      add(part, term, undefined, true)
    }
  } else {
    if (!addPiece(first)) return undefined
    // genred lists the variables in an array; the aliases of KeOps have the output first.
    if (declared && second === undefined) return undefined
    const listed = declared ? declarationsOf(ts, checker, second!) : []
    if (listed === undefined && stringOf(checker, second!) === undefined) return undefined
    for (const alias of listed ?? others.map((argument) => stringOf(checker, argument))) {
      const match = declaration.exec(alias ?? "")
      if (match === null) return undefined
      dims[match[1]!] = Number(match[3])
    }
  }

  const at = (offset: number) =>
    stretches.find((stretch) => stretch.start <= offset && offset < stretch.end) ?? stretches[stretches.length - 1]!
  const place = (offset: number): Place => {
    const stretch = at(offset)
    if (stretch.literal === undefined) return { start: stretch.node.getStart(file), end: stretch.node.end }
    const start = position(file.text, stretch.literal.begin, stretch.literal.offset + offset - stretch.start)
    return { start, end: start + 1 }
  }
  return {
    text,
    dims,
    locate: (start, end) => ({ start: place(start).start, end: place(Math.max(start, end - 1)).end }),
    isWithinTerm: (start, end) => at(start).isTerm === true && at(start) === at(Math.max(start, end - 1)),
  }
}

function undeclare(text: string, dims: Record<string, number>): string {
  return text.replace(inline, (_all, name: string, dim: string) => {
    dims[name] = Number(dim)
    return name
  })
}

/** What a term writes into the text: a number, the name of a variable, or a formula in parentheses. */
function termOf(checker: ts.TypeChecker, term: ts.Expression, dims: Record<string, number>, owns: Owns): string | undefined {
  const type = checker.getTypeAtLocation(term)
  if (type.isNumberLiteral()) return type.value < 0 ? `(${type.value})` : `${type.value}`
  const variable = argumentsOf(checker, type, "Variable", owns)
  if (variable) {
    const [name, , dim] = variable
    if (!name?.isStringLiteral() || !dim?.isNumberLiteral()) return undefined
    dims[name.value] = dim.value
    return name.value
  }
  const [text, declarations] = argumentsOf(checker, type, "Formula", owns) ?? []
  if (!text?.isStringLiteral()) return undefined
  for (const one of declarations?.isUnion() ? declarations.types : [declarations]) {
    const match = one?.isStringLiteral() ? declaration.exec(one.value) : null
    if (match === null) return undefined
    dims[match[1]!] = Number(match[3])
  }
  return `(${text.value})`
}

function stringOf(checker: ts.TypeChecker, node: ts.Expression): string | undefined {
  const type = checker.getTypeAtLocation(node)
  return type.isStringLiteral() ? type.value : undefined
}

/** The strings of an array argument; undefined where the argument is none. */
function declarationsOf(ts: Compiler, checker: ts.TypeChecker, node: ts.Expression): readonly (string | undefined)[] | undefined {
  if (ts.isArrayLiteralExpression(node)) return node.elements.map((element) => stringOf(checker, element))
  const type = checker.getTypeAtLocation(node)
  if (!checker.isTupleType(type)) return undefined
  return checker.getTypeArguments(type as ts.TypeReference).map((one) => (one.isStringLiteral() ? one.value : undefined))
}
