// `tskeops check`: everything that TypeScript reports of a project, and our sentences on its formulas.
import { findTypeScript, openHost } from "../../hosts/find.ts"
import type { Host } from "../../hosts/host.ts"
import { foundErrors } from "../messages.ts"
import { exit, type Output, Refusal } from "../output.ts"
import { projectsOf } from "../projects.ts"
import { watch } from "../watch.ts"
import { formatProblem, inOrder } from "./format.ts"

interface Options {
  readonly json?: boolean
  readonly watch?: boolean
}

export async function main([project = "."]: readonly string[], options: Options, output: Output): Promise<number> {
  const hosts = projectsOf(project).map(open)
  try {
    const once = () => report(hosts, options, output)
    return options.watch ? await watch(hosts, once) : once()
  } finally {
    for (const host of hosts) host.dispose()
  }
}

/** The sentence about a TypeScript that is missing, or does not fit, is enough: no stack. */
function open(config: string): Host {
  try {
    return openHost(config)
  } catch (error) {
    throw new Refusal((error as Error).message, { cause: error })
  }
}

function report(hosts: readonly Host[], { json, watch: goesOn }: Options, { out, err }: Output): number {
  const problems = inOrder(hosts.flatMap((host) => host.problems()))
  const errors = problems.filter(({ category }) => category === "error").length
  if (json) out(JSON.stringify({ typescript: hosts[0]?.version ?? findTypeScript(process.cwd())?.version, errors, problems }, null, 2))
  else for (const problem of problems) out(formatProblem(problem, process.cwd()))
  if (goesOn) err(foundErrors(errors, new Date().toLocaleTimeString()))
  return errors === 0 ? exit.fine : exit.failed
}
