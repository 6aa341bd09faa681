// A project's files and options: those of its tsconfig.json; or, where it has none, all its files and the options that bundlers assume.
import { dirname, join } from "node:path"
import type ts from "typescript"
import type { Compiler } from "../../transformer/context.ts"

export interface Project {
  /** Of tsconfig.json, or where it would be. */
  readonly path: string
  readonly options: ts.CompilerOptions
  readonly fileNames: readonly string[]
  readonly errors: readonly ts.Diagnostic[]
  readonly projectReferences: readonly ts.ProjectReference[] | undefined
}

/** What a project without a tsconfig.json is compiled with. */
export const assumed = {
  compilerOptions: {
    target: "esnext",
    module: "preserve",
    moduleResolution: "bundler",
    jsx: "preserve",
    allowJs: true,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  },
  exclude: ["node_modules", "dist", "build", "out"],
}

/** Reads a tsconfig.json, or that of a folder. */
export function readProject(ts: Compiler, project: string): Project {
  const path = configOf(ts, project)
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} }
  if (!ts.sys.fileExists(path)) {
    const { options, fileNames, errors } = ts.parseJsonConfigFileContent(assumed, host, dirname(path))
    return { path, options, fileNames, errors, projectReferences: undefined }
  }
  const file = ts.readJsonConfigFile(path, ts.sys.readFile)
  const { options, fileNames, errors, projectReferences } = ts.parseJsonSourceFileConfigFileContent(
    file,
    host,
    dirname(path),
    undefined,
    path,
  )
  return { path, options: { ...options, configFilePath: path }, fileNames, errors, projectReferences }
}

function configOf(ts: Compiler, project: string): string {
  const path = ts.sys.resolvePath(project)
  return ts.sys.directoryExists(path) ? join(path, "tsconfig.json") : path
}
