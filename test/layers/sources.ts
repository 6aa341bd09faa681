// Reads the source files of the project and what each imports. It judges nothing.
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, posix } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..")

export interface Source {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
}

export interface Import {
  readonly from: string
  /** The imported file, from the root, or the package's name. */
  readonly to: string
  readonly typeOnly: boolean
  readonly line: number
}

export function sources(...folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(c?tsx?|js)$/.test(file) && !file.includes("node_modules"))
      .sort()
      .map((file) => {
        const path = posix.join(folder, file.replaceAll("\\", "/"))
        const text = readFileSync(join(root, path), "utf8")
        return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
      }),
  )
}

export function imports({ path, tree }: Source): Import[] {
  const found: Import[] = []
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return
    const to = specifier.text.startsWith(".") ? posix.join(posix.dirname(path), specifier.text) : specifier.text
    found.push({ from: path, to, typeOnly, line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, onlyTypes(node.importClause))
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly || allTypes(node.exportClause))
    else if (ts.isImportTypeNode(node)) add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true)
    else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
      add(node, node.moduleReference.expression, node.isTypeOnly)
    else if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === "require"))
      add(node, node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false
  if (clause.isTypeOnly) return true
  return clause.name === undefined && allTypes(clause.namedBindings)
}

function allTypes(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (bindings === undefined || !(ts.isNamedImports(bindings) || ts.isNamedExports(bindings))) return false
  return bindings.elements.length > 0 && bindings.elements.every((each) => each.isTypeOnly)
}
