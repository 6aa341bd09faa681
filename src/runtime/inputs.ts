// Checks what a user passes for the variables, and makes float32 rows of it. Every error names the variable.
import type { Artifact, ArtifactVariable } from "../artifact/artifact.ts"
import {
  inputCount,
  inputElement,
  inputIndices,
  inputKind,
  inputLength,
  inputMatrix,
  inputRow,
  inputRows,
  parameterLength,
} from "../messages/runtime.ts"
import { type DeviceData, Matrix } from "./matrix.ts"

export interface Inputs {
  /** One for each of the artifact's variables. */
  readonly data: readonly (Float32Array | DeviceData)[]
  readonly rows: number
  readonly columns: number
}

interface Counted {
  readonly variable: ArtifactVariable
  readonly rows: number
}

/**
 * The inputs of one run, in the order of `artifact.variables`. Without a variable that has rows there is 1 row; likewise columns.
 * Throws a TypeError or a RangeError that names the variable.
 */
export function readInputs(artifact: Pick<Artifact, "variables">, args: readonly unknown[]): Inputs {
  const { variables } = artifact
  if (args.length !== variables.length) {
    throw new TypeError(
      inputCount(
        variables.map(({ name }) => name),
        args.length,
      ),
    )
  }
  const data = variables.map((variable, index) => numbers(variable, args[index]))
  const first: { row?: Counted; column?: Counted } = {}
  variables.forEach((variable, index) => {
    if (variable.role === "parameter") return
    const rows = (data[index]?.length ?? 0) / variable.dim
    const known = first[variable.role]
    if (known === undefined) first[variable.role] = { variable, rows }
    else if (known.rows !== rows) throw new RangeError(inputRows(known.variable, known.rows, variable, rows))
  })
  return { data, rows: first.row?.rows ?? 1, columns: first.column?.rows ?? 1 }
}

function numbers(variable: ArtifactVariable, value: unknown): Float32Array | DeviceData {
  const data = convert(variable, value)
  const { length } = data
  if (variable.role === "parameter" ? length !== variable.dim : length % variable.dim !== 0) {
    throw new RangeError((variable.role === "parameter" ? parameterLength : inputLength)(variable, length))
  }
  return data
}

function convert(variable: ArtifactVariable, value: unknown): Float32Array | DeviceData {
  if (value instanceof Float32Array) return value
  if (value instanceof Float64Array) return Float32Array.from(value)
  if (value instanceof Matrix) return matrix(variable, value)
  if (Array.isArray(value)) return Array.isArray(value[0]) ? nested(variable, value) : flat(variable, value)
  if (typeof value === "number" && variable.role === "parameter" && variable.dim === 1) return Float32Array.of(value)
  throw new TypeError(inputKind(variable, describe(value)))
}

function matrix(variable: ArtifactVariable, value: Matrix): Float32Array | DeviceData {
  if (value.kind === "indices") throw new TypeError(inputIndices(variable))
  // A parameter of dimension d may come as d rows of one number.
  if (value.dim !== variable.dim && variable.role !== "parameter") throw new RangeError(inputMatrix(variable, value.dim))
  return value.numbers() as Float32Array | DeviceData
}

function flat(variable: ArtifactVariable, value: readonly unknown[]): Float32Array {
  const data = new Float32Array(value.length)
  for (let index = 0; index < value.length; index++) {
    const element = value[index]
    if (typeof element !== "number") throw new TypeError(inputElement(variable, index, describe(element)))
    data[index] = element
  }
  return data
}

function nested(variable: ArtifactVariable, value: readonly unknown[]): Float32Array {
  const { dim } = variable
  const data = new Float32Array(value.length * dim)
  value.forEach((row, index) => {
    if (!Array.isArray(row)) throw new TypeError(inputRow(variable, index, describe(row)))
    if (row.length !== dim) throw new RangeError(inputRow(variable, index, `an array of ${row.length}`))
    for (let component = 0; component < dim; component++) {
      const element: unknown = row[component]
      if (typeof element !== "number") throw new TypeError(inputElement(variable, index * dim + component, describe(element)))
      data[index * dim + component] = element
    }
  })
  return data
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === "object") {
    const kind = value.constructor?.name ?? "Object"
    return `${/^[AEIO]/.test(kind) ? "an" : "a"} ${kind}`
  }
  return typeof value === "string" ? JSON.stringify(value) : `a ${typeof value}`
}
