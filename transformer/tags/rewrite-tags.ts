// Rewrites `keops` tags to calls, keops`a${x}b` to keops(["a", "b"], x), in the syntax tree itself, before the checker sees it.
// Every position is kept, so that errors, declarations and source maps come out at the user's line and column.
import type ts from "typescript"
import type { Compiler, Context } from "../context.ts"
import { findTags } from "./find-tags.ts"
import { modulesOf } from "./imports.ts"
import { cut, declaredIn, escapeThatIsNone, literals, type Reference } from "./template-pieces.ts"

/** Files that have been seen: watch mode hands the same trees to program after program. */
const seen = new WeakMap<ts.SourceFile, ReadonlySet<ts.Node>>()

/** The calls of a file that were tags; rewrites them the first time. */
export function rewrite(context: Context, file: ts.SourceFile): ReadonlySet<ts.Node> {
  const known = seen.get(file)
  if (known) return known
  const calls = new Set<ts.Node>()
  seen.set(file, calls)
  if (file.isDeclarationFile || !file.text.includes("`")) return calls
  findTags(modulesOf(context), file, (tag, parent) => {
    const call = toCall(context, file, tag)
    if (call === undefined) return
    putInPlace(parent, tag, call)
    calls.add(call)
  })
  return calls
}

function toCall({ ts }: Context, file: ts.SourceFile, tag: ts.TaggedTemplateExpression): ts.CallExpression | undefined {
  const { factory } = ts
  const { template } = tag
  const tokens = literals(ts, template)
  if (escapeThatIsNone(ts, file, template) !== undefined) return undefined
  const own = declaredIn(tokens)
  const pieces: ts.Expression[] = []
  const terms: ts.Expression[] = []
  tokens.forEach((token, index) => {
    for (const part of cut(file, token, own)) {
      if ("name" in part) terms.push(referred(ts, part, tag))
      else pieces.push(place(factory.createStringLiteral(part.text), part, tag))
    }
    const span = ts.isTemplateExpression(template) ? template.templateSpans[index] : undefined
    if (span) terms.push(span.expression)
  })
  const whole = { start: template.pos, end: template.end }
  const array = place(factory.createArrayLiteralExpression(pieces), whole, tag)
  place(array.elements, whole)
  const call = place(factory.createCallExpression(tag.tag, tag.typeArguments, [array, ...terms]), { start: tag.pos, end: tag.end }, tag)
  place(call.arguments, whole)
  return call
}

/** What a reference names, as if it were written as a term: parsed alone, and moved to its place. */
function referred(ts: Compiler, { name, start }: Reference, tag: ts.Node): ts.Expression {
  const [statement] = ts.createSourceFile("reference.ts", `(${name})`, ts.ScriptTarget.Latest).statements
  const move = (node: ts.Node): void => {
    ts.forEachChild(node, move, (nodes) => {
      place(nodes, { start: nodes.pos + start - 1, end: nodes.end + start - 1 })
      nodes.forEach(move)
    })
    const flags = node.flags
    place(node, { start: node.pos + start - 1, end: node.end + start - 1 }, tag)
    ;(node as { flags: ts.NodeFlags }).flags |= flags
  }
  const { expression } = (statement as ts.ExpressionStatement).expression as ts.ParenthesizedExpression
  move(expression)
  return expression
}

/** Gives a new node the place and the flags of parsed ones. */
function place<T extends ts.Node | ts.NodeArray<ts.Node>>(node: T, { start, end }: { start: number; end: number }, like?: ts.Node): T {
  const target = node as { pos: number; end: number; flags?: ts.NodeFlags }
  target.pos = start
  target.end = end
  if (like) target.flags = like.flags
  return node
}

/** Puts `next` where `old` is in `parent`. Parents are set here too: the binder sets them again, but a caller may have asked for them. */
function putInPlace(parent: ts.Node, old: ts.TaggedTemplateExpression, next: ts.CallExpression): void {
  const slots = parent as unknown as Record<string, unknown>
  for (const key of Object.keys(slots)) {
    if (key === "parent" || key === "original") continue
    const value = slots[key]
    if (value === old) slots[key] = next
    else if (Array.isArray(value)) {
      const index = value.indexOf(old)
      if (index >= 0) value[index] = next
    }
  }
  const adopt = (node: ts.Node, by: ts.Node) => {
    ;(node as { parent: ts.Node }).parent = by
  }
  adopt(next, parent)
  adopt(next.expression, next)
  for (const argument of next.arguments) adopt(argument, next)
  for (const piece of (next.arguments[0] as ts.ArrayLiteralExpression).elements) adopt(piece, next.arguments[0]!)
}
