// The public face as TypeScript sees it: what each entry exports, its docstrings and examples, and its declarations as they are published.
import { join } from "node:path"
import ts from "typescript"
import { root } from "../layers/sources.ts"

export const entries = { tskeops: "src/index.ts", "tskeops/jit": "src/jit/index.ts" } as const

const { config } = ts.readConfigFile(join(root, "tsconfig.build.json"), ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
const program = ts.createProgram(
  Object.values(entries).map((path) => join(root, path)),
  options,
)
const checker = program.getTypeChecker()

/** What an entry exports, by name; aliases resolved. */
export function exportsOf(entry: string): ReadonlyMap<string, ts.Symbol> {
  const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, entry))!)
  const symbols = module === undefined ? [] : checker.getExportsOfModule(module)
  return new Map(
    symbols
      .map((symbol) => [symbol.name, symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** A part of the public face that has a docstring, or should have one: an export, or a member or call signature of an exported interface or class. */
export interface Documented {
  readonly name: string
  readonly text: string
  readonly tags: readonly ts.JSDocTagInfo[]
}

export function documented(entry: string): readonly Documented[] {
  return [...exportsOf(entry)].flatMap(([name, symbol]) => [describe(name, symbol), ...membersOf(name, symbol)])
}

function membersOf(name: string, symbol: ts.Symbol): Documented[] {
  return (symbol.declarations ?? []).filter(isInterfaceOrClass).flatMap(({ members }) =>
    [...members].flatMap((member) => {
      if (isHidden(member)) return []
      if (ts.isCallSignatureDeclaration(member)) return describe(`${name}()`, checker.getSignatureFromDeclaration(member)!)
      if (ts.isConstructorDeclaration(member)) return describe(`new ${name}`, checker.getSignatureFromDeclaration(member)!)
      return describe(`${name}.${member.name!.getText()}`, checker.getSymbolAtLocation(member.name!)!)
    }),
  )
}

const isInterfaceOrClass = (node: ts.Node): node is ts.InterfaceDeclaration | ts.ClassDeclaration =>
  ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)

/** Private, for the runtime alone, or the key of a type that only types read. */
function isHidden(member: ts.TypeElement | ts.ClassElement): boolean {
  const { name } = member
  if (ts.getJSDocTags(member).some((tag) => tag.tagName.text === "internal")) return true
  return name !== undefined && (ts.isPrivateIdentifier(name) || name.getText() === "[declarations]")
}

function describe(name: string, of: ts.Symbol | ts.Signature): Documented {
  return { name, text: ts.displayPartsToString(of.getDocumentationComment(checker)), tags: of.getJsDocTags(checker as never) }
}

/** The docstring that an editor shows at a member of a type, by the member's name; of a type that an export of `src/index.ts` names. */
export function hovers(exported: string): ReadonlyMap<string, string> {
  const type = checker.getDeclaredTypeOfSymbol(exportsOf(entries.tskeops).get(exported)!)
  return new Map(
    checker.getPropertiesOfType(type).map((member) => [member.name, ts.displayPartsToString(member.getDocumentationComment(checker))]),
  )
}

/** The declarations of an entry's exports as they are published, without comments, and the types in them that it does not export. */
export function report(entry: string): string {
  const exported = exportsOf(entry)
  return [...exported].map(([name, symbol]) => section(name, symbol, new Set(exported.keys()))).join("\n")
}

const printer = ts.createPrinter({ removeComments: true })

function section(name: string, symbol: ts.Symbol, exported: ReadonlySet<string>): string {
  const file = published(symbol.declarations![0]!.getSourceFile())
  const statements = file.statements.filter((statement) => namesOf(statement).includes(symbol.name))
  const text = statements.map((statement) => printer.printNode(ts.EmitHint.Unspecified, statement, file)).join("\n")
  const local = new Set(file.statements.flatMap(namesOf))
  const used = new Set(statements.flatMap((statement) => referencesOf(statement)).filter((one) => local.has(one) && !exported.has(one)))
  const note = used.size === 0 ? "" : `\nNot exported: ${[...used].sort().join(", ")}\n`
  return `### ${name}\n\n\`\`\`ts\n${text}\n\`\`\`\n${note}`
}

const emitted = new Map<string, ts.SourceFile>()

/** A file's declarations as the build emits them. */
function published(source: ts.SourceFile): ts.SourceFile {
  const before = emitted.get(source.fileName)
  if (before) return before
  let text = ""
  const write = (path: string, content: string) => {
    if (path.endsWith(".d.ts")) text = content
  }
  program.emit(source, write, undefined, true)
  const file = ts.createSourceFile(source.fileName, text, ts.ScriptTarget.Latest, true)
  emitted.set(source.fileName, file)
  return file
}

/** The names that a statement declares or imports. */
function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText())
  if (ts.isImportDeclaration(statement)) {
    const bindings = statement.importClause?.namedBindings
    return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : []
  }
  const { name } = statement as ts.DeclarationStatement
  return name === undefined ? [] : [name.getText()]
}

function referencesOf(node: ts.Node): readonly string[] {
  const own =
    ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)
      ? [node.typeName.text]
      : ts.isExpressionWithTypeArguments(node)
        ? [node.expression.getText()]
        : []
  const inner: string[] = []
  ts.forEachChild(node, (child) => {
    inner.push(...referencesOf(child))
  })
  return [...own, ...inner]
}
