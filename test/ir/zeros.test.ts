// The numbers 0 and -0 in one formula: each keeps its sign, which a divisor shows.
import { expect, test } from "vitest"
import { run } from "../support/run.ts"

const { POSITIVE_INFINITY: up, NEGATIVE_INFINITY: down } = Number
test.each([
  ["Concat(Inv(-0), Inv(0))", [down, up]],
  ["Concat(Inv(0), Inv(-0))", [up, down]],
  ["Concat(Clamp(s, -0, 3), Inv(0))", [0.5, up]],
  ["Concat(Inv(0), s * -0)", [up, 0]],
])("%s", async (formula, wanted) => {
  const { values } = await run(formula, ["s = Vi(1)"], "Sum", [[0.5]])
  expect(Array.from(values!)).toEqual(wanted)
})
