// Which project a file belongs to: the nearest tsconfig.json above it, or one beside that (tsconfig.app.json); without any, the folder of its package.
import { existsSync, readdirSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { openHost } from "../hosts/find.ts"
import type { Host, ModulePlan } from "../hosts/host.ts"

export interface Projects {
  /** What is to be put into a file whose text is `text`; or, where no project has it, the project that should. */
  plan(file: string, text: string): ModulePlan | { readonly missing: string }
}

/** Opens each project when its first file is asked for. */
export function openProjects(open: (project: string) => Host = openHost): Projects {
  const hosts = new Map<string, Host>()
  const hostOf = (project: string): Host => {
    const host = hosts.get(project) ?? open(project)
    hosts.set(project, host)
    return host
  }
  return {
    plan(file, text) {
      const found = projectsOf(file)
      for (const project of found) {
        const host = hostOf(project)
        host.changed(file, text)
        const plan = host.plan(file)
        if (plan) return plan
      }
      return { missing: found[0]! }
    },
  }
}

/** The projects that may have a file, the likeliest first. */
export function projectsOf(file: string): readonly string[] {
  const above = foldersAbove(file)
  const folder = above.find((one) => existsSync(join(one, "tsconfig.json")))
  if (folder === undefined) return [above.find((one) => existsSync(join(one, "package.json"))) ?? dirname(file)]
  const beside = readdirSync(folder).filter((name) => /^tsconfig\..+\.json$/.test(name) && basename(name) !== "tsconfig.json")
  return ["tsconfig.json", ...beside.sort()].map((name) => join(folder, name))
}

function foldersAbove(file: string): readonly string[] {
  const folder = dirname(file)
  return folder === dirname(folder) ? [folder] : [folder, ...foldersAbove(folder)]
}
