// The plugin of Vite, Rollup, Rolldown, Farm and Bun, on unplugin.
import type { UnpluginFactory } from "unplugin"
import type { Plugin } from "vite"
import { posix } from "../hosts/paths.ts"
import { compile } from "./compile.ts"
import { components, foreign, scripts, words } from "./filter.ts"
import { checkOptions, readOptions, type Settings, type TskeopsOptions } from "./options.ts"
import { lookAgain } from "./projects.ts"
import { errorOf, withoutStack } from "./report.ts"

export const factory: UnpluginFactory<TskeopsOptions | undefined, false> = (options = {}, { framework }) => {
  checkOptions(options)
  let settings: Settings = readOptions(options, process.cwd())
  const setRoot = (root: string) => {
    settings = readOptions(options, root)
  }
  const dependencies = new Map<string, ReadonlySet<string>>()
  return {
    name: "tskeops",
    enforce: "pre",
    buildStart: lookAgain,
    watchChange: lookAgain,
    transform: {
      filter: { id: { include: [scripts, components], exclude: foreign }, code: words },
      handler(code, id) {
        const outcome = compile(settings, id, code)
        if (outcome === undefined) {
          dependencies.delete(id)
          return undefined
        }
        dependencies.set(id, new Set(outcome.dependencies))
        for (const file of outcome.dependencies) this.addWatchFile(file)
        if (outcome.problems.length > 0) {
          const error = errorOf(outcome.problems, code, settings.root)
          // Farm ends the process where it is given more than a text.
          if (framework === "farm") throw withoutStack(`${error.message}\n${error.frame}`)
          this.error(error)
        }
        return outcome.made
      },
    },
    rolldown: { options: ({ cwd }) => void (cwd !== undefined && setRoot(cwd)) },
    vite: { configResolved: ({ root }) => setRoot(root), hotUpdate: hotUpdate(dependencies) },
  }
}

/**
 * Vite keeps what it made of a module where only something that it imports has changed. The types may be others: so these modules have changed too.
 * `dependencies` are of the modules with formulas, by their ids.
 */
function hotUpdate(dependencies: ReadonlyMap<string, ReadonlySet<string>>): Plugin["hotUpdate"] {
  return function ({ file, modules }) {
    lookAgain()
    const { moduleGraph } = this.environment
    const affected = [...dependencies].flatMap(([id, files]) => (files.has(posix(file)) ? (moduleGraph.getModuleById(id) ?? []) : []))
    return affected.length > 0 ? [...new Set([...modules, ...affected])] : undefined
  }
}
