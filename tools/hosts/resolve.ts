// Where imports lead before there is a program: the virtual text of a file must be known for the program to be made of it.
import type ts from "typescript"
import type { Compiler } from "../../transformer/context.ts"
import { specifiers } from "../../transformer/context.ts"
import type { Modules } from "../../transformer/tags/imports.ts"

export interface ModuleFinder extends Modules {
  /** The files that all imports of a file lead to. */
  importsOf(file: ts.SourceFile): readonly string[]
  /** Forgets what was found: files have come or gone. */
  forget(): void
}

export function moduleFinder(
  ts: Compiler,
  options: () => ts.CompilerOptions,
  readFile: (file: string) => string | undefined,
): ModuleFinder {
  const host: ts.ModuleResolutionHost = { ...ts.sys, readFile }
  const makeCache = () => ts.createModuleResolutionCache(ts.sys.getCurrentDirectory(), (name) => name, options())
  let cache = makeCache()
  const resolve = (specifier: ts.StringLiteralLike, file: ts.SourceFile) => {
    const mode = ts.getModeForUsageLocation(file, specifier, options())
    return ts.resolveModuleName(specifier.text, file.fileName, options(), host, cache, undefined, mode).resolvedModule?.resolvedFileName
  }
  return {
    ts,
    resolve,
    fileOf(name) {
      const text = readFile(name)
      return text === undefined ? undefined : ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
    },
    importsOf: (file) => specifiers(file).flatMap((one) => resolve(one, file) ?? []),
    forget() {
      cache = makeCache()
    },
  }
}
