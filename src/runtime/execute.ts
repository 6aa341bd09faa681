// Runs an artifact: checks the inputs, chooses the executor, wraps the outputs. Backends are known to backends.ts only.
import type { Artifact, Built, Chain } from "../artifact/artifact.ts"
import { type Backend, choose } from "./backends.ts"
import { checkArtifact } from "./damage.ts"
import { type Outcome, onHost } from "./executor.ts"
import { gather } from "./gather.ts"
import { countsOf, type Inputs, readInputs } from "./inputs.ts"
import { type DeviceData, Matrix } from "./matrix.ts"
import type { RunOptions } from "./options.ts"

/** The output of a reduction: one matrix, or values and indices. */
export type Result = Matrix | Pair
interface Pair {
  readonly values: Matrix<Side, number, Float32Array>
  readonly indices: Matrix<Side, number, Int32Array>
}
type Side = "i" | "j" | "pm"

/** The output of a chain that returns the value too. */
export interface ValueAndGradients {
  readonly value: Result
  readonly gradients: Readonly<Record<string, Result>>
}

/**
 * Runs `artifact` on one argument for each of its variables, in order. Rejects with a TypeError or a RangeError that names the variable if an
 * argument does not fit, and with the signal's reason if it is aborted.
 */
export async function execute(artifact: Built, args: readonly unknown[], options: RunOptions = {}): Promise<Result | ValueAndGradients> {
  checkArtifact(artifact)
  // All of this before the first `await`: once a caller has the promise, it may change, move or free its arguments.
  const { data, rows, columns } = readInputs(artifact, args)
  const ends = data.flatMap((input) => (ArrayBuffer.isView(input) ? [] : [input.hold()]))
  try {
    options.signal?.throwIfAborted()
    const backend = await choose((artifact as Chain).steps?.[0]?.artifact ?? (artifact as Artifact), options, data, ends)
    if ("steps" in artifact) return await chain(artifact, data, columns, backend, options)
    return wrap(artifact, rows, await backend.run({ ...options, artifact, rows, columns, inputs: data }))
  } finally {
    for (const end of ends) end()
  }
}

async function chain(
  { variables, steps, value, gradients, output }: Chain,
  data: Inputs["data"],
  columns: number,
  backend: Backend,
  options: RunOptions,
): Promise<Result | ValueAndGradients> {
  const results: Record<string, Result> = {}
  const inputs = Object.fromEntries(variables.map(({ name }, n) => [name, data[n]!]))
  try {
    for (const [n, { gives, artifact, gather: gathering }] of steps.entries()) {
      const given = artifact.variables.map(({ name }) => inputs[name]!)
      const onProgress = (done: number) => options.onProgress?.((n + done) / steps.length)
      const keep = (rows: number, outcome: Outcome<DeviceData>, width?: number) => {
        results[gives] = wrap(artifact, rows, outcome, width)
        inputs[gives] = outcome.values!
      }
      if (gathering) {
        const indices = await (results[gathering.index] as Pair).indices.toHost()
        const rows = { row: indices.rows, slot: indices.rows, column: columns, parameter: 1 }[gathering.to]
        const width = gathering.to === "slot" ? indices.dim : artifact.output.dim
        const hosts = await Promise.all(given.map(onHost))
        const sums = await gather(artifact, gathering, indices, hosts, rows * width, async (inputs, rows, done) => {
          const { values } = await backend.run({ signal: options.signal, artifact, rows, columns: 1, inputs })
          onProgress(done)
          return values as Float32Array
        })
        keep(rows, { values: options.output === "device" ? await backend.upload(sums) : sums }, width)
      } else {
        const counts = countsOf(artifact, given)
        keep(counts.rows, await backend.run({ ...options, onProgress, artifact, ...counts, inputs: given }))
      }
    }
    const take = (name: string): Result => {
      const all = results[name]!
      delete results[name]
      if (output.kind !== "values" || !("indices" in all)) return all
      results[name] = all.indices as unknown as Matrix
      return all.values
    }
    const made = Object.fromEntries(Object.entries(gradients).map(([name, gives]) => [name, take(gives)]))
    return value ? { value: take(value), gradients: made } : Object.values(made)[0]!
  } finally {
    // Dispose of results that are not returned, including when a step throws.
    for (const left of Object.values(results)) for (const matrix of "indices" in left ? Object.values(left) : [left]) matrix.dispose()
  }
}

function wrap(artifact: Artifact, rows: number, outcome: Outcome<DeviceData>, width = artifact.output.width): Result {
  const { kind } = artifact.output
  const category = artifact.output.category ?? (artifact.over === "j" ? "i" : "j")
  const matrix = (part: "values" | "indices") => new Matrix(outcome[part]!, rows, width, category, part)
  return (kind === "both" ? { values: matrix("values"), indices: matrix("indices") } : matrix(kind)) as Result
}
