// TypeScript programs of one file that is not on disk. All other files are read, parsed and bound once, whatever number of programs they are
// part of.
import ts from "typescript"

export function programs(more: ts.CompilerOptions) {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    ...more,
  }
  const parsed = new Map<string, ts.SourceFile | undefined>()
  /** The program of `file` with this text, and its host. */
  return (file: string, source: string): { readonly program: ts.Program; readonly host: ts.CompilerHost } => {
    const host = ts.createCompilerHost(options)
    const { getSourceFile, fileExists } = host
    host.getSourceFile = (name, ...rest) => {
      if (name === file) return ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true)
      if (!parsed.has(name)) parsed.set(name, getSourceFile(name, ...rest))
      return parsed.get(name)
    }
    host.fileExists = (name) => name === file || fileExists(name)
    return { program: ts.createProgram([file], options, host), host }
  }
}
