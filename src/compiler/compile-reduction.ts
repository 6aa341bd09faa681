// From a request to an artifact: all stages in order. The transformer calls it while an application is built, `tskeops/jit` at run time.
import { ARTIFACT_VERSION, type Artifact, type Request } from "../artifact/artifact.ts"
import { about, FormulaError } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { regions } from "../ir/liveness.ts"
import { schedule } from "../ir/schedule.ts"
import { verify } from "../ir/verify.ts"
import { lower } from "../lower/lower.ts"
import { NoModule, TooDeep, TooMuchMemory, TooMuchWork } from "../messages/limits.ts"
import { emitWasm } from "../wasm/emit.ts"
import { isModule, knowsRelaxed } from "../wasm/validate.ts"
import { operationsOf } from "../wasm/work.ts"
import { emitWgsl } from "../wgsl/emit.ts"

/** The artifact of one reduction. Throws a FormulaError where the formula is wrong, or more than a kernel can do. */
export function compile(request: Request): Artifact {
  return inWords(request.formula, () => compiled(request))
}

/** A sentence in the place of the engine's own where its stack ends: formulas are walked with stacks of their own, but not within all operations. */
export function inWords<T>(formula: string, body: () => T): T {
  try {
    return body()
  } catch (error) {
    const isStack = error instanceof Error && !(error instanceof FormulaError) && /call stack|recursion/i.test(error.message)
    throw isStack ? about(formula, TooDeep(limits.depth)) : error
  }
}

function compiled(request: Request): Artifact {
  const refuse = (sentence: string): never => {
    throw about(request.formula, sentence)
  }
  const program = verify(lower(request))
  const scheduled = schedule(program)
  const work = Math.max(...regions.map((region) => operationsOf(scheduled[region])))
  if (work > limits.work) refuse(TooMuchWork(work, limits.work))
  const wasm = emitWasm(scheduled)
  const bytes = wasm.stateBytes + wasm.scratchBytes
  if (bytes > limits.memory) refuse(TooMuchMemory(bytes, limits.memory))
  const relaxed = emitWasm(scheduled, true).module
  if (!isModule(wasm.module) || (knowsRelaxed() && !isModule(relaxed))) refuse(NoModule())
  return {
    tskeops: ARTIFACT_VERSION,
    formula: request.formula,
    variables: program.variables,
    reduction: request.reduction,
    over: request.over,
    k: program.reduction.ranked ? program.k : 0,
    ...(request.weight !== undefined && { weight: request.weight }),
    output: { dim: program.outputDim, width: program.outputDim * program.k, kind: program.reduction.outputs },
    wgsl: emitWgsl(scheduled),
    wasm: { ...wasm, relaxed },
  }
}
