// What a plugin does with a module: the cheap tests first, then what the host knows of it.
import { PREFIX } from "../../transformer/artifact-name.ts"
import type { Problem } from "../hosts/host.ts"
import { posix } from "../hosts/paths.ts"
import { compileModule } from "../module/compile-module.ts"
import { components, makesFormulas, mayReduce } from "./filter.ts"
import { inComponent } from "./messages.ts"
import type { Settings } from "./options.ts"
import { projectOf } from "./projects.ts"
import { withoutStack } from "./report.ts"

export interface Outcome {
  /** The mistakes of formulas: if there are any, the build fails. */
  readonly problems: readonly Problem[]
  /** The text with artifacts in it; undefined where there is nothing to put in. */
  readonly made: ReturnType<typeof compileModule>
  /** The files whose types the module's formulas may depend on: when one changes, the module must be compiled again. */
  readonly dependencies: readonly string[]
}

/** Compiles the formulas of a module; undefined where it has none. Throws an Error where it cannot be told. */
export function compile(settings: Settings, id: string, code: string): Outcome | undefined {
  const file = posix(id.replace(/\?.*$/, ""))
  const namesTskeops = code.includes("keops")
  if (!(namesTskeops || mayReduce(code)) || code.includes(PREFIX) || !settings.accepts(file)) return undefined
  if (components.test(file)) {
    if (makesFormulas(code)) throw withoutStack(inComponent(file))
    return undefined
  }
  const isMaker = makesFormulas(code)
  const project = projectOf(settings, file, isMaker)
  if ("looked" in project) {
    if (isMaker) throw withoutStack(settings.notInProject(file, project.looked))
    return undefined
  }
  project.take(file, code)
  if (!namesTskeops && !project.knowsTskeops(file)) return undefined
  const plan = project.host.plan(file)
  if (plan === undefined || plan.tags.length + plan.calls.length + plan.problems.length === 0) return undefined
  const { problems } = plan
  const made = problems.length > 0 ? undefined : compileModule(code, plan, { file, ...(settings.targets && { targets: settings.targets }) })
  return { problems, made, dependencies: [...project.reach(file)] }
}
