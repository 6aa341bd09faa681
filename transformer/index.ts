// The ts-patch entry: rewrites the tags of a program before the check, and wraps its diagnostics and its emit. Also the program that validates
// shaders, when it is run and not loaded.
import { dirname } from "node:path"
import type ts from "typescript"
import type { Artifact, Built } from "../src/artifact/artifact.ts"
import type { Analysis, Finding } from "./analyse-file.ts"
import { analyseProgram } from "./analyse-program.ts"
import type { Compiler, Context, Options } from "./context.ts"
import { insertArtifacts } from "./emit.ts"
import { shaderRefused, validatorMissing } from "./messages.ts"
import { type FileTools, isKnown, refuseCompiler, refuseFiles, refuseOptions } from "./refuse.ts"
import { rewrite } from "./tags/rewrite-tags.ts"
import { answerWork, validate } from "./validate-shaders.ts"

interface Checking {
  getBindAndCheckDiagnostics(file: ts.SourceFile, ...others: readonly unknown[]): readonly ts.Diagnostic[]
}

/**
 * A program transformer of ts-patch. One line of tsconfig.json, under `compilerOptions.plugins`, sets it up:
 * `{ "transform": "tskeops/transformer", "transformProgram": true }`; then `tspc` takes the place of `tsc`.
 * With `"validate": true` every shader is checked with the `webgpu` package while building. With `"targets": ["wasm"]` or `["webgpu"]` the kernels for
 * the other one are left out, for half the bytes.
 */
export function transformProgram(program: ts.Program, _host: unknown, options: Options, tools?: { readonly ts: Compiler }): ts.Program {
  // Without `"transformProgram": true` ts-patch takes this for a transformer of files, and hands over its tools as the third argument.
  if (tools === undefined) return refuseFiles(options as FileTools) as never
  const { ts } = tools
  if (!isKnown(ts)) return refuseCompiler(ts, program)
  refuseOptions(ts, program, options)
  const context: Context = { ts, program, options }
  // Nothing of the program is bound yet: its trees are rewritten in place.
  for (const file of program.getSourceFiles()) rewrite(context, file)
  const target = program as ts.Program & Checking
  const check = target.getBindAndCheckDiagnostics.bind(target)
  const getSemantic = target.getSemanticDiagnostics.bind(target)
  const emit = target.emit.bind(target)

  const { analysisOf, withOurs: merged } = analyseProgram(context, (file) => check(file))
  let refused: readonly Finding[] | undefined
  const refusals = () => {
    refused ??= validateAll(context, analysisOf)
    return refused
  }
  const withOurs = (file: ts.SourceFile, checked: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] =>
    merged(file, checked, options.validate ? refusals().filter(({ call }) => call.getSourceFile() === file) : [])

  target.getBindAndCheckDiagnostics = (file, ...others) => withOurs(file, check(file, ...others))
  target.getSemanticDiagnostics = (file, ...others) => {
    if (file) return withOurs(file, getSemantic(file, ...others))
    const all = program.getSourceFiles().flatMap((one) => withOurs(one, getSemantic(one, ...others)))
    return ts.sortAndDeduplicateDiagnostics(all) as unknown as readonly ts.Diagnostic[]
  }
  target.emit = (file, writeFile, cancellation, onlyDeclarations, custom, ...others: readonly unknown[]) => {
    const before = [insertArtifacts(ts, analysisOf, (one) => rewrite(context, one), options.targets), ...(custom?.before ?? [])]
    return (emit as (...all: readonly unknown[]) => ts.EmitResult)(
      file,
      writeFile,
      cancellation,
      onlyDeclarations,
      { ...custom, before },
      ...others,
    )
  }
  return target
}

/** What the validator says of the shaders of a program: it gets all at once. */
function validateAll({ program }: Context, analysisOf: (file: ts.SourceFile) => Analysis): readonly Finding[] {
  const all = program.getSourceFiles().flatMap((file) => artifacts(analysisOf(file)))
  const config = program.getCompilerOptions().configFilePath
  const folder = typeof config === "string" ? dirname(config) : program.getCurrentDirectory()
  const answer = validate(
    __filename,
    folder,
    all.map(({ artifact }) => artifact.wgsl.code),
  )
  const finding = (call: ts.CallExpression, message: string) => ({ call, message, start: call.getStart(), end: call.end, replaces: false })
  if ("missing" in answer) return all.slice(0, 1).map(({ call }) => finding(call, validatorMissing(answer.missing)))
  return all.flatMap(({ call, artifact }, index) => {
    const why = answer.refusals[index]
    return why ? [finding(call, shaderRefused(artifact.formula, why))] : []
  })
}

function artifacts({ extras }: Analysis) {
  return [...extras].flatMap(([node, extra]) =>
    "artifact" in extra ? kernelsOf(extra.artifact).map((artifact) => ({ call: node as ts.CallExpression, artifact })) : [],
  )
}

const kernelsOf = (built: Built): readonly Artifact[] => ("steps" in built ? built.steps.map(({ artifact }) => artifact) : [built])

if (typeof module === "object" && typeof require === "function" && require.main === module) void answerWork()

// ts-patch loads the default export.
export { transformProgram as default }
