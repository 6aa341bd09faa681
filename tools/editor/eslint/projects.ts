// Which project a file belongs to, as TypeScript's own server looks for it: the nearest tsconfig.json, those that it refers to, then the next one up.
import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { parse } from "jsonc-parser"

const configurations = ["tsconfig.json", "jsconfig.json"]

/** The projects that may have a file, the likeliest first. Without any configuration it is the folder of the nearest package.json. */
export function* projectsAround(file: string): Generator<string> {
  const seen = new Set<string>()
  for (const folder of above(file))
    for (const name of configurations) {
      const path = join(folder, name)
      if (existsSync(path)) yield* withReferences(path, seen)
    }
  if (seen.size > 0) return
  for (const folder of above(file))
    if (existsSync(join(folder, "package.json"))) {
      yield folder
      return
    }
}

/** A project (a configuration, or the folder of one) and all that it refers to, as the root of a workspace does, each once. */
export function* withReferences(project: string, seen: Set<string> = new Set()): Generator<string> {
  const path = configurationOf(project)
  if (seen.has(path)) return
  seen.add(path)
  yield path
  for (const reference of referencesOf(path)) yield* withReferences(resolve(dirname(path), reference), seen)
}

function configurationOf(project: string): string {
  return statSync(project, { throwIfNoEntry: false })?.isDirectory() ? join(project, "tsconfig.json") : project
}

/** The paths of `references`. What is wrong in the file is TypeScript's to report. */
function referencesOf(path: string): readonly string[] {
  if (!existsSync(path)) return []
  const { references } = (parse(readFileSync(path, "utf8"), [], { allowTrailingComma: true }) ?? {}) as { readonly references?: unknown }
  if (!Array.isArray(references)) return []
  return references.flatMap((one: { readonly path?: unknown } | null) => (typeof one?.path === "string" ? [one.path] : []))
}

/** The folders of a file, the innermost first. */
function* above(file: string): Generator<string> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    yield folder
    if (dirname(folder) === folder) return
  }
}
