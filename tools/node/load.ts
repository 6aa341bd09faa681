// Node's load hook: what it returns for a module with formulas. It opens a project at the first one; other modules it passes on unread, or unchanged.
import { readFileSync } from "node:fs"
import { relative } from "node:path"
import { fileURLToPath } from "node:url"
import type { Problem } from "../hosts/host.ts"
import { compileModule } from "../module/compile-module.ts"
import { mayHaveFormulas } from "../module/filter.ts"
import { report } from "../module/report.ts"
import { inNoProject } from "./messages.ts"
import type { Projects } from "./projects.ts"

/** Of Node's own types, which the oldest Node that we support does not have. */
export interface Loaded {
  readonly format?: string | null
  readonly source?: unknown
}
export type Load = (url: string, context: object, next: (url: string, context: object) => Loaded) => Loaded

export interface Tools {
  /** Told of files that should be compiled and cannot be. */
  warn(sentence: string): void
  /** Takes the types out of a text. */
  strip(text: string): string
}

export function createLoad(projects: Projects, { warn, strip }: Tools): Load {
  return (url, context, next) => {
    const loaded = next(url, context)
    const file = fileOf(url)
    if (file === undefined) return loaded
    // Not what the next hook has made of it: places are those of the file.
    const text = readFileSync(file, "utf8")
    if (!mayHaveFormulas(text)) return loaded
    const plan = projects.plan(file, text)
    if ("missing" in plan) {
      if (isUncompiled(file, text)) warn(inNoProject(short(file), short(plan.missing)))
      return loaded
    }
    if (plan.problems.length > 0) throw mistakeOf(plan.problems, text)
    const compiled = compileModule(text, plan, { file: url })
    if (compiled === undefined) return loaded
    const source = `${compiled.code}\n//# sourceMappingURL=${compiled.map.toUrl()}\n`
    return { ...loaded, ...withTypes(file, loaded.format, source, strip) }
  }
}

/** The file of a module that may be the user's own. */
function fileOf(url: string): string | undefined {
  if (!url.startsWith("file:") || url.includes("/node_modules/")) return undefined
  const file = fileURLToPath(url)
  return /\.[cm]?[jt]s$/.test(file) ? file : undefined
}

/** Types are still in the text, even if a hook such as tsx's has taken them out of its own. Deno names no format and expects JavaScript. */
function withTypes(file: string, format: string | null | undefined, source: string, strip: Tools["strip"]): Loaded {
  if (!isTypeScript(file) || format?.endsWith("-typescript")) return { source }
  return format ? { format: `${format}-typescript`, source } : { source: strip(source) }
}

/** Whether a file that no project has is source text: JavaScript may be what a build has made. */
function isUncompiled(file: string, text: string): boolean {
  return (isTypeScript(file) ? /keops/ : /keops\s*`/).test(text) && !text.includes("tskeops/jit")
}

const isTypeScript = (file: string) => /\.[cm]?ts$/.test(file)
const short = (file: string) => relative(process.cwd(), file) || file

/** An error that shows the mistakes as a compiler does. Its last line is where an editor's terminal finds the place. */
function mistakeOf(problems: readonly Problem[], text: string): SyntaxError {
  const shown = problems.map((problem) => report(problem, text, short(problem.file)))
  const error = new SyntaxError(shown.join("\n\n"))
  const { file, line, column } = problems[0]!
  error.stack = `SyntaxError: ${error.message}\n\n    at ${file}:${line}:${column}`
  return error
}
