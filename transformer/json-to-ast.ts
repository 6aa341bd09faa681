// Data as an expression: what JSON can hold, written into the syntax tree.
import type ts from "typescript"

export function toExpression(factory: ts.NodeFactory, value: unknown): ts.Expression {
  if (value === null || value === undefined) return factory.createNull()
  if (typeof value === "string") return factory.createStringLiteral(value)
  if (typeof value === "boolean") return value ? factory.createTrue() : factory.createFalse()
  if (typeof value === "number") {
    const literal = factory.createNumericLiteral(Math.abs(value))
    return value < 0 ? factory.createPrefixMinus(literal) : literal
  }
  if (Array.isArray(value)) return factory.createArrayLiteralExpression(value.map((item) => toExpression(factory, item)))
  const entries = Object.entries(value as Record<string, unknown>).filter(([, item]) => item !== undefined)
  return factory.createObjectLiteralExpression(
    entries.map(([key, item]) =>
      factory.createPropertyAssignment(isName(key) ? key : factory.createStringLiteral(key), toExpression(factory, item)),
    ),
  )
}

function isName(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key)
}
