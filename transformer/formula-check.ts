// The formula of a call: its text, put together from literals and terms, and where in the source each character of it stands.
import type ts from "typescript"
import { derive } from "../src/calculus/derive.ts"
import { FormulaError, NameError } from "../src/formula/error.ts"
import { inline, references } from "../src/formula/inline.ts"
import type { Span } from "../src/formula/node.ts"
import { blameOutput } from "../src/formula/output.ts"
import { parse } from "../src/formula/parser/parse.ts"
import { isDefinition } from "../src/formula/user-definition.ts"
import { checkOwn, ownRows } from "../src/formula/user-operations.ts"
import { DeclaredDifferently } from "../src/messages/alias.ts"
import { NotAReferenceInTag, PieceCount } from "../src/messages/keops.ts"
import type { Compiler, Context } from "./context.ts"
import { type FormulaCall, handedTo, isTagged, piecesOf, termsOf } from "./formula-call.ts"
import { argumentsOf, declarationOf, type Owns } from "./request.ts"
import { position } from "./tags/template-pieces.ts"

export interface MistakeAt extends Span {
  readonly message: string
  /** The text of the term `${f}` that the mistake is in, if it is in one. */
  readonly term?: string
}

export interface FormulaSource {
  /** The first mistake, at its place in the source. */
  check(): MistakeAt | undefined
}

/** A stretch of the text: as the source has it, in the literal whose text begins at `begin`, or in one for the expression `node`. */
interface Stretch extends Span {
  readonly node: ts.Node
  readonly begin?: number
  readonly isTerm: boolean
}

/**
 * The formula of `keops(pieces, ...terms)` and `keops(text)` (`lists` false: the terms, or the text itself, say what the variables are), or of
 * a call that lists its variables, as `genred` does. Undefined where text or dimensions are not literals: then there is nothing to parse yet.
 */
export function formulaOf({ ts, program }: Context, owns: Owns, call: FormulaCall, lists: boolean): FormulaSource | undefined {
  const checker = program.getTypeChecker()
  const file = call.getSourceFile()
  const dims: Record<string, number> = {}
  const operations: string[] = []
  const stretches: Stretch[] = []
  let text = ""
  const add = (part: string, node: ts.Node, isTerm: boolean, begin?: number): true => {
    stretches.push({ start: text.length, end: text.length + part.length, node, begin, isTerm })
    text += part
    return true
  }
  const addPiece = (piece: ts.Node): boolean => {
    if (ts.isStringLiteralLike(piece) || isTemplatePart(ts, piece)) return add(piece.text, piece, false, piece.getStart(file) + 1)
    const value = stringOf(checker, piece)
    return value !== undefined && add(value, piece, false)
  }
  const categories: Record<string, string> = {}
  let clash: string | undefined
  const bind = (name: string, category: string, dim: number): void => {
    if (name in categories && (categories[name] !== category || dims[name] !== dim)) clash ??= name
    categories[name] = category
    dims[name] = dim
  }
  const addTerm = (term: ts.Expression): boolean => {
    const part = termOf(checker, checker.getTypeAtLocation(term), bind, operations, owns)
    return part !== undefined && add(part, term, true)
  }
  const declare = (type: ts.Type): boolean => {
    if (operationOf(checker, type, operations, owns) !== undefined) return true
    const one = declarationOf(type)
    // A name that is declared twice is reported there.
    if (one === undefined || one.name in dims) return false
    dims[one.name] = one.dim
    return true
  }

  const [first, second, ...others] = handedTo(ts, call)
  if (first === undefined || handedTo(ts, call).some(ts.isSpreadElement)) return undefined
  const terms = termsOf(ts, call)
  const miscounted = lists ? undefined : miscount(ts, file, call)
  if (miscounted) return { check: () => miscounted }
  const pieces = piecesOf(ts, call) ?? [first]
  if (!pieces.every((piece, n) => addPiece(piece) && (lists || terms[n] === undefined || addTerm(terms[n])))) return undefined
  // Of a call the types say it. A tag of a virtual text has pieces of another type.
  const twice = clash
  if (twice !== undefined && isTagged(call))
    return { check: () => ({ message: DeclaredDifferently(twice), start: first.getStart(file), end: first.end }) }
  let output: string | undefined
  if (lists) {
    if (second === undefined) return undefined
    // An array lists the variables; where there is none, the output comes first.
    const listed = listOf(ts, checker, second)
    output = stringOf(checker, second)
    if (listed === undefined && output === undefined) return undefined
    if (!(listed ?? others.map((argument) => checker.getTypeAtLocation(argument))).every(declare)) return undefined
  }

  const isTag = isTagged(call) || (file.text[first.getStart(file)] === "`" && ts.isArrayLiteralExpression(first))
  const stretchAt = (offset: number) =>
    stretches.find(({ start, end }) => start <= offset && offset < end) ?? stretches[stretches.length - 1]!
  const sourceOf = (offset: number): Span => {
    const { node, begin, start } = stretchAt(offset)
    if (begin === undefined) return { start: node.getStart(file), end: node.end }
    const at = position(file.text, begin, offset - start)
    return { start: at, end: position(file.text, at, 1) }
  }
  return {
    check() {
      const error = mistakeIn(text, dims, operations, isTag)
      if (error === undefined) return undefined
      if (output !== undefined && blameOutput(error, output) !== error)
        return { message: blameOutput(error, output).message, start: second!.getStart(file), end: second!.end }
      const last = Math.max(error.start, error.end - 1)
      // At the very end of the text something is missing: the place is the character after it.
      if (error.start >= text.length)
        return { message: error.message, start: sourceOf(text.length).start, end: sourceOf(text.length).start + 1 }
      const { isTerm, start, end } = stretchAt(error.start)
      const term = isTerm && text[start] === "(" && last < end ? text.slice(start + 1, end - 1) : undefined
      return { message: error.message, start: sourceOf(error.start).start, end: sourceOf(last).end, term }
    },
  }
}

/** The sentence of pieces (a text is one) that do not fit so many terms, where the types say it: at the first piece, or at the array that has none. */
function miscount(ts: Compiler, file: ts.SourceFile, call: FormulaCall): MistakeAt | undefined {
  const [pieces, { length }] = [piecesOf(ts, call), termsOf(ts, call)]
  if (pieces === undefined || pieces.some(ts.isSpreadElement) || pieces.length === length + 1) return undefined
  const at = pieces[0] ?? handedTo(ts, call)[0]!
  return { start: at.getStart(file), end: at.end, message: PieceCount(pieces.length, length) }
}

/** Of a template of a virtual text. */
const isTemplatePart = (ts: Compiler, node: ts.Node): node is ts.TemplateLiteralToken =>
  ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)

type Asked = readonly [text: string, dims: Readonly<Record<string, number>>, operations: readonly string[], isTag: boolean]
/** Editors and watching builds ask of the same formulas again and again. */
const answers = new Map<string, FormulaError | undefined>()
const MOST_ANSWERS = 10_000

/** Parses a text that may declare variables, `$<x:Vi(3)>`; the places of the error are of that text. */
export function mistakeIn(...asked: Asked): FormulaError | undefined {
  const key = JSON.stringify(asked)
  if (!answers.has(key)) {
    if (answers.size >= MOST_ANSWERS) answers.clear()
    answers.set(key, findMistake(...asked))
  }
  return answers.get(key)
}

function findMistake(...[text, dims, operations, isTag]: Asked): FormulaError | undefined {
  let origin = (offset: number) => offset
  try {
    const { text: plain, variables } = inline(text, Object.keys(dims), isTag ? NotAReferenceInTag : undefined)
    origin = (offset) => unplain(text, offset)
    const tree = parse(plain, { ...dims, ...Object.fromEntries(variables.map(({ name, dim }) => [name, dim])) }, ownRows(operations))
    derive(checkOwn(tree), plain)
    return undefined
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    const start = origin(error.start)
    const end = error.end > error.start ? origin(error.end - 1) + 1 : start
    return error instanceof NameError ? new NameError(error.message, start, end, error.word) : new FormulaError(error.message, start, end)
  }
}

/** Where a character of a text without declarations stands in the text that had them. */
function unplain(text: string, offset: number): number {
  let plain = 0
  let from = 0
  for (const { inside, start, end } of references(text)) {
    const before = start - from
    if (offset < plain + before) break
    plain += before
    const name = inside.split(":")[0]!
    const length = name.trim().length
    if (offset < plain + length) return start + 2 + name.indexOf(name.trim()) + offset - plain
    plain += length
    from = end
  }
  return from + offset - plain
}

/** What a term of a type writes into the text: a number, the name of a variable, or a formula in parentheses. */
export function termOf(
  checker: ts.TypeChecker,
  type: ts.Type,
  bind: (name: string, category: string, dim: number) => void,
  operations: string[],
  owns: Owns,
): string | undefined {
  if (type.isNumberLiteral() && !Number.isFinite(type.value)) return undefined
  if (type.isNumberLiteral()) return type.value < 0 ? `(${type.value})` : `${type.value}`
  const operation = operationOf(checker, type, operations, owns)
  if (operation !== undefined) return operation
  const variable = argumentsOf(checker, type, "Variable", owns)
  if (variable) {
    const [name, category, dim] = variable
    if (!name?.isStringLiteral() || !category?.isStringLiteral() || !dim?.isNumberLiteral()) return undefined
    bind(name.value, category.value, dim.value)
    return name.value
  }
  const [text, declarations] = argumentsOf(checker, type, "Formula", owns) ?? []
  if (!text?.isStringLiteral()) return undefined
  for (const one of declarations?.isUnion() ? declarations.types : [declarations]) {
    if (one?.isStringLiteral() && isDefinition(one.value)) {
      operations.push(one.value)
      continue
    }
    const variable = declarationOf(one)
    if (variable === undefined) return undefined
    bind(variable.name, variable.category, variable.dim)
  }
  return `(${text.value})`
}

/** The name of a user's operation, whose definitions are added to `operations`; undefined for anything else. */
function operationOf(checker: ts.TypeChecker, type: ts.Type, operations: string[], owns: Owns): string | undefined {
  const [name, definitions] = argumentsOf(checker, type, "OwnOperation", owns) ?? []
  if (!name?.isStringLiteral() || definitions === undefined) return undefined
  const members = definitions.isUnion() ? definitions.types : [definitions]
  const texts = members.flatMap((one) => (one.isStringLiteral() ? [one.value] : []))
  if (texts.length < members.length) return undefined
  operations.push(...texts)
  return name.value
}

function stringOf(checker: ts.TypeChecker, node: ts.Node): string | undefined {
  const type = checker.getTypeAtLocation(node)
  return type.isStringLiteral() ? type.value : undefined
}

/** The types of an array argument's elements; undefined where the argument is none. */
function listOf(ts: Compiler, checker: ts.TypeChecker, node: ts.Expression): readonly ts.Type[] | undefined {
  if (ts.isArrayLiteralExpression(node)) return node.elements.map((element) => checker.getTypeAtLocation(element))
  const type = checker.getTypeAtLocation(node)
  return checker.isTupleType(type) ? checker.getTypeArguments(type as ts.TypeReference) : undefined
}
