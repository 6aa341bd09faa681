// Rewrites: each keeps the values, and the dimension; what they must not hide is kept; what they do to trees.
import { describe, expect, test } from "vitest"
import { derive } from "../../src/calculus/derive.ts"
import { type Pattern, readPattern } from "../../src/calculus/pattern.ts"
import { simplify } from "../../src/calculus/simplify.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import { print } from "../../src/formula/print.ts"
import { rewrites } from "../../src/operations/rewrites.ts"
import { integerArguments } from "../../src/operations/shapes.ts"
import { operations } from "../../src/operations/table.ts"
import { evaluate } from "../support/oracle.ts"
import { random, run } from "../support/run.ts"

const simple = (text: string, dims: Readonly<Record<string, number>>) => print(simplify(derive(parse(text, dims))))

/** The letters of a pattern, and whether an integer belongs there. */
function letters(pattern: Pattern, isInteger = false): (readonly [letter: string, isInteger: boolean])[] {
  if (pattern.kind === "letter") return [[pattern.letter, isInteger]]
  if (pattern.kind !== "call") return []
  const integers = integerArguments[operations[pattern.name].shape] ?? []
  return pattern.args.flatMap((arg, n) => letters(arg, isInteger || integers.includes(n)))
}

/** A pattern as a formula with these integers, the letters being variables. */
function write(
  pattern: Pattern,
  numbers: Readonly<Record<string, number>>,
  dims: Readonly<Record<string, number>>,
  inInteger = false,
): string {
  if (pattern.kind === "number") return `${pattern.value}`
  if (pattern.kind === "dimension") return `${dims[pattern.letter]}`
  if (pattern.kind === "letter") return pattern.letter in numbers ? `${numbers[pattern.letter]}` : pattern.letter
  const integers = integerArguments[operations[pattern.name].shape] ?? []
  const args = pattern.args.map((arg, n) => write(arg, numbers, dims, inInteger || integers.includes(n)))
  if (inInteger) return `${pattern.name === "Add" ? Number(args[0]) + Number(args[1]) : Number(args[0]) - Number(args[1])}`
  return `${pattern.name}(${args.join(", ")})`
}

function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((made, list) => made.flatMap((start) => list.map((item) => [...start, item])), [[]])
}

/** Both sides with all small dimensions and integers that the rules allow. */
function instances(from: string, to: string) {
  const pattern = readPattern(from)
  const all = [...new Map(letters(pattern))]
  const numbers = all.filter(([, isInteger]) => isInteger).map(([letter]) => letter)
  const formulas = all.filter(([, isInteger]) => !isInteger).map(([letter]) => letter)
  return product(formulas.map(() => [1, 2, 3, 4])).flatMap((sizes) =>
    product(numbers.map(() => [0, 1, 2, 3])).flatMap((values) => {
      const dims = Object.fromEntries(formulas.map((letter, n) => [letter, sizes[n]!]))
      const chosen = Object.fromEntries(numbers.map((letter, n) => [letter, values[n]!]))
      try {
        const sides = [pattern, readPattern(to)].map((side) => parse(write(side, chosen, dims), dims))
        return sides[0]!.dim === sides[1]!.dim ? [{ dims, left: sides[0]!, right: sides[1]! }] : []
      } catch {
        return [] // the rules of dimensions do not allow it, so it is never made
      }
    }),
  )
}

describe.each(rewrites.map(({ from, to }) => [from, to] as const))("%s is %s", (from, to) => {
  const found = instances(from, to)
  test("has the same values wherever it applies", () => {
    expect(found.length).toBeGreaterThan(0)
    for (const [n, { dims, left, right }] of found.entries()) {
      for (const special of [undefined, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]) {
        const at = Object.fromEntries(
          Object.entries(dims).map(([name, dim], place) => [
            name,
            Array.from(random(n + 7 * place, dim, -2, 2), (value, k) =>
              special !== undefined && k === (n + place) % dim ? special : value,
            ),
          ]),
        )
        const [one, other] = [evaluate(left, at), evaluate(right, at)]
        for (const [k, value] of one.entries()) {
          const same = Object.is(value + 0, other[k]! + 0) || Math.abs(value - other[k]!) <= 1e-12 * (1 + Math.abs(value))
          expect(same, `${print(left)} is ${value}, ${print(right)} is ${other[k]} at ${JSON.stringify(at)}`).toBe(true)
        }
      }
    }
  })
  test("is found, and ends", () => {
    const { dims, left } = found.at(-1)!
    const text = print(simplify(left))
    expect(text.length).toBeLessThanOrEqual(print(left).length + 2)
    expect(simple(text, dims)).toBe(text)
    expect(text).not.toBe(print(left))
  })
})

describe("simplify keeps", () => {
  const dims = { x: 3, y: 3, s: 1 }
  test.each(["x - x", "0 * x", "x / x", "Exp(x) * Exp(y)", "Exp(Log(x))", "Log(Exp(x))", "(x ** 0.5) ** 2", "Zero(3) * x", "x * (1 / x)"])(
    "%s",
    (text) => {
      expect(simple(text, dims)).toBe(text)
    },
  )
  test("operations that return NaN", async () => {
    for (const text of ["x - x", "0 * x", "Zero(3) * x", "Concat(x, 1) - Concat(x, 1)"]) {
      const { values } = await run(text, ["x = Vi(3)"], "Sum", [[1, Number.NaN, Number.POSITIVE_INFINITY]])
      expect(values!.slice(1, 3), text).toEqual([Number.NaN, Number.NaN])
    }
  })
})

test("simplify removes zeros of the calculus", () => {
  const dims = { x: 3, y: 3, s: 1 }
  expect(simple("Grad(Exp(y), x, y) * Exp(x) + x", dims)).toBe("x")
  expect(simple("Grad(Exp(y), x, y) + s", dims)).toBe("SumT(s, 3)")
  expect(simple("Grad(Exp(x) * y, x, Grad(y, x, s))", dims)).toBe("Zero(3)")
})

test("simplify makes gradients as short as written by hand", () => {
  const dims = { x: 3, y: 3, s: 1 }
  expect(simple("Grad(x | y, x, 1)", dims)).toBe("y")
  expect(simple("Grad(Sum(x), x, 1)", dims)).toBe("SumT(1, 3)")
  expect(simple("Grad(Exp(s), s, 1)", dims)).toBe("Exp(s)")
  expect(simple("Diff(x * y, x, y)", dims)).toBe("y ** 2")
})

test("simplify shares equal parts", () => {
  const tree = simplify(parse("Exp(x * y) + Sin(Exp(x * y))", { x: 3, y: 3 }))
  if (tree.kind !== "call" || tree.args[1]!.kind !== "call") throw new Error("expected a sum")
  expect(tree.args[1]!.args[0]).toBe(tree.args[0])
})
