// Runs one case through the public interface, and describes the first difference in one sentence.
import { genred } from "../../src/index.ts"
import "../../src/jit/index.ts"
import type { Case, Numeral } from "./case.ts"

export type Backend = "wasm" | "webgpu"

interface Matrix {
  readonly data: Float32Array | Int32Array
}

/** The formulas of the cases are not literals, so the types do not check them. */
interface Loose {
  (
    ...inputs: readonly Float32Array[]
  ): Promise<
    | Matrix
    | { readonly values: Matrix; readonly indices: Matrix }
    | { readonly value: Matrix; readonly gradients: Readonly<Record<string, Matrix>> }
  >
  with(options: { readonly backend: Backend }): Loose
  grad(name: string): Loose
  valueAndGrad(names: readonly string[]): Loose
}

async function answer({ formula, aliases, reduction, over, k, weight, grad, together, args }: Case, backend: Backend) {
  const options = { reduction, ...(over && { over }), ...(k && { k }), ...(weight && { weight }) }
  const made = (genred as unknown as (formula: string, aliases: readonly string[], options: object) => Loose)(formula, aliases, options)
  const wanted = together ? made.valueAndGrad(together) : grad === undefined ? made : made.grad(grad)
  const run = wanted.with({ backend })
  const given = await run(...args.map((numbers) => Float32Array.from(numbers, Number)))
  if ("gradients" in given)
    return { values: [given.value, ...together!.map((name) => given.gradients[name]!)].flatMap(({ data }) => [...data]) }
  if ("values" in given) return { values: given.values.data, indices: given.indices.data }
  return given.data instanceof Int32Array ? { indices: given.data } : { values: given.data }
}

/** The first difference on a backend; undefined if the case passes. */
export async function failure(given: Case, backend: Backend): Promise<string | undefined> {
  const { expected, tolerance } = given
  if (expected.error) {
    const thrown = await answer(given, backend).catch((error: Error) => error)
    return thrown instanceof Error ? unreadable(thrown) : "was accepted, and must be refused"
  }
  const got = await answer(given, backend)
  return (
    (expected.values && differs("value", expected.values, got.values, tolerance)) ??
    (expected.indices && differs("index", expected.indices, got.indices, undefined))
  )
}

const unreadable = ({ message }: Error) =>
  message.length < 12 || /undefined|\[object|Cannot read|is not a function|call stack|Array buffer/.test(message)
    ? `is refused, but not in words: ${message}`
    : undefined

function differs(
  what: string,
  expected: readonly Numeral[],
  got: ArrayLike<number> | undefined,
  { rtol, atol } = { rtol: 0, atol: 0 },
): string | undefined {
  if (got?.length !== expected.length) return `expected ${expected.length} numbers, got ${got?.length ?? "none"}`
  for (const [at, each] of expected.entries()) {
    const [want, has] = [Number(each), got[at]!]
    if (has === want || Object.is(has, want)) continue
    // No tolerance applies between numbers and infinities.
    if (!Number.isFinite(want) || !(Math.abs(has - want) <= atol + rtol * Math.abs(want)))
      return `${what} ${at}: expected ${want}, got ${has}`
  }
  return undefined
}
