// What the transformer writes into a module: each distinct artifact once, and at each call a reference to it as the last argument.
import type ts from "typescript"
import type { Built } from "../src/artifact/artifact.ts"
import { onlyTargets, type Target } from "../src/artifact/targets.ts"
import { type Analysis, isLink } from "./analyse-file.ts"
import { nameOf } from "./artifact-name.ts"
import type { Compiler } from "./context.ts"
import { toExpression } from "./json-to-ast.ts"

/** A `before` transformer. `rewritten` are the calls that were tags: their pieces have places of the template, and would be printed from there. */
export function insertArtifacts(
  ts: Compiler,
  analysisOf: (file: ts.SourceFile) => Analysis,
  rewrittenOf: (file: ts.SourceFile) => ReadonlySet<ts.Node>,
  targets?: readonly Target[],
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const { factory } = context
    const analysis = analysisOf(file)
    const { extras, pure } = analysis
    const rewritten = rewrittenOf(file)
    if (extras.size === 0 && pure.size === 0 && rewritten.size === 0) return file
    const constants = new Map<string, { readonly name: ts.Identifier; readonly value: Built }>()

    const reference = (artifact: Built): ts.Identifier => {
      const wanted = nameOf(artifact)
      const known = constants.get(wanted)
      if (known) return known.name
      const name = factory.createUniqueName(wanted, ts.GeneratedIdentifierFlags.Optimistic | ts.GeneratedIdentifierFlags.FileLevel)
      constants.set(wanted, { name, value: artifact })
      return name
    }
    const visit = (node: ts.Node): ts.Node => {
      const visited = ts.visitEachChild(node, visit, context)
      if (!ts.isCallExpression(visited)) return visited
      const extra = extras.get(node)
      if (extra === undefined && !rewritten.has(node)) return annotate(visited, node)
      const [first, ...others] = visited.arguments
      const before =
        rewritten.has(node) && first ? [withoutPlaces(factory, first as ts.ArrayLiteralExpression), ...others] : visited.arguments
      const added =
        extra === undefined
          ? []
          : ["artifact" in extra ? reference(onlyTargets(extra.artifact, targets)) : toExpression(factory, extra.formula)]
      return annotate(factory.updateCallExpression(visited, visited.expression, visited.typeArguments, [...before, ...added]), node)
    }
    /** Says that a call is pure, once for a chain of calls. */
    const annotate = (call: ts.CallExpression, original: ts.Node): ts.CallExpression => {
      if (!pure.has(original) || isLink(ts, analysis, original)) return call
      return ts.addSyntheticLeadingComment(call, ts.SyntaxKind.MultiLineCommentTrivia, " @__PURE__ ")
    }
    const result = ts.visitEachChild(file, visit, context)
    const declarations = [...constants.values()].map(({ name, value }) =>
      factory.createVariableStatement(
        undefined,
        factory.createVariableDeclarationList(
          [factory.createVariableDeclaration(name, undefined, undefined, toExpression(factory, value))],
          ts.NodeFlags.Const,
        ),
      ),
    )
    const { statements } = result
    const head = statements.findIndex((statement) => !ts.isImportDeclaration(statement) && !isPrologue(ts, statement))
    const at = head < 0 ? statements.length : head
    return factory.updateSourceFile(
      result,
      ts.setTextRange(factory.createNodeArray([...statements.slice(0, at), ...declarations, ...statements.slice(at)]), statements),
    )
  }
}

function isPrologue(ts: Compiler, statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression)
}

function withoutPlaces(factory: ts.NodeFactory, pieces: ts.ArrayLiteralExpression): ts.Expression {
  return factory.createArrayLiteralExpression(pieces.elements.map((piece) => factory.createStringLiteral((piece as ts.StringLiteral).text)))
}
