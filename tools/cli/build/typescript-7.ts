// Builds with TypeScript 7.0, whose API emits nothing: the project's files are written elsewhere with their kernels in them, `tsc` emits from there,
// and what it emits comes to where the project wants it.
import { execFileSync, spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { openHost } from "../../hosts/find.ts"
import type { Host, ModulePlan } from "../../hosts/host.ts"
import { compileModule } from "../../module/compile-module.ts"
import { formatProblem, inOrder } from "../check/format.ts"
import { foundErrors, notEmitted } from "../messages.ts"
import { exit, type Output } from "../output.ts"
import { watch } from "../watch.ts"
import type { BuildOptions } from "./main.ts"
import { createMirror, type Written } from "./mirror.ts"

export async function buildWith7(
  typescript: string,
  configs: readonly string[],
  { watch: goesOn }: BuildOptions,
  output: Output,
): Promise<number> {
  const tsc = join(dirname(typescript), "bin/tsc")
  const projects = configs.map((config) => ({ config, host: openHost(config) }))
  const build = (): number => {
    const errors = projects.map(({ config, host }) => buildProject(tsc, config, host, output)).reduce((sum, each) => sum + each, 0)
    if (goesOn) output.err(foundErrors(errors, new Date().toLocaleTimeString()))
    return errors === 0 ? exit.fine : exit.failed
  }
  try {
    const hosts = projects.map(({ host }) => host)
    return goesOn ? await watch(hosts, build) : build()
  } finally {
    for (const { host } of projects) host.dispose()
  }
}

interface Shown {
  readonly compilerOptions?: Readonly<Record<string, unknown>>
}

/** The number of errors. */
function buildProject(tsc: string, config: string, host: Host, { out, err }: Output): number {
  const problems = host.problems()
  for (const problem of inOrder(problems)) out(formatProblem(problem, process.cwd()))
  const errors = problems.filter(({ category }) => category === "error").length
  const { compilerOptions = {} } = JSON.parse(run(tsc, ["--showConfig", "-p", config])) as Shown
  if (compilerOptions.noEmit) err(notEmitted(config))
  if (compilerOptions.noEmit || (errors > 0 && compilerOptions.noEmitOnError)) return errors
  const files = run(tsc, ["--listFilesOnly", "-p", config])
    .split(/\r?\n/)
    .filter((file) => file !== "" && !file.includes("/node_modules/"))
  const mirror = createMirror({ config, files, options: compilerOptions })
  const plans = new Map(host.files().map((file) => [file, host.plan(file)]))
  const emit = (
    textOf: (text: string, plan: ModulePlan, file: string) => Written | undefined,
    options: Readonly<Record<string, unknown>>,
  ) => {
    mirror.write((file) => {
      const plan = plans.get(file)
      return plan && textOf(readFileSync(file, "utf8"), plan, file)
    }, options)
    // The types are checked: by the host, with our sentences.
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", mirror.config, "--noCheck"], { encoding: "utf8" })
    const said = mirror.named(stdout).trim()
    if (said !== "") out(said)
    return said === "" ? 0 : 1
  }
  try {
    const { declaration, composite, emitDeclarationOnly } = compilerOptions
    const hasDeclarations = declaration === true || composite === true
    const asCalls = (text: string, plan: ModulePlan, file: string) => compileModule(text, { ...plan, calls: [] }, { file })
    // With artifacts in them calls have arguments that their types do not know.
    const inTypes = hasDeclarations ? emit(asCalls, { emitDeclarationOnly: true }) : 0
    const inCode = emitDeclarationOnly
      ? 0
      : emit((text, plan, file) => compileModule(text, plan, { file }), { declaration: false, declarationMap: false, composite: false })
    mirror.deliver()
    return errors + inTypes + inCode
  } finally {
    mirror.remove()
  }
}

const run = (tsc: string, args: readonly string[]) =>
  execFileSync(process.execPath, [tsc, ...args], { encoding: "utf8", maxBuffer: 1 << 28 })
