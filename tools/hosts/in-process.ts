// TypeScript 5.9 and 6: their language service, in this process, over virtual texts. It keeps what has not changed from one question to the next.
import { dirname } from "node:path"
import type ts from "typescript"
import { analyseProgram, type ProgramAnalysis } from "../../transformer/analyse-program.ts"
import { type Compiler, type Context, isForeign } from "../../transformer/context.ts"
import { mayPassTagOn, type VirtualText, virtualText } from "../virtual/virtual-text.ts"
import type { Host, ModulePlan, Problem } from "./host.ts"
import { planOf } from "./module-plan.ts"
import { posix } from "./paths.ts"
import { problemsOf } from "./problems.ts"
import { readProject } from "./project.ts"
import { moduleFinder } from "./resolve.ts"

export interface InProcessOptions {
  readonly ts: Compiler
  /** A tsconfig.json, or a folder: then its tsconfig.json, or where there is none all its files. */
  readonly project: string
}

interface Text {
  readonly version: number
  readonly written: string
  readonly virtual: VirtualText | undefined
}

/** Opens a project with TypeScript 5.9 or 6. */
export function createInProcessHost({ ts, project }: InProcessOptions): Host {
  let config = readProject(ts, project)
  const texts = new Map<string, Text>()
  /** Texts that are not those on disk. */
  const given = new Map<string, string>()
  const versions = new Map<string, number>()
  let generation = 0

  const read = (file: string) => given.get(file) ?? ts.sys.readFile(file)
  const find = moduleFinder(ts, () => config.options, read)
  const textOf = (file: string): Text | undefined => {
    const version = versions.get(file) ?? 0
    const known = texts.get(file)
    if (known?.version === version) return known
    const written = read(file)
    if (written === undefined) return undefined
    const virtual = isScript(file) ? virtualText(find, ts.createSourceFile(file, written, ts.ScriptTarget.Latest, true)) : undefined
    const text = { version, written, virtual }
    texts.set(file, text)
    return text
  }
  const service = ts.createLanguageService(
    {
      getCompilationSettings: () => config.options,
      getScriptFileNames: () => [...config.fileNames],
      getProjectReferences: () => config.projectReferences,
      getScriptVersion: (file) => `${versions.get(file) ?? 0}`,
      getProjectVersion: () => `${generation}`,
      getScriptSnapshot: (file) => {
        const text = textOf(file)
        return text && ts.ScriptSnapshot.fromString(text.virtual?.text ?? text.written)
      },
      getCurrentDirectory: () => dirname(config.path),
      getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
      fileExists: (file) => given.has(file) || ts.sys.fileExists(file),
      readFile: read,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    },
    ts.createDocumentRegistry(),
  )

  let current: { readonly context: Context; readonly analysis: ProgramAnalysis } | undefined
  /** The program as it is now, and what is known of it. */
  const now = () => {
    const program = service.getProgram()!
    if (current?.context.program !== program) {
      const context: Context = { ts, program, options: {} }
      current = { context, analysis: analyseProgram(context, (file) => program.getSemanticDiagnostics(file)) }
    }
    return current
  }
  const isOwn = (file: ts.SourceFile) => !file.isDeclarationFile && !isForeign(file.fileName)
  const ownFiles = () => {
    const { program } = now().context
    return program.getSourceFiles().filter((file) => isOwn(file))
  }
  const semantic = (file: ts.SourceFile): readonly Problem[] => {
    const { context, analysis } = now()
    const checked = [...context.program.getSyntacticDiagnostics(file), ...context.program.getSemanticDiagnostics(file)]
    return problemsOf(ts, analysis.withOurs(file, checked), textOf)
  }
  return {
    version: ts.version,
    files: () => ownFiles().map(({ fileName }) => fileName),
    changed(path, text) {
      const file = posix(path)
      if (text !== undefined && (given.get(file) ?? textOf(file)?.written) === text) return
      if (text === undefined) given.delete(file)
      else given.set(file, text)
      const before = texts.get(file)?.written
      const others = [before, read(file)].some(mayPassTagOn) ? texts.keys() : []
      for (const one of new Set([file, ...others])) versions.set(one, (versions.get(one) ?? 0) + 1)
      generation++
      // A file that is new, or gone, or the configuration itself.
      const isKnown = current?.context.program.getSourceFile(file) !== undefined
      if (isKnown && ts.sys.fileExists(file)) return
      find.forget()
      config = readProject(ts, project)
    },
    plan(path): ModulePlan | undefined {
      const { context, analysis } = now()
      const file = context.program.getSourceFile(posix(path))
      if (file === undefined || !isOwn(file)) return undefined
      const found = analysis.analysisOf(file)
      return planOf(ts, file, found, textOf(file.fileName)?.virtual?.tags ?? [], semantic(file))
    },
    look(path) {
      const { context, analysis } = now()
      const tree = context.program.getSourceFile(posix(path))
      return tree && isOwn(tree) ? { context, analysis, tree, ...textOf(tree.fileName)! } : undefined
    },
    problems(path) {
      const { program } = now().context
      if (path !== undefined) {
        const file = program.getSourceFile(posix(path))
        return file ? semantic(file) : []
      }
      const general = [...config.errors, ...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()]
      return [...problemsOf(ts, general, textOf), ...ownFiles().flatMap(semantic)]
    },
    imports(path) {
      const { program } = now().context
      const file = program.getSourceFile(posix(path))
      if (file === undefined) return []
      return find.importsOf(file).filter((name) => {
        const imported = program.getSourceFile(name)
        return imported !== undefined && isOwn(imported)
      })
    },
    dispose: () => service.dispose(),
  }

  function isScript(file: string): boolean {
    return /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file) && !isForeign(file)
  }
}
