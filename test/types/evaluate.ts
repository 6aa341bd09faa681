// What types come to: expressions of types evaluated by the compiler, all in one program.
import { join } from "node:path"
import ts from "typescript"

const file = join(import.meta.dirname, "evaluated.ts")
const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  types: [],
}
/** Files that have been read: they are parsed and bound once, whatever number of programs they are part of. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** A string or number literal as itself, `Wrong` as its sentence, a tuple as an array, anything else as it prints. */
export type Value = string | number | readonly Value[]

/** The values of `expressions`, after `head` (imports, declarations), which stands in a file of this folder. */
export function evaluate(head: string, expressions: readonly string[]): readonly Value[] {
  const source = `${head}\n${expressions.map((expression, n) => `export type Value${n} = ${expression}`).join("\n")}\n`
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.getSourceFile = (name, ...rest) => {
    if (name === file) return ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true)
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, ...rest))
    return parsed.get(name)
  }
  host.fileExists = (name) => name === file || fileExists(name)
  const program = ts.createProgram([file], options, host)
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
