// Of what tsc emits, keeps the declarations that published entries need: their code is bundled.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, sep } from "node:path"
import ts from "typescript"

/** The declaration files that `path` and what it imports by relative paths make up; paths without `.d.ts`. */
export function declarationsOf(path, found = new Set()) {
  if (found.has(path) || !existsSync(`${path}.d.ts`)) return found
  found.add(path)
  const { importedFiles } = ts.preProcessFile(readFileSync(`${path}.d.ts`, "utf8"))
  for (const { fileName } of importedFiles)
    if (fileName.startsWith(".")) declarationsOf(join(dirname(path), fileName.replace(/\.[cm]?[jt]s$/, "")), found)
  return found
}

/** Removes from a folder all but these declarations, and their maps. */
export function keepOnly(folder, declarations) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isDirectory() && !declarations.has(path.replace(/\.d\.ts(\.map)?$/, ""))) rmSync(path)
  }
  removeEmpty(folder)
}

function removeEmpty(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) removeEmpty(join(folder, entry.name))
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true })
}

/** Takes the map off declarations whose sources are not published. */
export function withoutMap(path) {
  rmSync(`${path}.d.ts.map`, { force: true })
  const text = readFileSync(`${path}.d.ts`, "utf8")
  writeFileSync(`${path}.d.ts`, text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""))
}

/** Writes the same declarations for CommonJS beside those for ES modules. Those of `folder` are in both forms, others in one. */
export function alsoCommonJs(path, folder) {
  const isInside = (specifier) => join(dirname(path), specifier).startsWith(folder + sep)
  const text = readFileSync(`${path}.d.ts`, "utf8")
  const both = text.replace(/(["'])(\.[^"']*)\.ts\1/g, (whole, quote, name) => (isInside(name) ? `${quote}${name}.cts${quote}` : whole))
  writeFileSync(`${path}.d.cts`, both)
}
