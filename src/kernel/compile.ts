// From a request to an artifact: all stages in order. The transformer calls it while an application is built, `tskeops/jit` at run time.
import { ARTIFACT_VERSION, type Artifact, type Request } from "../artifact/artifact.ts"
import { lower } from "./lower.ts"
import { schedule } from "./schedule.ts"
import { verify } from "./verify.ts"
import { emitWasm } from "./wasm.ts"
import { emitWgsl } from "./wgsl.ts"

/** The artifact of one reduction. Throws a FormulaError where the formula is wrong. */
export function compile(request: Request): Artifact {
  const program = verify(lower(request))
  const scheduled = schedule(program)
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
    wasm: { ...emitWasm(scheduled), relaxed: emitWasm(scheduled, true).module },
  }
}
