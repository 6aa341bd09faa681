// Changes to JSON with comments: what is there keeps its place, its comments and its indentation.
import { applyEdits, type JSONPath, modify, parse } from "jsonc-parser"

interface Plugin {
  readonly name?: string
  readonly transform?: string
}
interface Config {
  readonly compilerOptions?: { readonly plugins?: readonly Plugin[] }
  readonly files?: readonly string[]
  readonly include?: readonly string[]
}

/** tsconfig.json with these plugins; unchanged where it has them, or where it is only for configuration files, as in Vite's templates. */
export function withPlugins(text: string, wanted: readonly Plugin[]): string {
  const { compilerOptions, files, include } = (parse(text, [], { allowTrailingComma: true }) as Config | undefined) ?? {}
  const listed = [...(files ?? []), ...(include ?? [])]
  if (listed.length > 0 && listed.every((path) => /\.config\.[cm]?[jt]s$/.test(path))) return text
  const plugins = compilerOptions?.plugins ?? []
  const has = (one: Plugin) => plugins.some(({ name, transform }) => name === one.name && transform === one.transform)
  const missing = wanted.filter((one) => !has(one))
  if (missing.length === 0) return text
  if (compilerOptions?.plugins === undefined) return set(text, ["compilerOptions", "plugins"], missing)
  return missing.reduce((before, one, n) => set(before, ["compilerOptions", "plugins", plugins.length + n], one, true), text)
}

export function set(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  "
  const formattingOptions = { insertSpaces: !indent.includes("\t"), tabSize: indent.length, eol: text.includes("\r\n") ? "\r\n" : "\n" }
  return applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }))
}
