// The sentences of the message files as templates, with … where a sentence names something of the user's. Read from the source, so that a page
// can be compared with all of them.
import ts from "typescript"
import { type Source, sources } from "../layers/sources.ts"

const HOLE = "…"
type Callable = ts.FunctionDeclaration | ts.ArrowFunction
type Scope = ReadonlyMap<string, readonly string[]>

/** Parts of sentences, what puts one around another, and what is no error; in lower case. */
const parts =
  /^(arguments|ofterm|ofmeaning|ofgradient|ofrows|located|indefinition|operatormissing|operatorexpected|operandexpected|leaveout|afterlist|reason.*)$/

const messageFiles = (): readonly Source[] => [
  ...sources("src/messages"),
  ...sources("transformer").filter(({ path }) => path === "transformer/messages.ts"),
]

/** The functions and the constant texts of a file, by name. */
function declared({ tree }: Source): ReadonlyMap<string, { readonly value: ts.Node; readonly exported: boolean }> {
  const found = new Map<string, { value: ts.Node; exported: boolean }>()
  for (const statement of tree.statements) {
    const exported =
      ts.canHaveModifiers(statement) && (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
    if (ts.isFunctionDeclaration(statement)) found.set(statement.name!.text, { value: statement, exported })
    if (ts.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations)
        if (initializer) found.set(name.getText(), { value: initializer, exported })
  }
  return found
}

const isCallable = (node: ts.Node): node is Callable => ts.isFunctionDeclaration(node) || ts.isArrowFunction(node)
const joined = (lists: readonly (readonly string[])[]) =>
  lists.reduce((all, list) => all.flatMap((text) => list.map((next) => text + next)), [""])

/** Every way in which an expression can read. */
class Reader {
  readonly #known: ReturnType<typeof declared>
  constructor(source: Source) {
    this.#known = declared(source)
  }

  read(node: ts.Node, scope: Scope): readonly string[] {
    if (ts.isStringLiteralLike(node)) return [node.text]
    if (ts.isParenthesizedExpression(node)) return this.read(node.expression, scope)
    if (ts.isIdentifier(node)) return scope.get(node.text) ?? this.#constant(node.text)
    if (ts.isTemplateExpression(node))
      return joined([[node.head.text], ...node.templateSpans.flatMap((span) => [this.read(span.expression, scope), [span.literal.text]])])
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return joined([this.read(node.left, scope), this.read(node.right, scope)])
    if (ts.isConditionalExpression(node)) return this.#either(node, scope)
    return ts.isCallExpression(node) ? this.#call(node, scope) : [HOLE]
  }

  result(callable: Callable, given: Scope = new Map()): readonly string[] {
    const body = callable.body!
    if (!ts.isBlock(body)) return this.read(body, given)
    const scope = new Map(given)
    const found: string[] = []
    for (const statement of body.statements) {
      if (ts.isVariableStatement(statement))
        for (const { name, initializer } of statement.declarationList.declarations)
          scope.set(name.getText(), this.read(initializer!, scope))
      if (ts.isReturnStatement(statement)) found.push(...this.read(statement.expression!, scope))
      if (ts.isIfStatement(statement) && ts.isReturnStatement(statement.thenStatement))
        found.push(...this.read(statement.thenStatement.expression!, scope))
    }
    return found
  }

  #constant(name: string): readonly string[] {
    const { value } = this.#known.get(name) ?? {}
    return value && ts.isStringLiteralLike(value) ? [value.text] : [HOLE]
  }

  /** Endings of words and the like are left open. */
  #either({ whenTrue, whenFalse }: ts.ConditionalExpression, scope: Scope): readonly string[] {
    const ways = [...this.read(whenTrue, scope), ...this.read(whenFalse, scope)]
    return ways.every((text) => text.length < 24) ? [HOLE] : ways
  }

  #call({ expression, arguments: args }: ts.CallExpression, scope: Scope): readonly string[] {
    const callee = this.#known.get(expression.getText())
    if (callee === undefined || callee.exported || !isCallable(callee.value)) return [HOLE]
    const given = callee.value.parameters.map(({ name }, at) => [name.getText(), args[at] ? this.read(args[at], scope) : [HOLE]] as const)
    return this.result(callee.value, new Map(given))
  }
}

/** Each sentence by the name of its function, in lower case: every way in which it can read. */
export function sentences(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const source of messageFiles()) {
    const reader = new Reader(source)
    for (const [name, { value, exported }] of declared(source)) {
      const key = name.toLowerCase()
      if (!exported || !isCallable(value) || parts.test(key)) continue
      const ways = reader.result(value).map((text) => text.replaceAll(/\s+/g, " ").replaceAll(/…+/g, HOLE))
      found.set(key, [...new Set([...(found.get(key) ?? []), ...ways])])
    }
  }
  return found
}
