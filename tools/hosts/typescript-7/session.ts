// A project as it is now: a snapshot of TypeScript 7 over the virtual texts of its files. A tag is found in the tree of the text that was written,
// so that a file with tags is read twice: as it is written, and then as its virtual text.

import type { Project, Snapshot } from "typescript-7/unstable/sync"
import { type Compiler, type Context, isForeign } from "../../../transformer/context.ts"
import { modulesOf as modulesOfContext } from "../../../transformer/tags/imports.ts"
import { mayPassTagOn, type VirtualText, virtualText } from "../../virtual/virtual-text.ts"
import type { Api } from "./api.ts"
import { noProject } from "./messages.ts"
import { findNames, namesOf, type PackageNames } from "./names.ts"
import { contextOf, isDeclaration } from "./program.ts"
import { syntaxOf } from "./syntax.ts"
import { createTexts } from "./texts.ts"

export interface Now {
  readonly project: Project
  readonly context: Context
  /** The project's own source files. */
  readonly own: readonly string[]
  /** Those of them that may hold a formula. */
  readonly candidates: ReadonlySet<string>
}

export interface Session {
  now(): Now
  textOf(file: string): { readonly written: string; readonly virtual: VirtualText | undefined } | undefined
  changed(file: string, text: string | undefined): void
  dispose(): void
}

const IMPORTS = /["'`]tskeops(?:\/jit)?["'`]/
/** Of TypeScript itself: long, and without imports. */
const LIBRARY = /\/lib\.[^/]*\.d\.ts$/

/** `config` is the path of a tsconfig.json; `assumed` its text where it is not on disk. */
export function openSession(api: Api, config: string, cwd: string, assumed: string | undefined): Session {
  const compiler: Compiler = syntaxOf(api)
  const texts = createTexts()
  const virtuals = new Map<string, VirtualText | undefined>()
  const server = new api.sync.API({
    cwd,
    fs: {
      readFile: (file) => (file === config ? assumed : (virtuals.get(file)?.text ?? texts.handedOver(file))),
      ...(assumed !== undefined && { fileExists: (file: string) => (file === config ? true : undefined) }),
    },
  })
  let snapshot: Snapshot | undefined
  let current: Now | undefined
  const dirty = new Set<string>()

  const update = (changed: readonly string[]): Project => {
    const before = snapshot
    const known = new Set(before?.getProject(config)?.program.getSourceFileNames())
    const exists = (file: string) => texts.of(file) !== undefined
    snapshot = server.updateSnapshot(
      before === undefined
        ? { openProjects: [config] }
        : {
            fileChanges: {
              changed: changed.filter((file) => known.has(file) && exists(file)),
              created: changed.filter((file) => !known.has(file) && exists(file)),
              deleted: changed.filter((file) => !exists(file)),
            },
          },
    )
    before?.dispose()
    const project = snapshot.getProject(config)
    if (project === undefined) throw new Error(noProject(config))
    return project
  }
  const look = (project: Project): Now => {
    const all = project.program.getSourceFileNames()
    const own = all.filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !isDeclaration(file) && !isForeign(file))
    const importing = all.filter((file) => !LIBRARY.test(file) && IMPORTS.test(texts.of(file) ?? ""))
    const names = findNames(
      compiler,
      packagesOf(api, project, importing),
      own.map((file) => texts.of(file) ?? ""),
    )
    const candidates = new Set(own.filter((file) => names.isIn(texts.of(file) ?? "")))
    return { project, own, candidates, context: contextOf(api, compiler, project, [...new Set([...importing, ...candidates])], names) }
  }
  const now = (): Now => {
    if (current !== undefined && dirty.size === 0) return current
    current = look(update([...dirty]))
    dirty.clear()
    const { context, candidates } = current
    const fresh = [...candidates].filter((file) => !virtuals.has(file) && texts.of(file)?.includes("`"))
    for (const file of fresh) virtuals.set(file, virtualText(modulesOfContext(context), context.program.getSourceFile(file)!))
    const changed = fresh.filter((file) => virtuals.get(file) !== undefined)
    if (changed.length > 0) current = look(update(changed))
    return current
  }
  return {
    now,
    textOf(file) {
      const written = texts.of(file)
      return written === undefined ? undefined : { written, virtual: virtuals.get(file) }
    },
    changed(file, text) {
      const before = texts.of(file)
      texts.set(file, text)
      const after = texts.of(file)
      if (before === after) return
      for (const one of [before, after].some(mayPassTagOn) ? [...virtuals.keys()] : [file]) {
        dirty.add(one)
        virtuals.delete(one)
      }
      dirty.add(file)
    },
    dispose() {
      snapshot?.dispose()
      server.close()
    },
  }
}

/** The names of each tskeops that is installed, read of one of the files that import it. */
function packagesOf(api: Api, project: Project, importing: readonly string[]): readonly PackageNames[] {
  const specifiers = importing.flatMap((file) =>
    (project.program.getSourceFile(file)?.imports ?? []).filter((one) => (one as { readonly text?: string }).text === "tskeops"),
  )
  const modules = new Map(project.checker.getSymbolAtLocation(specifiers).flatMap((one) => (one ? [[one.id, one] as const] : [])))
  return [...modules.values()].map((module) => namesOf(api, project, module))
}
