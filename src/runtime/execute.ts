// Runs an artifact: checks the inputs, chooses the executor, wraps what comes out. It knows no backend by name but through backends.ts.
import { ARTIFACT_VERSION, type Artifact, type Built, type Chain } from "../artifact/artifact.ts"
import { artifactVersion, tooManyRows } from "../messages/runtime.ts"
import { choose } from "./backends.ts"
import type { Outcome } from "./executor.ts"
import { readInputs } from "./inputs.ts"
import { type DeviceData, Matrix } from "./matrix.ts"
import type { RunOptions } from "./options.ts"

/** What a reduction gives: one matrix, or values and indices. */
export type Result = Matrix | { values: Matrix<Side, number, Float32Array>; indices: Matrix<Side, number, Int32Array> }
type Side = "i" | "j" | "pm"

/** What a chain gives that gives the value too. */
export interface ValueAndGradients {
  readonly value: Result
  readonly gradients: Readonly<Record<string, Result>>
}

/**
 * Runs `artifact` on one argument for each of its variables, in their order. Rejects with a TypeError or a RangeError that names the
 * variable where an argument does not fit, and with the signal's reason where it is aborted.
 */
export async function execute(artifact: Built, args: readonly unknown[], options: RunOptions = {}): Promise<Result | ValueAndGradients> {
  if (artifact.tskeops !== ARTIFACT_VERSION) throw new TypeError(artifactVersion(artifact.formula, artifact.tskeops, ARTIFACT_VERSION))
  const { data, rows, columns } = readInputs(artifact, args)
  if ("passes" in artifact) {
    // What lives on a device is passed on as it came.
    return chain(
      artifact,
      data.map((each, n) => (ArrayBuffer.isView(each) ? each : args[n])),
      columns,
      options,
    )
  }
  options.signal?.throwIfAborted()
  const { signal, onProgress, output } = options
  const run = await choose(options, data)
  options.signal?.throwIfAborted()
  return wrap(artifact, rows, await run({ artifact, rows, columns, inputs: data, signal, onProgress, output }))
}

async function chain(
  { variables, passes, counts, wrt, value, gradients, output }: Chain,
  args: readonly unknown[],
  columns: number,
  options: RunOptions,
): Promise<Result | ValueAndGradients> {
  const results: Record<string, Result> = {}
  const inputs: Record<string, unknown> = Object.fromEntries(variables.map(({ name }, n) => [name, args[n]]))
  if (counts) {
    if (columns > 2 ** 24) throw new RangeError(tooManyRows(columns))
    inputs[counts] = Float32Array.from({ length: columns }, (_, n) => n)
  }
  for (const [n, { gives, artifact }] of passes.entries()) {
    const onProgress = (done: number) => options.onProgress?.((n + done) / passes.length)
    const given = artifact.variables.map(({ name }) => inputs[name])
    const result = (await execute(artifact, given, { ...options, onProgress })) as Result
    results[gives] = result
    inputs[gives] = "indices" in result ? Float32Array.from((await result.indices.toHost()).data) : result
  }
  const take = (name: string) => {
    const result = results[name]!
    delete results[name]
    return output.kind === "values" && "indices" in result ? result.values : result
  }
  const taken = Object.fromEntries(Object.entries(gradients).map(([name, gives]) => [name, take(gives)]))
  const answer = value ? { value: take(value), gradients: taken } : taken[wrt as string]!
  for (const left of Object.values(results)) for (const matrix of "indices" in left ? Object.values(left) : [left]) matrix.dispose()
  return answer
}

function wrap(artifact: Artifact, rows: number, outcome: Outcome<DeviceData>): Result {
  const { width, kind } = artifact.output
  const category = artifact.output.category ?? (artifact.over === "j" ? "i" : "j")
  const values = () => new Matrix<Side, number, Float32Array>(outcome.values!, rows, width, category)
  const indices = () => new Matrix<Side, number, Int32Array>(outcome.indices!, rows, width, category, "indices")
  if (kind === "both") return { values: values(), indices: indices() }
  return (kind === "values" ? values() : indices()) as Matrix
}
