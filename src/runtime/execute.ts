// Runs an artifact: checks the inputs, chooses the executor, wraps what comes out. It knows no backend by name but through backends.ts.
import { ARTIFACT_VERSION, type Artifact } from "../artifact/artifact.ts"
import { artifactVersion } from "../messages/runtime.ts"
import { choose } from "./backends.ts"
import type { Outcome } from "./executor.ts"
import { readInputs } from "./inputs.ts"
import { type DeviceData, Matrix } from "./matrix.ts"
import type { RunOptions } from "./options.ts"

/** What a reduction gives: one matrix, or values and indices. */
export type Result = Matrix | { values: Matrix<"i" | "j", number, Float32Array>; indices: Matrix<"i" | "j", number, Int32Array> }

/**
 * Runs `artifact` on one argument for each of its variables, in their order. Rejects with a TypeError or a RangeError that names the
 * variable where an argument does not fit, and with the signal's reason where it is aborted.
 */
export async function execute(artifact: Artifact, args: readonly unknown[], options: RunOptions = {}): Promise<Result> {
  if (artifact.tskeops !== ARTIFACT_VERSION) throw new TypeError(artifactVersion(artifact.formula, artifact.tskeops, ARTIFACT_VERSION))
  const { data, rows, columns } = readInputs(artifact, args)
  options.signal?.throwIfAborted()
  const { signal, onProgress, output } = options
  const run = await choose(options, data)
  options.signal?.throwIfAborted()
  return wrap(artifact, rows, await run({ artifact, rows, columns, inputs: data, signal, onProgress, output }))
}

function wrap(artifact: Artifact, rows: number, outcome: Outcome<DeviceData>): Result {
  const { width, kind } = artifact.output
  const category = artifact.over === "j" ? "i" : "j"
  const values = () => new Matrix<"i" | "j", number, Float32Array>(outcome.values!, rows, width, category)
  const indices = () => new Matrix<"i" | "j", number, Int32Array>(outcome.indices!, rows, width, category, "indices")
  if (kind === "both") return { values: values(), indices: indices() }
  return (kind === "values" ? values() : indices()) as Matrix
}
