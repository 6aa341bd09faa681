// Which tsconfig.json may have a file.
import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { parse } from "jsonc-parser"
import { posix } from "../hosts/paths.ts"

/** Each tsconfig.json with those that it references, once. */
export function* configsOf(paths: readonly string[]): Generator<string> {
  const seen = new Set<string>()
  const waiting = [...paths]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    yield path
    waiting.unshift(...referencesOf(path))
  }
}

function referencesOf(path: string): readonly string[] {
  if (!existsSync(path) || statSync(path).isDirectory()) return []
  const { references } = (parse(readFileSync(path, "utf8")) ?? {}) as { readonly references?: readonly { readonly path?: unknown }[] }
  if (!Array.isArray(references)) return []
  return references.flatMap((one) => (typeof one?.path === "string" ? configIn(resolve(dirname(path), one.path)) : []))
}

/** A tsconfig.json itself, or that of a folder. */
export function configIn(path: string): string {
  return posix(statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, "tsconfig.json") : path)
}

/** The nearest tsconfig.json or jsconfig.json at or above a folder; the folder itself, where there is none. */
export function configAbove(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const name of ["tsconfig.json", "jsconfig.json"]) if (existsSync(join(folder, name))) return posix(join(folder, name))
    if (folder === dirname(folder)) return posix(from)
  }
}
