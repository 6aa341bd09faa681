// When the oracle leaves a value open because rounding decides, and that it does not if float32 is exact.
import { expect, test } from "vitest"
import { parse } from "../../src/formula/parser/parse.ts"
import { evaluated } from "../support/oracle.ts"
import { exactly, isStated, judged } from "./values.ts"

const inputs = {
  x: [Math.fround(0.7)],
  n: [3],
  m: [1 + 2 ** -23],
  w: [2 ** -126],
  f: [-3, -3],
  g: [0, 0],
  a: [0.604105115, 0.796021163].map(Math.fround),
}
const dims = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, value.length]))
/** For several seeds of the random perturbations, so that the result is not luck. */
const said = (formula: string) =>
  Array.from({ length: 20 }, (_, seed) => judged(() => evaluated(parse(formula, dims), inputs), seed)[0]!).map((one) =>
    isStated(one) ? one.value : one.reason,
  )
const always = (one: unknown) => Array.from({ length: 20 }, () => one)

test.each([
  ["ArgMin(Real2Complex(XLogX(a + 0.5) / 5 * 5 == XLogX(a + 0.5)))", "conditioned"],
  ["XLogX(x) / 5 * 5 < XLogX(x)", "conditioned"],
  ["ArgMin(Concat(x / 7 * 7, x))", "conditioned"],
  ["w / 7 * 7 <= w", "conditioned"],
  ["1 / MatVecMult(f, g * 2)", "class"],
  ["1 / (MatVecMult(f, g) * n)", "class"],
])("the oracle leaves %s open", (formula, reason) => expect(said(formula)).toEqual(always(reason)))

test.each([
  ["n * 2 / 3 * 3 == n * 2", 1],
  ["n * 2 / 3 < 2", 0],
  ["n / 3 <= 1", 1],
  ["m == 1", 0],
  ["1 < m", 1],
  ["x == 0.7", 1],
  ["ArgMax(Concat(n / 3, m))", 1],
  ["x - 0.5 < x", 1],
  ["Max(f) == Min(f)", 1],
  ["f == -n", 1],
  ["w < 2 * w", 1],
  ["w * w < 0", 0],
  ["1 / MatVecMult(f, g + n)", -1 / 18],
])("the oracle evaluates %s as %d", (formula, value) => expect(said(formula)).toEqual(always(value)))

test("the oracle evaluates in float64 with the range of float32", () => {
  const value = (formula: string) => exactly(() => evaluated(parse(formula, dims), inputs))[0]
  expect(value("1 / Square(Square(Exp(n * 20)))")).toBe(0)
  expect(value("Expm1(Square(Square(Exp(n * 20))))")).toBe(Number.POSITIVE_INFINITY)
})

test("the oracle rounds a component of an angle's derivative like the whole derivative", () => {
  const tree = parse("Grad(Angle(v, 1), v, 1)", { v: 2 })
  const [across, along] = judged(() => evaluated(tree, { v: [0, -0.25] }), 1)
  expect(across).toMatchObject({ value: -4 })
  expect(isStated(along!) && Math.abs(along.value) + along.error > 1e-6 && along.error < 1e-3).toBe(true)
})
