// What the transformer makes of one file after the check: the argument that each call gets, and the diagnostics of formulas.
import type ts from "typescript"
import { ARTIFACT_VERSION, type Built } from "../src/artifact/artifact.ts"
import { compileOnce } from "./compile.ts"
import { type Context, isAccess } from "./context.ts"
import { isCoarse, sentenceOf } from "./diagnostics.ts"
import { formulaOf, type Place } from "./formula.ts"
import { notCompiled, notLiteral, notTyped, ofTerm, parts } from "./messages.ts"
import type { Origin } from "./origin.ts"
import { argumentsOf, type Made, madeBy, readRequest } from "./request.ts"

/** What is appended to a call: the artifact of a reduction, or what a formula knows of itself. */
export type Extra = { readonly artifact: Built } | { readonly formula: { readonly tskeops: number; readonly dim: number } }

export interface Finding extends Place {
  readonly call: ts.CallExpression
  /** Undefined where it is said elsewhere. */
  readonly message: string | undefined
  /** The diagnostics of the checker on the call say the same, coarser: they give way. */
  readonly replaces: boolean
}

export interface Analysis {
  readonly extras: ReadonlyMap<ts.Node, Extra>
  /** Calls that only make a formula or a reduction: a bundler may drop them, and the kernels with them, where nothing uses what they make. */
  readonly pure: ReadonlySet<ts.Node>
  readonly findings: readonly Finding[]
}

/** The texts of formulas with a mistake, which is said where they are written: their reductions need no words of their own. */
export interface Mistakes {
  add(text: string): void
  has(text: string): boolean
}

export function analyse(
  context: Context,
  origin: Origin,
  mistakes: Mistakes,
  file: ts.SourceFile,
  checked: readonly ts.Diagnostic[],
): Analysis {
  const { ts } = context
  const checker = context.program.getTypeChecker()
  const extras = new Map<ts.Node, Extra>()
  const pure = new Set<ts.Node>()
  const findings: Finding[] = []

  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit)
    if (ts.isCallExpression(node) && origin.owns(checker.getResolvedSignature(node)?.declaration)) visitCall(node)
  }
  /** Calls with a mistake that is reported: what is made of their results needs no words of its own. */
  const refused = new Set<ts.Node>()
  const said = new Set<string>()
  const visitCall = (call: ts.CallExpression): void => {
    const before = findings.length
    if (isAccess(ts, call.expression) && isRefused(call.expression.expression)) {
      refused.add(call)
      return
    }
    checkCall(call)
    if (findings.length > before || checked.some((one) => one.start !== undefined && isAbout(file, call, one.start))) refused.add(call)
  }
  /** Whether an expression is the result of a refused call, or a name of this file for one. */
  const isRefused = (expression: ts.Expression): boolean => {
    let inner = expression
    while (ts.isParenthesizedExpression(inner) || ts.isNonNullExpression(inner)) inner = inner.expression
    if (refused.has(inner)) return true
    if (isAccess(ts, inner)) return isRefused(inner.expression)
    const declaration = ts.isIdentifier(inner) ? checker.getSymbolAtLocation(inner)?.valueDeclaration : undefined
    if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.getSourceFile() !== file) return false
    return declaration.initializer !== undefined && isRefused(declaration.initializer)
  }
  const checkCall = (call: ts.CallExpression): void => {
    const type = typeOf(call)
    const isFormula = argumentsOf(checker, type, "Formula", origin.owns) !== undefined
    const results = (type.isUnion() ? type.types : [type]).map((one) => madeBy(checker, one, origin.owns))
    const reduction = results.includes(undefined) ? undefined : results[0]
    const isTerm = ["Variable", "OwnOperation"].some((name) => argumentsOf(checker, type, name, origin.owns) !== undefined)
    if (isFormula || isTerm || reduction !== undefined) pure.add(call)
    if (!isFormula && reduction === undefined) return
    const error = formulaError(call, !isFormula)
    if (error) {
      findings.push(error)
      const [text] = argumentsOf(checker, type, "Formula", origin.owns) ?? []
      if (text?.isStringLiteral()) mistakes.add(text.value)
      return
    }
    if (isFormula && termErrors(call)) return
    // A call that the checker refuses has no type that could be trusted.
    if (checked.some((one) => one.start !== undefined && isAbout(file, call, one.start))) return
    if (isFormula) addFormula(call, type)
    else if (!keepsReceiver(call, type)) addReduction(call, reduction!, results.length > 1 || isChoice(call))
  }
  /** Says what is wrong with the terms of `keops`, by their names. */
  const termErrors = (call: ts.CallExpression): boolean =>
    call.arguments.slice(1).filter((term) => {
      const [start, end] = [term.getStart(file), term.end]
      const diagnostic = checked.find((one) => one.start === start && isCoarse(one))
      const sentence = diagnostic && sentenceOf(ts, diagnostic)
      if (sentence !== undefined) {
        const isLoose = origin.usesJit && isNumber(checker.getTypeAtLocation(term))
        findings.push({ call, replaces: true, start, end, message: isLoose ? undefined : ofTerm(sentence, term.getText(file)) })
      } else if (isUntyped(checker.getTypeAtLocation(term)) && !origin.usesJit) {
        findings.push({ call, replaces: false, start, end, message: notTyped(term.getText(file)) })
      } else return false
      return true
    }).length > 0
  const isNumber = (type: ts.Type) => checker.isTypeAssignableTo(type, checker.getNumberType())
  /** `any` that is written, or comes from untyped code: not what the checker has in the place of an error. */
  const isUntyped = (type: ts.Type) =>
    (type.flags & ts.TypeFlags.Any) !== 0 && (type as { readonly intrinsicName?: string }).intrinsicName !== "error"
  /** Whether a method is one of several formulas: their reductions may be one type to the checker, where their outputs are the same. */
  const isChoice = ({ expression }: ts.CallExpression): boolean =>
    typeOf(expression).isUnion() || (isAccess(ts, expression) && typeOf(expression.expression).isUnion())
  /** The type, without undefined and null: `f?.sum()`. */
  const typeOf = (expression: ts.Expression): ts.Type => checker.getNonNullableType(checker.getTypeAtLocation(expression))
  const addFormula = (call: ts.CallExpression, type: ts.Type): void => {
    const property = type.getProperty("dim")
    const dim = property && checker.getTypeOfSymbolAtLocation(property, call)
    if (dim?.isNumberLiteral()) extras.set(call, { formula: { tskeops: ARTIFACT_VERSION, dim: dim.value } })
  }
  const addReduction = (call: ts.CallExpression, made: Made, oneOfSeveral: boolean): void => {
    const place = nameOf(call)
    // What the checker refuses within the arguments says more.
    const within = (start = -1) => call.expression.end < start && start < call.end
    const read = oneOfSeveral ? { unknown: parts.choice } : readRequest(checker, made)
    if ("isReported" in read) return
    if ("unknown" in read) {
      // One variable may be in many formulas.
      if (read.unknown.startsWith(parts.dimension("")) && said.has(read.unknown)) return
      said.add(read.unknown)
      if (!origin.usesJit && !checked.some(({ start }) => within(start))) findings.push({ ...place, message: notLiteral(read.unknown) })
      return
    }
    if ("wrong" in read) {
      findings.push({ ...place, message: read.wrong })
      return
    }
    const compiled = compileOnce(read.request)
    if ("artifact" in compiled) extras.set(call, compiled)
    else if (!(compiled.isMistake && mistakes.has(read.request.formula)))
      findings.push({ ...place, message: notCompiled(read.request.formula, compiled.why) })
  }
  const nameOf = (call: ts.CallExpression) => {
    const callee = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression
    return { call, start: callee.getStart(file), end: callee.end, replaces: false }
  }
  const formulaError = (call: ts.CallExpression, lists: boolean): Finding | undefined => {
    const mistake = formulaOf(context, origin.owns, call, lists)?.check()
    if (mistake === undefined) return undefined
    const { start, end, message, term } = mistake
    return { call, replaces: true, start, end, message: term !== undefined && mistakes.has(term) ? undefined : message }
  }
  /** `reduction.with(options)` is the reduction that it was: it has its artifact already. */
  const keepsReceiver = ({ expression }: ts.CallExpression, type: ts.Type): boolean =>
    isAccess(ts, expression) && typeOf(expression.expression) === type

  visit(file)
  return { extras, pure, findings }
}

/** Whether a place is the call, its callee or one of its arguments, and not something within these. */
export function isAbout(file: ts.SourceFile, call: ts.CallExpression, start: number): boolean {
  return isAboutFormula(file, call, start) || call.arguments.some((node) => node.getStart(file) === start)
}

/** Likewise, but of the arguments only the formula: its text, or one of its pieces. */
export function isAboutFormula(file: ts.SourceFile, call: ts.CallExpression, start: number): boolean {
  const [first] = call.arguments
  const pieces = first !== undefined && "elements" in first ? (first as ts.ArrayLiteralExpression).elements : []
  return [call, call.expression, ...(first ? [first] : []), ...pieces].some((node) => node.getStart(file) === start)
}
