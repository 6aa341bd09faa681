// TypeScript 7: a process of its own, asked through its API. The analysis is that of the other hosts, over views of the objects that it gives.

import { existsSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, resolve } from "node:path"
import type { Diagnostic } from "typescript-7/unstable/sync"
import { analyseProgram, type ProgramAnalysis } from "../../transformer/analyse-program.ts"
import type { Host, ModulePlan, Problem } from "./host.ts"
import { planOf } from "./module-plan.ts"
import { posix } from "./paths.ts"
import { problemsOf } from "./problems.ts"
import { assumed } from "./project.ts"
import { loadApi } from "./typescript-7/api.ts"
import { type Place, toDiagnostic } from "./typescript-7/diagnostics.ts"
import { modulesOf } from "./typescript-7/program.ts"
import { type Now, openSession } from "./typescript-7/session.ts"

export interface TypeScript7Options {
  /** A tsconfig.json, or a folder: then its tsconfig.json, or where there is none all its files. */
  readonly project: string
  /** The package.json of TypeScript; where it is left out, of the one that the project's folder has. */
  readonly typescript?: string
}

/** What is known of a project until one of its files changes. */
interface Known {
  readonly now: Now
  readonly analysis: ProgramAnalysis
  /** What the checker says of a file, or of all by their names. */
  checked(file: string): readonly Diagnostic[]
  all(): ReadonlyMap<string, readonly Diagnostic[]>
}

/** Opens a project with TypeScript 7. */
export function createTypeScript7Host({ project, typescript }: TypeScript7Options): Host {
  const path = posix(resolve(project))
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  const config = isFolder ? `${path}/tsconfig.json` : path
  const folder = dirname(config)
  const api = loadApi(typescript ?? createRequire(join(folder, "package.json")).resolve("typescript/package.json"))
  const session = openSession(api, config, folder, isFolder && !existsSync(config) ? JSON.stringify(assumed) : undefined)

  let known: Known | undefined
  const ask = (): Known => {
    const now = session.now()
    if (known?.now !== now) known = knownOf(now)
    return known
  }
  const knownOf = (now: Now): Known => {
    const { program } = now.project
    let all: ReadonlyMap<string, readonly Diagnostic[]> | undefined
    const single = new Map<string, readonly Diagnostic[]>()
    const checked = (file: string): readonly Diagnostic[] => {
      if (all) return all.get(file) ?? []
      const before = single.get(file)
      if (before) return before
      const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      single.set(file, found)
      return found
    }
    return {
      now,
      checked,
      all() {
        all ??= byFile([...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()])
        return all
      },
      analysis: analyseProgram(now.context, (file) => checked(file.fileName).map((one) => toDiagnostic(one, file))),
    }
  }
  const placeOf = (fileName: string): Place => {
    const starts = api.ast.computeLineStarts(session.textOf(fileName)?.written ?? "")
    return {
      fileName,
      getLineAndCharacterOfPosition(position) {
        const next = starts.findIndex((start) => start > position)
        const line = (next < 0 ? starts.length : next) - 1
        return { line, character: position - starts[line]! }
      },
    }
  }
  const problemsIn = (found: readonly Diagnostic[], file?: string): readonly Problem[] => {
    if (found.length === 0 && (file === undefined || !ask().now.candidates.has(file))) return []
    const { analysis, now } = ask()
    const tree = file !== undefined && now.candidates.has(file) ? now.context.program.getSourceFile(file) : undefined
    const place = tree ?? (file === undefined ? undefined : placeOf(file))
    const diagnostics = found.map((one) => toDiagnostic(one, place))
    return problemsOf(now.context.ts, tree ? analysis.withOurs(tree, diagnostics) : diagnostics, session.textOf)
  }

  return {
    version: api.version,
    files: () => ask().now.own,
    changed: (file, text) => session.changed(posix(file), text),
    plan(name): ModulePlan | undefined {
      const file = posix(name)
      const { analysis, checked, now } = ask()
      if (!now.own.includes(file)) return undefined
      if (!now.candidates.has(file)) return { tags: [], calls: [], head: 0, problems: [] }
      const tree = now.context.program.getSourceFile(file)!
      const found = analysis.analysisOf(tree)
      return planOf(now.context.ts, tree, found, session.textOf(file)?.virtual?.tags ?? [], problemsIn(checked(file), file))
    },
    look(name) {
      const file = posix(name)
      const { analysis, now } = ask()
      const text = session.textOf(file)
      const tree = now.own.includes(file) ? now.context.program.getSourceFile(file) : undefined
      return tree && text && { context: now.context, analysis, tree, ...text }
    },
    problems(name) {
      const { all, checked, now } = ask()
      const file = name && posix(name)
      if (file !== undefined) return problemsIn([...checked(file), ...declarationsOf(now, file)], file)
      const { program } = now.project
      // First: several checkers do it at once, and what comes later is there then.
      const found = all()
      const declared = byFile(declarationsOf(now))
      const general = [
        ...program.getConfigFileParsingDiagnostics(),
        ...program.getProgramDiagnostics(),
        ...program.getGlobalDiagnostics(),
      ].flatMap((one) => problemsIn([one], one.fileName))
      const files = new Set([...now.own, ...found.keys()])
      return [...general, ...[...files].flatMap((file) => problemsIn([...(found.get(file) ?? []), ...(declared.get(file) ?? [])], file))]
    },
    imports(name) {
      const { now } = ask()
      const file = now.project.program.getSourceFile(posix(name))
      const found = new Set(file && modulesOf(now.project, file.imports))
      return now.own.filter((one) => found.has(one))
    },
    dispose: () => session.dispose(),
  }
}

function byFile(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const files = new Map<string, Diagnostic[]>()
  for (const one of diagnostics) {
    const file = one.fileName ?? ""
    const before = files.get(file)
    if (before) before.push(one)
    else files.set(file, [one])
  }
  return files
}

/** What cannot be declared, where the project asks for declarations. */
function declarationsOf({ project: { compilerOptions, program } }: Now, file?: string): readonly Diagnostic[] {
  return compilerOptions.declaration || compilerOptions.composite ? program.getDeclarationDiagnostics(file) : []
}
