// The text of a definition and its parts: reading is the inverse of writing.
import fc from "fast-check"
import { expect, test } from "vitest"
import { print } from "../../src/formula/print.ts"
import { definition, isDefinition, type OperationRow, readDefinition } from "../../src/formula/user-definition.ts"
import { ownShapes } from "../../src/operations/shapes.ts"
import { node } from "./arbitrary.ts"

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z_0-9]{0,6}$/)
const formula = node.map((tree) => print(tree))
const row = fc
  .record({
    name,
    args: fc.uniqueArray(name, { maxLength: 4 }),
    shape: fc.constantFrom(...ownShapes),
    uses: fc.uniqueArray(name, { maxLength: 3 }),
    kind: fc.constantFrom("means", "scalar"),
    formula,
    slopes: fc.array(fc.option(formula), { maxLength: 4 }),
  })
  .map(({ slopes, ...parts }) => {
    const gradient = slopes.slice(0, parts.args.length).map((text, n) => [parts.args[n]!, text] as const)
    return { ...parts, gradient }
  })

test("a definition is read as it was written, whatever its row", () => {
  fc.assert(
    fc.property(row, (parts) => {
      const { kind, formula, gradient, uses, ...rest } = parts
      const written: OperationRow = {
        ...rest,
        [kind]: formula,
        uses: uses.map((used) => ({ name: used, operations: [] })),
        ...(gradient.length > 0 && { gradient: Object.fromEntries(gradient) }),
      }
      const text = definition(written)
      expect(readDefinition(text)).toEqual(parts)
      expect(isDefinition(text)).toBe(true)
    }),
    { numRuns: 500, seed: 1 },
  )
})

test("a gradient of null is that of each argument", () => {
  const { gradient } = readDefinition(definition({ name: "Mine", args: ["f", "g"], shape: "pair", means: "f | g", gradient: null }))
  expect(gradient).toEqual([
    ["f", null],
    ["g", null],
  ])
})
