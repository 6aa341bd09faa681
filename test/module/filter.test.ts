// The filter of texts: whatever gets an artifact must pass it, and everyday code must not.
import { expect, test } from "vitest"
import { method, reductions } from "../../src/reductions/reductions.ts"
import { mayHaveFormulas } from "../../tools/module/filter.ts"

test.each(Object.keys(reductions).map(method))("mayHaveFormulas: a call of %s on an imported formula may make a reduction", (name) => {
  for (const call of [
    `f.${name}()`,
    `f\n  .${name}({ over: "i" })`,
    `f?.${name}?.()`,
    `f["${name}"](3)`,
    `const { ${name} } = f\n${name}()`,
  ])
    expect([call, mayHaveFormulas(call)]).toEqual([call, true])
})

test.each([
  'import { keops } from "tskeops"',
  'import * as ours from "./ours.ts"\nexport const f = ours.formula`Exp($<x>)`',
  'export const f = reduce("x * y", ["x = Vi(3)", "y = Vj(3)"])',
  'import { genericSum } from "./ours.ts"',
  'export const slope = density.grad("x")',
  'export const both = density.valueAndGrad(["x", "y"])',
])("mayHaveFormulas: %j may have some", (text) => {
  expect(mayHaveFormulas(text)).toBe(true)
})

test.each([
  "",
  "export const a = Math.min(1, Math.max(2, 3))",
  "export const a = Math . max (2, 3)",
  "const range = { min: 0, max: 1, sum: 3 }",
  "const price = `$" + "{amount}`",
  "import { useState } from 'react'\nexport const [a, setA] = useState<number>(0)",
])("mayHaveFormulas: %j has none", (text) => {
  expect(mayHaveFormulas(text)).toBe(false)
})
