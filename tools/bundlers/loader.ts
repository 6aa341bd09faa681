// `tskeops/loader`: the loader of webpack, Rspack and Turbopack. It returns what it was given with artifacts in it: TypeScript stays TypeScript.
import remapping, { type SourceMapInput } from "@jridgewell/remapping"
import { compile, type Outcome } from "./compile.ts"
import { scripts, words } from "./filter.ts"
import { checkOptions, readOptions, type TskeopsOptions } from "./options.ts"
import { frameOf, lineOf, withoutStack } from "./report.ts"

/** What the loader uses of a bundler. Turbopack has no `version`. */
export interface LoaderContext {
  readonly resourcePath: string
  readonly resourceQuery?: string
  readonly rootContext?: string
  readonly version?: number | string
  getOptions?(): TskeopsOptions
  addDependency(file: string): void
  emitError?(error: Error): void
  callback(error: Error | null, code?: string, map?: unknown): void
}

/** Compiles the formulas of tskeops in a module. */
export default function tskeopsLoader(this: LoaderContext, code: string, map?: unknown): void {
  let made: Outcome["made"]
  try {
    made = compileIn(this, code)
  } catch (error) {
    this.callback(error as Error)
    return
  }
  if (made) this.callback(null, made.code, mapOf(made.map, map))
  else this.callback(null, code, map)
}

function compileIn(context: LoaderContext, code: string): Outcome["made"] {
  const { resourcePath, resourceQuery = "", rootContext: root = process.cwd() } = context
  if (!words.test(code) || !scripts.test(resourcePath) || /^\?(?:raw|url)\b/.test(resourceQuery)) return undefined
  const options = context.getOptions?.() ?? {}
  checkOptions(options)
  const outcome = compile(readOptions(options, root), resourcePath, code)
  for (const file of outcome?.dependencies ?? []) context.addDependency(file)
  const errors = (outcome?.problems ?? []).map((problem) => withoutStack(`${lineOf(problem, root)}\n${frameOf(problem, code)}`))
  if (context.version !== undefined && context.emitError) for (const error of errors) context.emitError(error)
  else if (errors.length > 0) throw withoutStack(errors.map(({ message }) => message).join("\n\n"))
  return outcome?.made
}

/** The map of what is returned: to the module as it was written, where an earlier loader has changed it. */
function mapOf(own: object, earlier: unknown): unknown {
  if (earlier === undefined || earlier === null || earlier === "") return { ...own }
  return { ...remapping([{ ...own } as SourceMapInput, earlier as SourceMapInput], () => null) }
}
