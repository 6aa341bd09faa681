// Checks the arguments for the variables, and converts them to float32 rows. Every error names the variable.
import type { Artifact, ArtifactVariable } from "../artifact/artifact.ts"
import {
  inputCount,
  inputDetached,
  inputElement,
  inputIndices,
  inputKind,
  inputLength,
  inputMatrix,
  inputRow,
  inputRows,
  noMemory,
} from "../messages/runtime.ts"
import { make } from "./executor.ts"
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
 * The inputs of one run, in the order of `artifact.variables`. If no variable has rows there is 1 row; likewise for columns.
 *
 * @throws TypeError or RangeError that names the variable.
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
  return { data, ...countsOf(artifact, data) }
}

/** The numbers of rows and columns, on which all variables must agree. */
export function countsOf({ variables }: Pick<Artifact, "variables">, data: Inputs["data"]): { rows: number; columns: number } {
  const first: { row?: Counted; column?: Counted } = {}
  variables.forEach((variable, index) => {
    if (variable.role === "parameter") return
    const rows = data[index]!.length / variable.dim
    first[variable.role] ??= { variable, rows }
    const known = first[variable.role]!
    if (known.rows !== rows) throw new RangeError(inputRows(known.variable, known.rows, variable, rows))
  })
  return { rows: first.row?.rows ?? 1, columns: first.column?.rows ?? 1 }
}

function numbers(variable: ArtifactVariable, value: unknown): Float32Array | DeviceData {
  const data = convert(variable, value)
  const { length } = data
  if (variable.role === "parameter" ? length !== variable.dim : length % variable.dim !== 0) {
    throw new RangeError(inputLength(variable, length))
  }
  return data
}

type Numbers = Float32Array

/** Whether a value is a typed array of numbers, from any realm. Arrays of BigInts are not. */
function isNumbers(value: unknown): value is Numbers {
  return ArrayBuffer.isView(value) && /^[IUF]/.test((value as Numbers)[Symbol.toStringTag])
}

/** Always copies an array: the caller may change it after the call. */
function convert(variable: ArtifactVariable, value: unknown): Float32Array | DeviceData {
  if (value instanceof Matrix) return matrix(variable, value)
  if (isNumbers(value)) return copy(variable, value)
  if (Array.isArray(value)) return list(variable, value)
  if (typeof value === "number" && variable.role === "parameter" && variable.dim === 1) return Float32Array.of(value)
  throw new TypeError(inputKind(variable, describe(value)))
}

function matrix(variable: ArtifactVariable, value: Matrix): Float32Array | DeviceData {
  if (value.kind === "indices") throw new TypeError(inputIndices(variable))
  // A parameter of dimension d may be passed as d rows of one number.
  if (value.dim !== variable.dim && variable.role !== "parameter") throw new RangeError(inputMatrix(variable, value.dim))
  const numbers = value.numbers()
  return ArrayBuffer.isView(numbers) ? copy(variable, numbers) : numbers
}

function copy(variable: ArtifactVariable, numbers: Numbers): Float32Array {
  try {
    return new Float32Array(numbers)
  } catch (error) {
    throw error instanceof RangeError
      ? new RangeError(noMemory(variable.name, 4 * numbers.length, ""))
      : new TypeError(inputDetached(variable))
  }
}

/** A list of rows, or a flat list of numbers. */
function list(variable: ArtifactVariable, value: readonly unknown[]): Float32Array {
  const isRow = (row: unknown): row is ArrayLike<unknown> => Array.isArray(row) || isNumbers(row)
  const isNested = isRow(value[0])
  const rows = isNested ? value : [value]
  const size = isNested ? variable.dim : value.length
  const count = rows.length * size
  const data = make(() => new Float32Array(count), noMemory(variable.name, 4 * count, ""))
  // Not `forEach`, which skips holes.
  for (let index = 0; index < rows.length; index++) {
    const given = rows[index]
    const row = isNumbers(given) ? copy(variable, given) : given
    if (!isRow(row) || row.length !== size) throw new RangeError(inputRow(variable, index, describe(row)))
    for (let n = 0; n < size; n++) {
      const element: unknown = row[n]
      if (typeof element !== "number") throw new TypeError(inputElement(variable, index * size + n, describe(element)))
      data[index * size + n] = element
    }
  }
  return data
}

export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value) || isNumbers(value)) return `an array of ${value.length}`
  if (typeof value === "object") {
    return `an object (${value.constructor?.name})`
  }
  return typeof value === "string" ? JSON.stringify(value) : `a ${typeof value}`
}
