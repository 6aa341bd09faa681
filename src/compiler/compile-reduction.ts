// From a request to an artifact: all stages in order. The transformer calls it while an application is built, `tskeops/jit` at run time.
import { ARTIFACT_VERSION, type Artifact } from "../artifact/artifact.ts"
import type { Request } from "../artifact/requests.ts"
import { type WasmKernel, withoutFusion } from "../artifact/wasm-abi.ts"
import type { WgslKernel } from "../artifact/wgsl-abi.ts"
import { about } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { regions } from "../ir/liveness.ts"
import type { Program } from "../ir/program.ts"
import { schedule } from "../ir/schedule.ts"
import type { Schedule } from "../ir/statement.ts"
import { verify } from "../ir/verify.ts"
import { lower } from "../lower/lower.ts"
import { NoModule, TooMuchMemory, TooMuchWork } from "../messages/limits.ts"
import { emitWasm } from "../wasm/emit.ts"
import { isModule, knowsRelaxed } from "../wasm/validate.ts"
import { operationsOf } from "../wasm/work.ts"
import { emitWgsl } from "../wgsl/emit.ts"
import { shorten } from "../wgsl/shorten.ts"
import { inWords } from "./in-words.ts"
import { deriveTrees, parseReduction, simplifyTrees } from "./stages.ts"

/**
 * The artifact of one reduction.
 *
 * @throws FormulaError if the formula is invalid, or exceeds the limits of a kernel.
 */
export function compileReduction(request: Request): Artifact {
  return inWords(request.formula, () => {
    const program = programOf(request)
    const scheduled = affordable(schedule(program), request)
    const wasm = runnable(emitWasm(scheduled), request)
    const wgsl = emitWgsl(scheduled)
    return artifactOf(request, program, { ...wgsl, code: shorten(wgsl.code) }, wasm)
  })
}

/** The stages up to the IR. */
export function programOf(request: Request): Program {
  const parsed = parseReduction(request)
  const derived = deriveTrees(parsed, request)
  return verify(lower(simplifyTrees(derived)))
}

function affordable(scheduled: Schedule, { formula }: Request): Schedule {
  const work = Math.max(...regions.map((region) => operationsOf(scheduled[region])))
  if (work > limits.work) throw about(formula, TooMuchWork(work, limits.work))
  return scheduled
}

/** The kernel, its module validated for all engines: a build never ships one that cannot run. */
function runnable(wasm: WasmKernel, { formula }: Request): WasmKernel {
  const bytes = wasm.stateBytes + wasm.scratchBytes
  if (bytes > limits.memory) throw about(formula, TooMuchMemory(bytes, limits.memory))
  if (!isModule(withoutFusion(wasm.module)) || (knowsRelaxed() && !isModule(wasm.module))) throw about(formula, NoModule())
  return wasm
}

function artifactOf({ formula, reduction, over, weight }: Request, program: Program, wgsl: WgslKernel, wasm: WasmKernel): Artifact {
  const { variables, outputDim: dim, k, reduction: row } = program
  return {
    tskeops: ARTIFACT_VERSION,
    formula,
    variables,
    reduction,
    over,
    k: row.ranked ? k : 0,
    ...(weight !== undefined && { weight }),
    output: { dim, width: dim * k, kind: row.outputs },
    wgsl,
    wasm,
  }
}
