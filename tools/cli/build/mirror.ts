// A copy of a project's files in a folder of its own, with other texts. Places relative to each other are the same there, so that what is emitted may be
// moved to the project as it is; only positions in source maps differ.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join, relative, resolve, sep } from "node:path"
import type { SourceMap } from "magic-string"
import { withMaps } from "./maps.ts"

export interface Written {
  readonly code: string
  readonly map: SourceMap
}

export interface Mirror {
  /** The configuration to emit from. */
  readonly config: string
  /** Writes all files: with another text, where `textOf` has one. */
  write(textOf: (file: string) => Written | undefined, options: Readonly<Record<string, unknown>>): void
  /** A text in which files of the mirror have the names that they have in the project. */
  named(text: string): string
  /** Moves what was emitted to the project. */
  deliver(): void
  remove(): void
}

interface MirrorOptions {
  readonly config: string
  readonly files: readonly string[]
  /** Of the compiler, relative paths being those from the configuration. */
  readonly options: Readonly<Record<string, unknown>>
}

export function createMirror({ config, files, options }: MirrorOptions): Mirror {
  const folder = dirname(config)
  const outputs = [options.outDir, options.declarationDir].flatMap((path) => (typeof path === "string" ? [resolve(folder, path)] : []))
  const base = baseOf([folder, ...files.map((file) => dirname(file)), ...outputs.map((path) => dirname(path))])
  const root = realpathSync(mkdtempSync(join(tmpdir(), "tskeops-mirror-")))
  const inMirror = (path: string) => join(root, relative(base, path))
  const inProject = (path: string) => join(base, relative(root, path))
  const inputs = new Set<string>()
  const maps = new Map<string, SourceMap>()
  const own = join(inMirror(folder), `tskeops.${basename(config)}`)
  const put = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    inputs.add(path)
  }
  for (const each of foldersUpTo(base, [folder, ...files.map((file) => dirname(file))])) lend(each, inMirror(each), inputs)
  return {
    config: own,
    write(textOf, more) {
      for (const file of files) {
        const written = textOf(file)
        put(inMirror(file), written?.code ?? readFileSync(file, "utf8"))
        if (written) maps.set(inMirror(file), written.map)
      }
      const compilerOptions = { ...options, incremental: false, tsBuildInfoFile: undefined, ...more }
      put(own, JSON.stringify({ compilerOptions, files: files.map(inMirror) }))
    },
    named: (text) => text.replaceAll(relative(process.cwd(), root), relative(process.cwd(), base)).replaceAll(root, base),
    deliver() {
      for (const path of filesOf(root)) {
        if (inputs.has(path)) continue
        mkdirSync(dirname(inProject(path)), { recursive: true })
        const text = withMaps(path, maps)
        if (text === undefined) copyFileSync(path, inProject(path))
        else writeFileSync(inProject(path), text)
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** The highest folder that matters: of the files, and above them of the packages that they are part of. */
function baseOf(folders: readonly string[]): string {
  let common = folders[0]!
  for (const folder of folders) while (!`${folder}${sep}`.startsWith(withSeparator(common))) common = dirname(common)
  let base = common
  for (let each = common; dirname(each) !== each; each = dirname(each))
    if (exists(join(each, "node_modules")) || exists(join(each, "package.json"))) base = each
  return base
}

function foldersUpTo(base: string, folders: readonly string[]): ReadonlySet<string> {
  const found = new Set([base])
  for (const folder of folders)
    for (let each = folder; !found.has(each) && each.startsWith(withSeparator(base)); each = dirname(each)) found.add(each)
  return found
}

/** What modules are resolved with: the packages of a folder, and what it says of itself. */
function lend(from: string, to: string, inputs: Set<string>): void {
  mkdirSync(to, { recursive: true })
  if (exists(join(from, "node_modules"))) symlinkSync(join(from, "node_modules"), join(to, "node_modules"), "junction")
  if (!exists(join(from, "package.json"))) return
  copyFileSync(join(from, "package.json"), join(to, "package.json"))
  inputs.add(join(to, "package.json"))
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    // Links lead to packages.
    return entry.isDirectory() ? filesOf(path) : entry.isFile() ? [path] : []
  })
}

const withSeparator = (path: string) => (path.endsWith(sep) ? path : path + sep)
const exists = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined
