// Finds the objects of a configuration in the tree of its file, through the usual wrappings.
import type { Node } from "@babel/types"

export type { Node }

/** What a file exports: its default, or what it assigns to `module.exports`. */
export function exported(body: readonly Node[]): Node | undefined {
  for (const statement of body) {
    if (statement.type === "ExportDefaultDeclaration") return statement.declaration
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue
    if (calleeOf(statement.expression.left) === "module.exports") return statement.expression.right
  }
  return undefined
}

/** The objects that an expression stands for: itself, what `defineConfig` is given, what a function returns, each of a list, a constant's value. */
export function objectsOf(node: Node | null | undefined, body: readonly Node[]): readonly Node[] | undefined {
  if (!node) return undefined
  if (node.type === "ObjectExpression") return own(node, body)
  if (node.type === "ArrayExpression") return all(node.elements, body)
  if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression" || node.type === "ParenthesizedExpression")
    return objectsOf(node.expression, body)
  if (node.type === "CallExpression") return /^define/.test(calleeOf(node.callee)) ? objectsOf(node.arguments[0], body) : undefined
  if (node.type === "Identifier") return objectsOf(constant(node.name, body), body)
  if (node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression" || node.type === "FunctionDeclaration") {
    if (node.body.type !== "BlockStatement") return objectsOf(node.body, body)
    const returns = node.body.body.filter((statement) => statement.type === "ReturnStatement")
    return returns.length === 1 ? objectsOf(returns[0]!.argument, [...body, ...node.body.body]) : undefined
  }
  return undefined
}

/** An object; or, where it takes its plugins from others that it spreads, those. */
function own(node: Extract<Node, { readonly type: "ObjectExpression" }>, body: readonly Node[]): readonly Node[] | undefined {
  const spreads = node.properties.flatMap((property) => (property.type === "SpreadElement" ? [property.argument] : []))
  const hasPlugins = node.properties.some((property) => property.type === "ObjectProperty" && nameOf(property.key) === "plugins")
  return hasPlugins || spreads.length === 0 ? [node] : all(spreads.slice(0, 1), body)
}

/** Of a property. */
export const nameOf = (key: Node): string | undefined =>
  key.type === "Identifier" ? key.name : key.type === "StringLiteral" ? key.value : undefined

function all(nodes: readonly (Node | null)[], body: readonly Node[]): readonly Node[] | undefined {
  const found = nodes.map((node) => objectsOf(node, body))
  return found.includes(undefined) ? undefined : found.flatMap((each) => each ?? [])
}

/** The first arguments of all calls of these names. */
export function callsOf(body: readonly Node[], names: readonly string[]): readonly Node[] | undefined {
  const found: (readonly Node[] | undefined)[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isNode(value)) return
    if (value.type === "CallExpression" && names.includes(calleeOf(value.callee))) found.push(objectsOf(value.arguments[0], body))
    for (const each of Object.values(value)) visit(each)
  }
  visit(body)
  return found.includes(undefined) ? undefined : [...new Set(found.flatMap((each) => each ?? []))]
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value && "start" in value

/** `a.b` or `a`; "" for anything else. */
function calleeOf(node: Node): string {
  if (node.type === "Identifier") return node.name
  if (node.type !== "MemberExpression" || node.computed) return ""
  return `${calleeOf(node.object)}.${calleeOf(node.property)}`
}

function constant(name: string, body: readonly Node[]): Node | null | undefined {
  for (const statement of body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement
    if (declaration?.type === "FunctionDeclaration" && declaration.id?.name === name) return declaration
    if (declaration?.type !== "VariableDeclaration") continue
    const found = declaration.declarations.find(({ id }) => id.type === "Identifier" && id.name === name)
    if (found) return found.init
  }
  return undefined
}
