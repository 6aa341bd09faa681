// The projects whose types are asked for: opened when the first module with a formula comes, and shared by all plugins of the process.
import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname } from "node:path"
import { openHost } from "../hosts/find.ts"
import type { Host } from "../hosts/host.ts"
import { posix } from "../hosts/paths.ts"
import { configAbove, configIn, configsOf } from "./configs.ts"
import { packagesWith } from "./dependents.ts"
import type { Settings } from "./options.ts"

/** How long the files of a project are taken to be as they were when last looked at, where the bundler reports nothing. */
const LOOK_AGAIN_MS = 100

export interface Project {
  readonly host: Host
  has(file: string): boolean
  /** Takes the text of a file as earlier plugins have made it. */
  take(file: string, text: string): void
  /** All files of the project that a file imports, directly or not. */
  reach(file: string): ReadonlySet<string>
  /** Whether a file, or one that it reaches, names tskeops or a package that depends on it. */
  knowsTskeops(file: string): boolean
  /** Looks whether files have changed on disk: at once, or if the last look is some time ago. */
  look(now: boolean): void
  /** Says that there may be a new file. */
  added(file: string): void
}

const opened = new Map<string, Project>()

/**
 * The project that has a file; and where none has it, those that were looked into. For a file outside the root that does not make formulas itself no
 * project is opened: it may be one of tskeops, of which a link leads to a repository.
 */
export function projectOf(settings: Settings, file: string, makesFormulas: boolean): Project | { readonly looked: readonly string[] } {
  const looked: string[] = []
  const isInside = file.startsWith(`${posix(settings.root)}/`)
  for (const path of configsOf(startsOf(settings, file, isInside, makesFormulas))) {
    const project = open(path)
    project.look(false)
    if (project.has(file)) return project
    looked.push(path)
  }
  // It may have been written since.
  for (const path of isInside || makesFormulas ? looked : []) {
    const project = open(path)
    project.added(file)
    if (project.has(file)) return project
  }
  return { looked }
}

/** The project that was given. Or else the nearest to the file, as editors have it; but of a file outside the root, one of the root if that has it. */
function startsOf({ project, root }: Settings, file: string, isInside: boolean, makesFormulas: boolean): readonly string[] {
  if (project !== undefined) return [configIn(project)]
  if (!isInside && !makesFormulas) return [configAbove(root)]
  const nearest = [configAbove(dirname(file)), configAbove(root)]
  return isInside ? nearest : nearest.reverse()
}

/** Says that files have changed on disk. */
export function lookAgain(): void {
  for (const project of opened.values()) project.look(true)
}

function open(path: string): Project {
  const known = opened.get(path)
  if (known) return known
  const project = createProject(path, openHost(path))
  opened.set(path, project)
  return project
}

function createProject(path: string, host: Host): Project {
  /** When each file was written, as far as the host knows. */
  const stamps = new Map<string, number>()
  /** Files with a text that is not the one on disk. */
  const given = new Set<string>()
  const tried = new Set<string>()
  const dependents = packagesWith(path)
  // What follows is known of the files as they are, and forgotten when one changes.
  let files: ReadonlySet<string> | undefined
  const reached = new Map<string, ReadonlySet<string>>()
  const naming = new Map<string, boolean>()
  let looked = 0

  const changed = (file: string, text?: string) => {
    host.changed(file, text)
    files = undefined
    reached.clear()
    naming.delete(file)
  }
  const filesNow = () => {
    if (files) return files
    files = new Set(host.files())
    for (const file of [...files, path]) if (!stamps.has(file)) stamps.set(file, stampOf(file))
    return files
  }
  const lookAt = (file: string, before: number | undefined) => {
    const written = stampOf(file)
    if (written === before) return
    stamps.set(file, written)
    given.delete(file)
    tried.clear()
    changed(file)
  }
  const names = (file: string): boolean => {
    const known = naming.get(file) ?? dependents.test(textOf(file) ?? "")
    naming.set(file, known)
    return known
  }
  const reach = (file: string): ReadonlySet<string> => {
    const known = reached.get(file)
    if (known) return known
    const found = new Set<string>()
    const waiting = [file]
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop())
      for (const next of host.imports(one))
        if (next !== file && !found.has(next)) {
          found.add(next)
          waiting.push(next)
        }
    reached.set(file, found)
    return found
  }
  return {
    host,
    reach,
    has: (file) => filesNow().has(file),
    take(file, text) {
      lookAt(file, stamps.get(file))
      const isOnDisk = textOf(file) === text
      if (isOnDisk && !given.has(file)) return
      if (isOnDisk) given.delete(file)
      else given.add(file)
      changed(file, isOnDisk ? undefined : text)
    },
    knowsTskeops: (file) => names(file) || [...reach(file)].some(names),
    look(now) {
      if (!now && performance.now() - looked < LOOK_AGAIN_MS) return
      for (const [file, stamp] of stamps) lookAt(file, stamp)
      looked = performance.now()
    },
    added(file) {
      if (tried.has(file) || !existsSync(file)) return
      tried.add(file)
      changed(file)
    },
  }
}

/** When a file was written; 0 where there is none. */
const stampOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** The text of a file, as the host reads it. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "")
  } catch {
    return undefined
  }
}
