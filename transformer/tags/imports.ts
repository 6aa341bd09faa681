// Where a name comes from: which identifiers of a file mean `keops` of tskeops, and in which folder tskeops lies. By binding, not by spelling.
import type ts from "typescript"
import { type Compiler, type Context, resolvedFileName, specifiers } from "../context.ts"

const PACKAGE = "tskeops"
const JIT = "tskeops/jit"
const TAG = "keops"

/** An import of a file: the module's specifier, and the exported name, or `*` for all of them. */
interface Import {
  readonly specifier: ts.StringLiteralLike
  readonly name: string
}

/** Where the names that a file imports come from: asked of a program, or before there is one. */
export interface Modules {
  readonly ts: Compiler
  /** The name of the file that an import's specifier means. */
  resolve(specifier: ts.StringLiteralLike, file: ts.SourceFile): string | undefined
  fileOf(name: string): ts.SourceFile | undefined
}

export function modulesOf(context: Context): Modules {
  return {
    ts: context.ts,
    resolve: (specifier, file) => resolvedFileName(context, specifier, file),
    fileOf: (name) => context.program.getSourceFile(name),
  }
}

/** What the imports of a file call their names. Imports of types are left out: they cannot be tags. */
export function imports(ts: Compiler, file: ts.SourceFile): ReadonlyMap<string, Import> {
  const found = new Map<string, Import>()
  for (const statement of file.statements) {
    if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) {
      const specifier = statement.moduleReference.expression
      if (ts.isStringLiteralLike(specifier)) found.set(statement.name.text, { specifier, name: "*" })
    }
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteralLike(statement.moduleSpecifier)) continue
    const { importClause: clause, moduleSpecifier: specifier } = statement
    if (clause === undefined || clause.isTypeOnly) continue
    if (clause.name) found.set(clause.name.text, { specifier, name: "default" })
    const bindings = clause.namedBindings
    if (bindings && ts.isNamespaceImport(bindings)) found.set(bindings.name.text, { specifier, name: "*" })
    if (bindings && ts.isNamedImports(bindings))
      for (const element of bindings.elements)
        if (!element.isTypeOnly) found.set(element.name.text, { specifier, name: (element.propertyName ?? element.name).text })
  }
  return found
}

/** Whether `local` (or `local.member`), a name that `file` imports, is the tag. Followed through files that export it again. */
export function isTag(modules: Modules, file: ts.SourceFile, local: Import, member?: string): boolean {
  if (member !== undefined) {
    if (local.name === "*") return exportsTag(modules, file, local.specifier, member, new Set())
    return false
  }
  return local.name !== "*" && exportsTag(modules, file, local.specifier, local.name, new Set())
}

function exportsTag(modules: Modules, from: ts.SourceFile, specifier: ts.StringLiteralLike, name: string, seen: Set<string>): boolean {
  if (specifier.text === PACKAGE) return name === TAG
  const { ts } = modules
  const fileName = modules.resolve(specifier, from)
  const file = fileName === undefined ? undefined : modules.fileOf(fileName)
  if (file === undefined || seen.has(`${file.fileName}:${name}`)) return false
  seen.add(`${file.fileName}:${name}`)
  const locals = imports(ts, file)
  return file.statements.some((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.isTypeOnly) return false
    const { exportClause: clause, moduleSpecifier: source } = statement
    const again = source && ts.isStringLiteralLike(source) ? source : undefined
    if (clause === undefined) return again !== undefined && exportsTag(modules, file, again, name, seen)
    if (!ts.isNamedExports(clause)) return false
    return clause.elements.some((element) => {
      if (element.isTypeOnly || element.name.text !== name) return false
      const inner = (element.propertyName ?? element.name).text
      if (again) return exportsTag(modules, file, again, inner, seen)
      const local = locals.get(inner)
      return local !== undefined && local.name !== "*" && exportsTag(modules, file, local.specifier, local.name, seen)
    })
  })
}

/** What the program knows of tskeops: the folders of its declarations (two where two versions are installed), and whether it uses the jit. */
export interface Origin {
  owns(declaration: ts.Node | undefined): boolean
  /** Whether the program imports tskeops at all. */
  readonly isUsed: boolean
  readonly usesJit: boolean
}

export function findOrigin(context: Context): Origin {
  const folders = new Set<string>()
  let usesJit = false
  for (const file of context.program.getSourceFiles()) {
    for (const specifier of specifiers(file)) {
      if (specifier.text === JIT) usesJit = true
      if (specifier.text !== PACKAGE) continue
      const fileName = resolvedFileName(context, specifier, file)
      if (fileName !== undefined) folders.add(fileName.slice(0, fileName.lastIndexOf("/") + 1))
    }
  }
  return {
    isUsed: folders.size > 0,
    usesJit,
    owns(declaration) {
      if (declaration === undefined) return false
      const { fileName } = declaration.getSourceFile()
      return [...folders].some((folder) => fileName.startsWith(folder))
    },
  }
}
