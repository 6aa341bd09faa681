// The names on the right-hand side of docs/from-pykeops.md are ours.
import { expect, test } from "vitest"
import { operations } from "../../src/operations/table.ts"
import { method, reductions } from "../../src/reductions/reductions.ts"
import { read } from "./pages.ts"

const ours = [...read("docs/from-pykeops.md").matchAll(/^\| .* \| (.*) \|$/gm)].map(([, cell]) => cell!)
const called = (pattern: RegExp) => ours.flatMap((cell) => [...cell.matchAll(pattern)].map(([, name]) => name!))

test("from-pykeops names operations that exist", () => {
  const names = called(/(?<![\w.])([A-Z]\w+)\(/g).filter((name) => !/^(Vi|Vj|Pm)$/.test(name))
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name) => !Object.hasOwn(operations, name))).toEqual([])
})

test("from-pykeops names each reduction's method, and methods that exist", () => {
  const methods = Object.keys(reductions).map(method)
  const names = called(/\bf\.(\w+)\(/g)
  expect(names.filter((name) => !methods.includes(name))).toEqual([])
  const missing = methods.filter((name) => !names.includes(name))
  // Those that PyKeOps's LazyTensor lacks, and the twins of `min`.
  expect(missing).toEqual(["maxSumShiftExp", "product", "max", "argMax", "maxArgMax"])
})
