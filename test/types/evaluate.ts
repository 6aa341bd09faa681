// Evaluates type expressions by the compiler, all in one program.
import { join } from "node:path"
import ts from "typescript"
import { programs } from "../support/program.ts"

const file = join(import.meta.dirname, "evaluated.ts")
const programOf = programs({ types: [] })

/** A string or number literal as itself, `Wrong` as its sentence, a tuple as an array, anything else as it prints. */
export type Value = string | number | readonly Value[]

/** The values of `expressions`, after `head` (imports, declarations), which are in a file of this folder. */
export function evaluate(head: string, expressions: readonly string[]): readonly Value[] {
  const source = `${head}\n${expressions.map((expression, n) => `export type Value${n} = ${expression}`).join("\n")}\n`
  const { program } = programOf(file, source)
  const checker = program.getTypeChecker()
  const root = program.getSourceFile(file)!
  const errors = program.getSemanticDiagnostics(root).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))
  if (errors.length > 0) throw new Error(errors.join("\n"))
  const value = (type: ts.Type): Value => {
    if (checker.isTupleType(type)) return checker.getTypeArguments(type as ts.TypeReference).map(value)
    const sentence = type.getProperty("sentence")
    const literal = sentence ? checker.getTypeOfSymbol(sentence) : type
    return literal.isStringLiteral() || literal.isNumberLiteral() ? literal.value : checker.typeToString(literal)
  }
  return root.statements
    .filter(ts.isTypeAliasDeclaration)
    .filter(({ name }) => /^Value\d+$/.test(name.text))
    .map((alias) => value(checker.getTypeAtLocation(alias.name)))
}
