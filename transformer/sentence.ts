// The sentence in a diagnostic of the checker. Our types expect the sentence itself, or `Mistake<"the sentence">`, in the place of what is wrong.
import type ts from "typescript"
import type { Compiler, Context } from "./context.ts"

/** What a diagnostic of the checker says in our words. */
export interface Sentence {
  readonly text: string
  /** `Mistake` carries it: it is ours wherever it is. */
  readonly isMistake: boolean
}

/**
 * Read from the type that the checker expected where the diagnostic starts, so that its language does not matter. Where the checker has another
 * type for that place by now (a call with several signatures), from the text of the diagnostic.
 */
export function sentenceOf(context: Context, file: ts.SourceFile, diagnostic: ts.Diagnostic): Sentence | undefined {
  for (const type of expectedAt(context, file, diagnostic.start ?? -1)) {
    const found = sentenceIn(context.program.getTypeChecker().getNonNullableType(type))
    if (found) return found
  }
  return quoted(context.ts, diagnostic)
}

/** The types that the checker expected of the expressions that start at a place, and of `this` in the calls of their methods. */
function* expectedAt({ ts, program }: Context, file: ts.SourceFile, start: number): Generator<ts.Type> {
  const checker = program.getTypeChecker()
  for (let node: ts.Node | undefined = file; node; ) {
    if (node.getStart(file) === start) {
      const value = ts.isPropertyAssignment(node) ? node.initializer : node
      const expected = ts.isExpression(value) ? checker.getContextualType(value) : undefined
      if (expected) yield expected
      const signature = ts.isCallExpression(node) ? checker.getResolvedSignature(node) : undefined
      const { thisParameter } = (signature ?? {}) as { readonly thisParameter?: ts.Symbol }
      if (thisParameter) yield checker.getTypeOfSymbol(thisParameter)
    }
    node = ts.forEachChild(node, (child) => (child.getStart(file) <= start && start < child.end ? child : undefined))
  }
}

/** The sentence that a type is, or that a member of it carries. */
function sentenceIn(type: ts.Type): Sentence | undefined {
  if (type.isStringLiteral() && type.value.includes(" ")) return { text: type.value, isMistake: false }
  return mistakeIn(type)
}

function mistakeIn(type: ts.Type): Sentence | undefined {
  if (type.isUnionOrIntersection()) {
    for (const member of type.types) {
      const found = mistakeIn(member)
      if (found) return found
    }
    return undefined
  }
  const [sentence] = type.getSymbol()?.name === "Mistake" ? ((type as ts.TypeReference).typeArguments ?? []) : []
  return sentence?.isStringLiteral() ? { text: sentence.value, isMistake: true } : undefined
}

/** The literal type, as it is printed, that a diagnostic expected. */
function quoted(ts: Compiler, { messageText }: ts.Diagnostic): Sentence | undefined {
  const text = ts.flattenDiagnosticMessageText(messageText, "\n")
  const mistake = /Mistake<("(?:[^"\\]|\\.)*")>/.exec(text)?.[1]
  const literal = mistake ?? /type '("(?:[^"\\]|\\.)* (?:[^"\\]|\\.)*")'\.$/.exec(text)?.[1]
  return literal === undefined ? undefined : { text: JSON.parse(literal), isMistake: mistake !== undefined }
}
