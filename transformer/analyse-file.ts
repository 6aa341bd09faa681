// What the transformer makes of one file after the check: the argument that each call gets, and the diagnostics of formulas.
import type ts from "typescript"
import { ARTIFACT_VERSION, type Built } from "../src/artifact/artifact.ts"
import type { Span } from "../src/formula/node.ts"
import { compileOnce } from "./compile-once.ts"
import { type Compiler, type Context, isAccess } from "./context.ts"
import { isCoarse } from "./diagnostics.ts"
import { calleeOf, type FormulaCall, handedTo, isVirtualName, piecesOf, termsOf } from "./formula-call.ts"
import { formulaOf } from "./formula-check.ts"
import { notAnEscape, notCompiled, notLiteral, notOne, notTheTag, notTyped, ofTerm, parts } from "./messages.ts"
import { argumentsOf, isAny, type Made, madeBy, readRequest } from "./request.ts"
import { sentenceOf } from "./sentence.ts"
import type { Origin } from "./tags/imports.ts"
import { escapeThatIsNone } from "./tags/template-pieces.ts"

/** What is appended to a call: the artifact of a reduction, or what a formula knows of itself. */
export type Extra = { readonly artifact: Built } | { readonly formula: { readonly tskeops: number; readonly dim: number } }

export interface Finding extends Span {
  readonly call: FormulaCall
  /** `undefined` if already reported at the formula. */
  readonly message: string | undefined
  /** Replaces TypeScript's own, less precise diagnostics on this call. */
  readonly replaces: boolean
}

export interface Analysis {
  readonly extras: ReadonlyMap<ts.Node, Extra>
  /** Calls that only make a formula or a reduction: a bundler may drop them, and the kernels with them, where nothing uses what they make. */
  readonly pure: ReadonlySet<ts.Node>
  readonly findings: readonly Finding[]
  /** Where the checker refuses a call that would have got an argument: a build without these calls must stop there. */
  readonly blockers: ReadonlySet<number>
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
  const blockers = new Set<number>()

  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit)
    if (!ts.isCallExpression(node) && !ts.isTaggedTemplateExpression(node)) return
    if (!origin.owns(checker.getResolvedSignature(node)?.declaration)) return
    if (ts.isCallExpression(node) || isVirtual(node)) visitCall(node)
    else if (!origin.usesJit && file.text[node.end - 1] === "`") {
      refused.add(node)
      const broken = escapeThatIsNone(ts, file, node.template)
      findings.push({ ...nameOf(node), message: broken === undefined ? notTheTag(node.tag.getText(file)) : notAnEscape(broken) })
    }
  }
  const isVirtual = ({ tag }: ts.TaggedTemplateExpression) => ts.isIdentifier(tag) && isVirtualName(tag.text)
  /** Calls with a mistake that is reported: what is made of their results needs no words of its own. */
  const refused = new Set<ts.Node>()
  const said = new Set<string>()
  const visitCall = (call: FormulaCall): void => {
    const before = findings.length
    const callee = calleeOf(call)
    if (isAccess(ts, callee) && makersOf(callee.expression).some((one) => refused.has(one))) {
      refused.add(call)
      return
    }
    checkCall(call)
    if (findings.length > before || isChecked(call)) refused.add(call)
  }
  /** Whether the checker refuses a call: itself, its callee, the name of its method, or something in its arguments. */
  const isChecked = (call: FormulaCall): boolean => refusalsOf(call).length > 0
  const refusalsOf = (call: FormulaCall) =>
    checked.filter(
      ({ start = -1 }) =>
        isAbout(ts, file, call, start) || start === nameOf(call).start || (calleeOf(call).end < start && start < call.end),
    )
  /** The calls that an expression is made by, as far as names of this file lead: for `f.sum()` that call, and the one that `f` is. */
  const makersOf = (expression: ts.Expression): readonly FormulaCall[] => {
    let inner = expression
    while (ts.isParenthesizedExpression(inner) || ts.isNonNullExpression(inner)) inner = inner.expression
    if (ts.isCallExpression(inner)) return [inner, ...(isAccess(ts, inner.expression) ? makersOf(inner.expression.expression) : [])]
    if (ts.isTaggedTemplateExpression(inner)) return [inner]
    if (isAccess(ts, inner)) return makersOf(inner.expression)
    const declaration = ts.isIdentifier(inner) ? checker.getSymbolAtLocation(inner)?.valueDeclaration : undefined
    if (!declaration || !ts.isVariableDeclaration(declaration) || declaration.getSourceFile() !== file) return []
    // `let f = f2(f)`
    return declaration.initializer && expression.pos > declaration.end ? makersOf(declaration.initializer) : []
  }
  /** The name of a variable without a literal dimension, among the terms of the calls that made what a call reduces. */
  const looseVariable = (call: FormulaCall): string | undefined => {
    for (const term of makersOf(call).flatMap((made) => [...handedTo(ts, made)])) {
      const type = typeOf(term)
      for (const one of membersOf(checker.getBaseConstraintOfType(type) ?? type)) {
        const [name, , dim] = argumentsOf(checker, one, "Variable", origin.owns) ?? []
        if (name?.isStringLiteral() && !dim?.isNumberLiteral()) return name.value
      }
    }
    return undefined
  }
  const checkCall = (call: FormulaCall): void => {
    const type = typeOf(call)
    const isFormula = argumentsOf(checker, type, "Formula", origin.owns) !== undefined
    const results = membersOf(type).map((one) => madeBy(checker, one, origin.owns))
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
    const refusals = refusalsOf(call)
    for (const { start = -1 } of refusals) blockers.add(start)
    if (refusals.length > 0) return
    if (isFormula) addFormula(call, type)
    else if (!keepsReceiver(call, type)) addReduction(call, reduction!, results.length > 1 || isChoice(call))
  }
  /** Says what is wrong with the terms of `keops`, by their names. */
  const termErrors = (call: FormulaCall): boolean =>
    termsOf(ts, call).filter((term) => {
      // The checker points at what parentheses hold.
      let inner = term
      while (ts.isParenthesizedExpression(inner)) inner = inner.expression
      const [start, end] = [inner.getStart(file), inner.end]
      const diagnostic = checked.find((one) => one.start === start && isCoarse(one))
      const sentence = diagnostic && sentenceOf(context, file, diagnostic)?.text
      if (sentence !== undefined) {
        const isForJit = origin.usesJit && isNumber(checker.getTypeAtLocation(term))
        findings.push({ call, replaces: true, start, end, message: isForJit ? undefined : ofTerm(sentence, inner.getText(file)) })
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
  const isChoice = (call: FormulaCall): boolean => {
    const callee = calleeOf(call)
    return membersOf(typeOf(isAccess(ts, callee) ? callee.expression : callee)).length > 1
  }
  /** The members of a union, or the type alone; not those that stand for a mistake, as a type that depends on a type parameter has them. */
  const membersOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types.filter((one) => !isLoose(one)) : [type])
  const isLoose = (type: ts.Type): boolean => "target" in type && checker.getTypeArguments(type as ts.TypeReference).some(isAny)
  /** The type, without undefined and null: `f?.sum()`. */
  const typeOf = (expression: ts.Expression): ts.Type => checker.getNonNullableType(checker.getTypeAtLocation(expression))
  const addFormula = (call: FormulaCall, type: ts.Type): void => {
    const property = type.getProperty("dim")
    const dim = property && checker.getTypeOfSymbolAtLocation(property, call)
    if (dim?.isNumberLiteral()) extras.set(call, { formula: { tskeops: ARTIFACT_VERSION, dim: dim.value } })
  }
  const addReduction = (call: FormulaCall, made: Made, oneOfSeveral: boolean): void => {
    const place = nameOf(call)
    const read = oneOfSeveral ? { unknown: undefined } : readRequest(ts, checker, made)
    if ("isReported" in read) return
    if ("unknown" in read) {
      if (origin.usesJit) return
      const variable = looseVariable(call)
      const what = variable === undefined ? read.unknown : parts.dimension(variable)
      const message = what === undefined ? notOne() : notLiteral(what)
      // One variable may be in many formulas of a function.
      const key = `${outermost(call).pos} ${message}`
      if (what?.startsWith(parts.dimension("")) && said.has(key)) refused.add(call)
      else findings.push({ ...place, message })
      said.add(key)
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
  /** The outermost function that holds a node, or the file. */
  const outermost = (node: ts.Node): ts.Node => {
    let found: ts.Node = file
    for (let at = node.parent; at !== undefined; at = at.parent) if (ts.isFunctionLike(at)) found = at
    return found
  }
  const nameOf = (call: FormulaCall) => {
    const expression = calleeOf(call)
    const callee = ts.isPropertyAccessExpression(expression) ? expression.name : expression
    return { call, start: callee.getStart(file), end: callee.end, replaces: false }
  }
  const formulaError = (call: FormulaCall, lists: boolean): Finding | undefined => {
    const mistake = formulaOf(context, origin.owns, call, lists)?.check()
    if (mistake === undefined) return undefined
    const { start, end, message, term } = mistake
    return { call, replaces: true, start, end, message: term !== undefined && mistakes.has(term) ? undefined : message }
  }
  /** `reduction.with(options)` is the reduction that it was: it has its artifact already. */
  const keepsReceiver = (call: FormulaCall, type: ts.Type): boolean => {
    const callee = calleeOf(call)
    return isAccess(ts, callee) && typeOf(callee.expression) === type
  }

  visit(file)
  return { extras, pure, findings, blockers }
}

/** Whether a pure call is part of a longer one: that is said once for a chain of calls. */
export const isLink = (ts: Compiler, { pure }: Analysis, call: ts.Node): boolean =>
  isAccess(ts, call.parent) && pure.has(call.parent.parent)

/** Whether a place is the call, its callee or one of its arguments, and not something within these. */
export function isAbout(ts: Compiler, file: ts.SourceFile, call: FormulaCall, start: number): boolean {
  return isAboutFormula(ts, file, call, start) || handedTo(ts, call).some((node) => node.getStart(file) === start)
}

/** Likewise, but of the arguments only the formula: its text, or one of its pieces. */
export function isAboutFormula(ts: Compiler, file: ts.SourceFile, call: FormulaCall, start: number): boolean {
  const [first] = handedTo(ts, call)
  return [call, calleeOf(call), ...(first ? [first] : []), ...(piecesOf(ts, call) ?? [])].some((node) => node.getStart(file) === start)
}
