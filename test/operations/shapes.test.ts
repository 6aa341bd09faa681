// The table of dimension rules: what other places must hold to it, and cannot derive from it.
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import type { Operation } from "../../src/operations/operation.ts"
import { ownShapes, type ShapeRow, shapes } from "../../src/operations/shapes.ts"
import { internals, operations } from "../../src/operations/table.ts"

test.each(Object.entries<Operation>({ ...operations, ...internals }))("%s has as many arguments as its dimension rule", (name, row) => {
  // the calculus makes this one, and nothing counts its arguments
  if (name === "WithLimit") return
  const { args, optional }: ShapeRow = shapes[row.shape]
  expect([row.args.length, row.optional]).toEqual([args.length, optional])
})

test.each(Object.entries<ShapeRow>(shapes))("the rule %s is used by an operation, and names its arguments", (name, row) => {
  expect(Object.values<Operation>({ ...operations, ...internals }).map(({ shape }) => shape)).toContain(name)
  const words = `${row.result} ${row.rule ?? ""}`.match(/\w+/g)!
  for (const n of [...(row.integers ?? []), ...(row.lists ?? []).slice(0, 2)]) expect(words).toContain(row.args[n])
  expect(row.args).not.toContain("a")
})

test("the docstring of `shape` in defineOperation lists the rules that are accepted", () => {
  const source = readFileSync(new URL("../../src/formula/user-definition.ts", import.meta.url), "utf8")
  const [comment] = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/(?=\s*readonly shape:)/.exec(source)!
  expect([...comment.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual([...ownShapes].sort())
})
