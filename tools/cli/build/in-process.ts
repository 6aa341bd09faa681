// Builds with TypeScript 5.9 or 6 in this process: its own incremental, solution and watch builders, over programs that the transformer has changed.
import type ts from "typescript"
import type { Compiler, Options } from "../../../transformer/context.ts"
import { transformProgram } from "../../../transformer/index.ts"
import { notEmitted } from "../messages.ts"
import { exit, type Output } from "../output.ts"
import type { BuildOptions } from "./main.ts"

type Builder = ts.EmitAndSemanticDiagnosticsBuilderProgram

export async function buildInProcess(ts: Compiler, config: string, { watch }: BuildOptions, output: Output): Promise<number> {
  const report = reporter(ts, output)
  const create = createProgram(ts)
  const { options, projectReferences, errors } = parse(ts, config)
  const refersToOthers = projectReferences !== undefined && projectReferences.length > 0
  if (options.noEmit) output.err(notEmitted(config))
  if (watch) {
    const status = (diagnostic: ts.Diagnostic) => output.err(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"))
    if (refersToOthers) {
      ts.createSolutionBuilderWithWatch(ts.createSolutionBuilderWithWatchHost(ts.sys, create, report, report, status), [config], {}).build()
    } else ts.createWatchProgram(ts.createWatchCompilerHost(config, {}, ts.sys, create, report, status))
    // Until the process is ended.
    return new Promise(() => {})
  }
  if (refersToOthers) {
    const status = ts.createSolutionBuilder(ts.createSolutionBuilderHost(ts.sys, create, report, report), [config], {}).build()
    return status === ts.ExitStatus.Success ? exit.fine : exit.failed
  }
  const { fileNames } = parse(ts, config)
  // Builders need files with versions, which this host gives them.
  const host = ts.createIncrementalCompilerHost(options)
  const builder = create(fileNames, options, host, previous(ts, options, host), errors, projectReferences)
  const diagnostics = check(builder)
  const emitted = options.noEmit ? [] : builder.emit().diagnostics
  const all = ts.sortAndDeduplicateDiagnostics([...diagnostics, ...emitted])
  for (const diagnostic of all) report(diagnostic)
  return all.some(({ category }) => category === ts.DiagnosticCategory.Error) ? exit.failed : exit.fine
}

/** What TypeScript's builders make programs with: the transformer changes each before its builder sees it. */
function createProgram(ts: Compiler): ts.CreateProgram<Builder> {
  return (rootNames, options, host, oldProgram, configFileParsingDiagnostics, projectReferences) => {
    const program = ts.createProgram({
      rootNames: rootNames ?? [],
      options: options ?? {},
      host,
      oldProgram: oldProgram?.getProgram(),
      configFileParsingDiagnostics,
      projectReferences,
    })
    const changed = transformProgram(program, host, optionsOf(options), { ts })
    return ts.createEmitAndSemanticDiagnosticsBuilderProgram(changed, host ?? ts.createIncrementalCompilerHost(options ?? {}), oldProgram)
  }
}

/** The options of the transformer's line in tsconfig.json, for users of tspc. */
function optionsOf(options: ts.CompilerOptions | undefined): Options {
  const lines = (options?.plugins ?? []) as readonly { readonly transform?: string; readonly validate?: boolean }[]
  const line = lines.find(({ transform }) => transform === "tskeops/transformer")
  return line?.validate === undefined ? {} : { validate: line.validate }
}

function previous(ts: Compiler, options: ts.CompilerOptions, host: ts.CompilerHost): Builder | undefined {
  if (!options.incremental && !options.composite) return undefined
  const reader = {
    readFile: host.readFile,
    useCaseSensitiveFileNames: host.useCaseSensitiveFileNames,
    getCurrentDirectory: host.getCurrentDirectory,
  }
  return ts.readBuilderProgram(options, reader) as Builder | undefined
}

/** The diagnostics that tsc prints: those of a later kind only if there are none of an earlier one. */
function check(builder: Builder): readonly ts.Diagnostic[] {
  const config = builder.getConfigFileParsingDiagnostics()
  const syntactic = builder.getSyntacticDiagnostics()
  if (config.length + syntactic.length > 0) return [...config, ...syntactic]
  const general = [...builder.getOptionsDiagnostics(), ...builder.getGlobalDiagnostics()]
  return general.length > 0 ? general : builder.getSemanticDiagnostics()
}

function parse(ts: Compiler, config: string): ts.ParsedCommandLine {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} }
  return ts.getParsedCommandLineOfConfigFile(config, {}, host)!
}

/** Prints as tsc does where its output is no terminal. */
function reporter(ts: Compiler, { out }: Output): ts.DiagnosticReporter {
  const host: ts.FormatDiagnosticsHost = {
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getNewLine: () => "\n",
    getCanonicalFileName: (name) => name,
  }
  return (diagnostic) => out(ts.formatDiagnostic(diagnostic, host).trimEnd())
}
