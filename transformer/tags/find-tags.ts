// The templates of a file whose tag is `keops` of tskeops, read off the syntax: nothing is bound yet when they are looked for.
import type ts from "typescript"
import { imports, isTag, type Modules } from "./imports.ts"
import { isShadowed } from "./scope.ts"

/** Calls `found` for each tagged template and its parent, inner ones first: a term may be a tag itself. */
export function findTags(modules: Modules, file: ts.SourceFile, found: (tag: ts.TaggedTemplateExpression, parent: ts.Node) => void): void {
  if (file.isDeclarationFile || !file.text.includes("`")) return
  const { ts } = modules
  const locals = imports(ts, file)
  if (locals.size === 0) return

  const ancestors: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    ancestors.push(node)
    ts.forEachChild(node, visit)
    ancestors.pop()
    if (ts.isTaggedTemplateExpression(node) && means(node.tag)) found(node, ancestors[ancestors.length - 1]!)
  }
  const means = (tag: ts.Expression): boolean => {
    const inner = withoutParentheses(ts, tag)
    const [name, member] = ts.isPropertyAccessExpression(inner) ? [inner.expression, inner.name.text] : [inner, undefined]
    if (!ts.isIdentifier(name)) return false
    const local = locals.get(name.text)
    return local !== undefined && isTag(modules, file, local, member) && !isShadowed(ts, name.text, ancestors)
  }
  visit(file)
}

export function withoutParentheses(ts: Modules["ts"], expression: ts.Expression): ts.Expression {
  let inner = expression
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression
  return inner
}
