// Which tools of the table a project has, by its package.json and its files, and which of them have the plugin.
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { parse } from "jsonc-parser"
import { type ToolRow, toolTable } from "./table.ts"

export interface Tool {
  readonly name: string
  readonly row: ToolRow
  /** Its configuration, from the folder; `undefined` where there is none. */
  readonly config?: string
  readonly isSetUp: boolean
}

export interface ProjectTools {
  readonly tools: readonly Tool[]
  readonly scripts: Readonly<Record<string, string>>
  /** The packages that package.json lists, and `ts-patch` if a script runs tspc. */
  readonly uses: ReadonlySet<string>
}

interface Package {
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export function readTools(folder: string): ProjectTools {
  const { scripts = {}, dependencies = {}, devDependencies = {} } = packageOf(folder)
  const runsPatch = Object.values(scripts).some((line) => /\btspc\b|\bts-patch\b/.test(line))
  const uses = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies), ...(runsPatch ? ["ts-patch"] : [])])
  const found = toolTable.filter(({ packages }) => packages.some((name) => uses.has(name))).flatMap((row) => toolsOf(folder, row))
  // Vitest reads Vite's configuration.
  const isVite = found.some(({ name }) => name === "Vite")
  return { tools: found.filter(({ name, config }) => !(name === "Vitest" && config === undefined && isVite)), scripts, uses }
}

function toolsOf(folder: string, row: ToolRow): readonly Tool[] {
  const files = row.config === undefined ? callers(folder, row) : configs(folder, row.config)
  if (files.length === 0) return row.onlyIfConfigured ? [] : [{ name: row.name, row, isSetUp: false }]
  return files.map((config) => ({ name: row.name, row, config, isSetUp: isWritten(join(folder, config), row.entry) }))
}

const isWritten = (path: string, entry: string) => new RegExp(`["']${entry}["']`).test(readFileSync(path, "utf8"))

function configs(folder: string, name: string): readonly string[] {
  return list(folder).filter((file) => file.startsWith(`${name}.`) && /\.[cm]?[jt]s$/.test(file))
}

/** Scripts in the folder, or its folder `scripts`, that call a tool. */
function callers(folder: string, { calls = [], packages }: ToolRow): readonly string[] {
  const files = ["", "scripts/"].flatMap((place) => list(join(folder, place)).map((file) => place + file))
  return files.filter((file) => {
    if (!/\.[cm]?[jt]s$/.test(file)) return false
    const text = readFileSync(join(folder, file), "utf8")
    const imports = packages.some((name) => new RegExp(`(from|require\\()\\s*["']${name}["']`).test(text))
    return calls.some((call) => text.includes(`${call}(`) && (call.startsWith("Bun.") || imports))
  })
}

function list(folder: string): readonly string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort()
}

function packageOf(folder: string): Package {
  const path = join(folder, "package.json")
  if (!statSync(path, { throwIfNoEntry: false })) return {}
  return (parse(readFileSync(path, "utf8")) as Package | undefined) ?? {}
}
