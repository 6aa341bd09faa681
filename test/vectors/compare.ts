// Compares a result with the expectation of a vector, and describes the first difference in one sentence.
import type { ReductionCase, Table, Tolerance } from "./case.ts"
import type { Output } from "./evaluate.ts"

/** The first difference, or undefined. On a GPU `atol` is that for WGSL, if the case has one. */
export function difference(given: ReductionCase, output: Output, gpu: boolean): string | undefined {
  const { expected, axis, M, N, K, tolerance } = given
  const side = axis === 1 ? "i" : "j"
  const rows = (expected.values ?? expected.indices)!.shape[0]
  if (output.category !== side || output.rows !== rows) return `expected ${rows} rows ${side}, got ${output.rows} rows ${output.category}`
  const there = axis === 1 ? N : M
  // A missing entry of a K reduction is -1 (and +inf) here, and 0 in PyKeOps: data/README.md.
  const missing = (at: number, width: number) => K != null && Math.floor((at % (width * K)) / width) >= there
  const width = (table: Table) => (K == null ? 1 : product(table.shape) / Math.max(1, table.shape[0]! * K))
  return (
    (expected.values && values(expected.values, output.values, tolerance, gpu, (at) => missing(at, width(expected.values!)))) ??
    (expected.indices && indices(expected.indices, output.indices, (at) => missing(at, width(expected.indices!)))) ??
    (!expected.values && output.values ? "values came out, and only indices were expected" : undefined) ??
    (!expected.indices && output.indices ? "indices came out, and only values were expected" : undefined)
  )
}

export function values(
  expected: Table,
  got: ArrayLike<number> | undefined,
  tolerance: Tolerance,
  gpu: boolean,
  missing: (at: number) => boolean = () => false,
): string | undefined {
  if (got?.length !== expected.data.length) return `expected ${expected.data.length} values, got ${got?.length ?? "none"}`
  const atol = (gpu ? tolerance.wgslAtol : undefined) ?? tolerance.atol
  for (const [at, each] of expected.data.entries()) {
    const want = missing(at) ? Number.POSITIVE_INFINITY : Number(each)
    const has = got[at]!
    if (Object.is(has, want) || has === want) continue
    if (!(Math.abs(has - want) <= atol + tolerance.rtol * Math.abs(want))) return `value ${at}: expected ${want}, got ${has}`
  }
  return undefined
}

function indices(expected: Table, got: ArrayLike<number> | undefined, missing: (at: number) => boolean): string | undefined {
  if (got?.length !== expected.data.length) return `expected ${expected.data.length} indices, got ${got?.length ?? "none"}`
  for (const [at, each] of expected.data.entries()) {
    const want = missing(at) ? -1 : Number(each)
    if (got[at] !== want) return `index ${at}: expected ${want}, got ${got[at]}`
  }
  return undefined
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, extent) => total * extent, 1)
}
