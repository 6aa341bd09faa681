// The projects that a path stands for: a tsconfig.json, and those that it refers to. A folder stands for its tsconfig.json.
import { readFileSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { parse } from "jsonc-parser"
import { noProject } from "./messages.ts"
import { Refusal } from "./output.ts"

interface Config {
  readonly files?: readonly string[]
  readonly include?: readonly string[]
  readonly references?: readonly { readonly path: string }[]
}

/** The configuration of a path: a file, which may be missing from a folder that has none. */
export function configOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw new Refusal(noProject(path))
  return stat.isDirectory() ? join(resolve(path), "tsconfig.json") : resolve(path)
}

/** All configurations that a path leads to and that have files of their own, those that are referred to first. */
export function projectsOf(path: string): readonly string[] {
  const found = new Set<string>()
  const open = new Set<string>()
  const visit = (config: string): void => {
    if (open.has(config)) return
    open.add(config)
    const { files, include, references = [] } = read(config)
    for (const reference of references) visit(configOf(resolve(dirname(config), reference.path)))
    // A configuration that only refers to others lists no files.
    if (files?.length !== 0 || include !== undefined || references.length === 0) found.add(config)
  }
  visit(configOf(path))
  return [...found]
}

function read(config: string): Config {
  const isThere = statSync(config, { throwIfNoEntry: false }) !== undefined
  return (isThere ? (parse(readFileSync(config, "utf8"), [], { allowTrailingComma: true }) as Config | undefined) : undefined) ?? {}
}
