// Node's load hook: puts artifacts into modules with formulas, as the plugins of bundlers do; other modules it passes on.
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { compile } from "../bundlers/compile.ts"
import { foreign, makesFormulas, scripts } from "../bundlers/filter.ts"
import { inNoProject } from "../bundlers/messages.ts"
import { readOptions, type Settings } from "../bundlers/options.ts"
import { frameOf, lineOf } from "../bundlers/report.ts"
import type { Problem } from "../hosts/host.ts"
import { inJsx } from "./messages.ts"

/** Of Node's own types, which the oldest Node that we support does not have. */
interface Loaded {
  readonly format?: string | null
  readonly source?: unknown
}
export type Load = (url: string, context: object, next: (url: string, context: object) => Loaded) => Loaded

/** `root`: where Node was started. `strip` takes the types out of a text. */
export function createLoad(root: string, strip: (text: string) => string): Load {
  const settings: Settings = { ...readOptions({}, root), notInProject: inNoProject }
  return (url, context, next) => {
    const loaded = next(url, context)
    if (!url.startsWith("file:")) return loaded
    const file = fileURLToPath(url)
    if (foreign.test(file) || !scripts.test(file)) return loaded
    // Not what the next hook has made of it: places are those of the file.
    const text = readFileSync(file, "utf8")
    if (/x$/.test(file)) {
      if (makesFormulas(text)) throw new Error(inJsx(file))
      return loaded
    }
    const outcome = compile(settings, file, text)
    if (outcome === undefined) return loaded
    if (outcome.problems.length > 0) throw mistakeOf(outcome.problems, text, root)
    if (outcome.made === undefined) return loaded
    const { code, map } = outcome.made
    return { ...loaded, ...withTypes(file, loaded.format, `${code}\n//# sourceMappingURL=${map.toUrl()}\n`, strip) }
  }
}

/** Types are still in the text, even if a hook such as tsx's has taken them out of its own. Deno names no format and expects JavaScript. */
function withTypes(file: string, format: string | null | undefined, source: string, strip: (text: string) => string): Loaded {
  if (!/\.[cm]?ts$/.test(file) || format?.endsWith("-typescript")) return { source }
  return format ? { format: `${format}-typescript`, source } : { source: strip(source) }
}

/** An error that shows the mistakes as a compiler does. Its last line is a place that terminals of editors open. */
function mistakeOf(problems: readonly Problem[], text: string, root: string): SyntaxError {
  const error = new SyntaxError(problems.map((problem) => `${lineOf(problem, root)}\n${frameOf(problem, text)}`).join("\n\n"))
  const { file, line, column } = problems[0]!
  error.stack = `SyntaxError: ${error.message}\n\n    at ${file}:${line}:${column}`
  return error
}
