// Which names are declared in a scope, read off the syntax: the tags are rewritten before the checker has bound anything.
import type ts from "typescript"
import type { Compiler } from "../context.ts"

/** Whether one of the `ancestors` of a node (outermost first, the file first) declares `name` again, so that it is not the file's import. */
export function isShadowed(ts: Compiler, name: string, ancestors: readonly ts.Node[]): boolean {
  return ancestors.some((node) => !ts.isSourceFile(node) && declares(ts, node, name))
}

function declares(ts: Compiler, scope: ts.Node, name: string): boolean {
  if (ts.isFunctionLike(scope)) {
    if (scope.parameters.some((parameter) => binds(ts, parameter.name, name))) return true
    if (ts.isFunctionExpression(scope) && scope.name?.text === name) return true
    const body = (scope as ts.FunctionLikeDeclaration).body
    return body !== undefined && hoists(ts, body, name)
  }
  if (ts.isClassLike(scope)) return scope.name?.text === name
  if (ts.isClassStaticBlockDeclaration(scope)) return hoists(ts, scope.body, name)
  if (ts.isBlock(scope) || ts.isModuleBlock(scope)) return scope.statements.some((s) => states(ts, s, name)) || hoistsIn(ts, scope, name)
  if (ts.isCaseBlock(scope)) return scope.clauses.some((clause) => clause.statements.some((s) => states(ts, s, name)))
  if (ts.isForStatement(scope) || ts.isForInStatement(scope) || ts.isForOfStatement(scope))
    return scope.initializer !== undefined && lists(ts, scope.initializer, name)
  if (ts.isCatchClause(scope)) return scope.variableDeclaration !== undefined && binds(ts, scope.variableDeclaration.name, name)
  return false
}

/** A namespace's own `var`s are its own; a block's belong to the function, which is asked itself. */
function hoistsIn(ts: Compiler, scope: ts.Node, name: string): boolean {
  return ts.isModuleBlock(scope) && hoists(ts, scope, name)
}

function states(ts: Compiler, statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement)) return lists(ts, statement.declarationList, name)
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement))
    return statement.name?.text === name
  if (ts.isModuleDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) return statement.name.text === name
  return false
}

function lists(ts: Compiler, node: ts.Node, name: string): boolean {
  return ts.isVariableDeclarationList(node) && node.declarations.some((declaration) => binds(ts, declaration.name, name))
}

function binds(ts: Compiler, binding: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(binding)) return binding.text === name
  return binding.elements.some((element) => ts.isBindingElement(element) && binds(ts, element.name, name))
}

/** Whether a `var` anywhere in a function's body, functions and classes within it apart, declares the name. */
function hoists(ts: Compiler, node: ts.Node, name: string): boolean {
  const visit = (child: ts.Node): boolean | undefined => {
    if (ts.isFunctionLike(child) || ts.isClassLike(child)) return undefined
    if (ts.isVariableDeclarationList(child) && !(child.flags & ts.NodeFlags.BlockScoped) && lists(ts, child, name)) return true
    return ts.forEachChild(child, visit)
  }
  return ts.forEachChild(node, visit) === true
}
