// `tskeops build`: checks a project and emits it, as tsc does, with the kernels of its formulas.
import { statSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname } from "node:path"
import type { Compiler } from "../../../transformer/context.ts"
import { findTypeScript } from "../../hosts/find.ts"
import { noTypeScript, oldTypeScript } from "../../hosts/messages.ts"
import { noConfig } from "../messages.ts"
import { type Output, Refusal } from "../output.ts"
import { configOf, projectsOf } from "../projects.ts"
import { buildInProcess } from "./in-process.ts"
import { buildWith7 } from "./typescript-7.ts"

export interface BuildOptions {
  readonly watch?: boolean
}

export async function main([project = "."]: readonly string[], options: BuildOptions, output: Output): Promise<number> {
  const config = configOf(project)
  if (!statSync(config, { throwIfNoEntry: false })) throw new Refusal(noConfig(config))
  const found = findTypeScript(dirname(config))
  if (found === undefined) throw new Refusal(noTypeScript(dirname(config)))
  const [major = 0, minor = 0] = found.version.split(".").map(Number)
  if (major < 5 || (major === 5 && minor < 9)) throw new Refusal(oldTypeScript(found.version))
  if (major >= 7) return buildWith7(found.path, projectsOf(config), options, output)
  return buildInProcess(createRequire(found.path)(dirname(found.path)) as Compiler, config, options, output)
}
