// The steps that set a project up: files as they are and as they should be, or lines to write by hand. It writes nothing.
import { readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"
import { findTypeScript } from "../../hosts/find.ts"
import { why } from "../messages.ts"
import { projectsOf } from "../projects.ts"
import { type ProjectTools, readTools, type Tool } from "../tools/read-tools.ts"
import { linesFor } from "../tools/table.ts"
import { editConfig } from "./edit-config.ts"
import { withPlugins } from "./edit-json.ts"
import { withCommand } from "./edit-scripts.ts"

export type Step =
  | { readonly title: string; readonly file: string; readonly before?: string; readonly after: string }
  | { readonly title: string; readonly file: string; readonly lines: string; readonly why: string }

export function planSteps(folder: string): readonly Step[] {
  const project = readTools(folder)
  const major = Number.parseInt(findTypeScript(folder)?.version ?? "", 10)
  return [
    ...project.tools.filter(({ isSetUp }) => !isSetUp).map((tool) => toolStep(folder, tool)),
    // TypeScript 7 loads no plugins.
    ...(major < 7 ? configSteps(folder, project) : []),
    ...scriptStep(folder, project),
  ]
}

function toolStep(folder: string, { name, row, config }: Tool): Step {
  const title = `${name}: the plugin`
  if (config === undefined) {
    if (row.create) return { title, file: row.create.file, after: row.create.text }
    return { title, file: name, lines: linesFor(row), why: row.calls ? why.noCall : why.missing }
  }
  const before = readFileSync(join(folder, config), "utf8")
  const after = editConfig(before, row)
  return after === undefined ? { title, file: config, lines: linesFor(row), why: why.shape } : { title, file: config, before, after }
}

const languageService = { name: "tskeops/language-service" }
const transformer = { transform: "tskeops/transformer", transformProgram: true }

function configSteps(folder: string, { uses }: ProjectTools): readonly Step[] {
  const wanted = [languageService, ...(uses.has("ts-patch") ? [transformer] : [])]
  return projectsOf(folder).flatMap((path): readonly Step[] => {
    if (!statSync(path, { throwIfNoEntry: false })) return []
    const before = readFileSync(path, "utf8")
    const after = withPlugins(before, wanted)
    return after === before ? [] : [{ title: "TypeScript: the editor's plugin", file: relative(folder, path), before, after }]
  })
}

function scriptStep(folder: string, project: ProjectTools): readonly Step[] {
  const before = readFileSync(join(folder, "package.json"), "utf8")
  const after = withCommand(before, project)
  return after === before ? [] : [{ title: "the scripts: plain tsc does not know the tag", file: "package.json", before, after }]
}
