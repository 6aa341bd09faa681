// Aliases, declarations inside a text, and near names, each with its twin in types.
import { describe, expect, test } from "vitest"
import { parseAlias, parseAliases, printAlias } from "../../src/formula/alias.ts"
import { FormulaError } from "../../src/formula/error.ts"
import { inline } from "../../src/formula/inline.ts"
import { near } from "../../src/formula/parser/suggest.ts"
import { operations } from "../../src/operations/table.ts"
import { evaluate } from "../types/evaluate.ts"

const right: readonly (readonly [text: string, declaration: readonly string[]])[] = [
  ["x = Vi(3)", ["x", "Vi", "3"]],
  ["x=Vj(3)", ["x", "Vj", "3"]],
  [" long_Name2 =\tPm ( 784 ) ", ["long_Name2", "Pm", "784"]],
  ["u = Vi(0,2)", ["u", "Vi", "2", "0"]],
  ["u = Vi( 11 , 2 )", ["u", "Vi", "2", "11"]],
  ["Exp = Vi(3)", ["Exp", "Vi", "3"]],
]
const wrong: readonly (readonly [text: string, sentence: string])[] = [
  ["x Vi(3)", "`x Vi(3)` is not an alias; write it like `x = Vi(3)`"],
  ["", "`` is not an alias; write it like `x = Vi(3)`"],
  ["x = Vi(3) y", "`x = Vi(3) y` is not an alias; write it like `x = Vi(3)`"],
  ["x = Vi", "`x = Vi` is not an alias; write it like `x = Vi(3)`"],
  ["x = Vk(3)", "in `x = Vk(3)`: the category `Vk` must be Vi, Vj or Pm"],
  ["x = Var(0,3,0)", "in `x = Var(0,3,0)`: the category `Var` must be Vi, Vj or Pm"],
  ["2x = Vi(3)", "in `2x = Vi(3)`: `2x` is not a name; names have letters, digits and _, and begin with no digit"],
  ["é = Vi(3)", "in `é = Vi(3)`: `é` is not a name; names have letters, digits and _, and begin with no digit"],
  ["= Vi(3)", "in `= Vi(3)`: `` is not a name; names have letters, digits and _, and begin with no digit"],
  ["x = Vi(0)", "in `x = Vi(0)`: the dimension `0` must be an integer from 1 to 16777216"],
  ["x = Vi(-3)", "in `x = Vi(-3)`: the dimension `-3` must be an integer from 1 to 16777216"],
  ["x = Vi(3.5)", "in `x = Vi(3.5)`: the dimension `3.5` must be an integer from 1 to 16777216"],
  ["x = Vi(03)", "in `x = Vi(03)`: the dimension `03` must be an integer from 1 to 16777216"],
  ["x = Vi()", "in `x = Vi()`: the dimension `` must be an integer from 1 to 16777216"],
  ["x = Vi(0,1,2)", "in `x = Vi(0,1,2)`: the dimension `1,2` must be an integer from 1 to 16777216"],
  ["x = Vi(-1,2)", "in `x = Vi(-1,2)`: the position `-1` must be an integer, 0 or more"],
]

const message = (make: () => unknown) => {
  try {
    make()
  } catch (error) {
    if (error instanceof FormulaError) return error.message
    throw error
  }
  return undefined
}

describe("aliases", () => {
  test.each(right)("%s", (text, [name, category, dim, position]) => {
    const declaration = parseAlias(text)
    expect(declaration).toEqual({ name, category, dim: Number(dim), ...(position !== undefined && { position: Number(position) }) })
    expect(printAlias(declaration)).toBe(`${name} = ${category}(${dim})`)
  })
  test.each(wrong)("%s", (text, sentence) => expect(message(() => parseAlias(text))).toBe(sentence))

  test("are read alike by types", () => {
    const texts = [...right, ...wrong].map(([text]) => text)
    const values = evaluate(
      'import type { Alias } from "../../src/formula/alias.ts"',
      texts.map((text) => `Alias<${JSON.stringify(text)}>`),
    )
    expect(values).toEqual([...right, ...wrong].map(([, said]) => said))
  })

  test("have their places among the inputs", () => {
    expect(parseAliases(["y = Vj(1,3)", "x = Vi(0,2)"]).map(({ name }) => name)).toEqual(["x", "y"])
    expect(message(() => parseAliases(["x = Vi(3)", "x = Vj(2)"]))).toBe("`x` is declared twice; give each variable its own name")
    for (const list of [["x = Vi(1,3)"], ["x = Vi(0,3)", "y = Vj(0,3)"], ["y = Vj(1,3)", "x = Vi(3)"]]) {
      expect(message(() => parseAliases(list))).toMatch(/^the positions of aliases must be 0, 1, 2/)
    }
  })
})

describe("declarations in a text", () => {
  test("leave the names", () => {
    expect(inline("$<x:Vi(3)> + $< y : Pm(1) > * $<x>")).toEqual({
      text: "x + y * x",
      variables: [
        { name: "x", category: "Vi", dim: 3 },
        { name: "y", category: "Pm", dim: 1 },
      ],
    })
  })
  test("say the place of a mistake", () => {
    const text = "x + $<y:Vi(0)>"
    let error: unknown
    try {
      inline(text)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(FormulaError)
    const { start, end } = error as FormulaError
    expect(text.slice(start, end)).toBe("$<y:Vi(0)>")
  })
})

describe("near names", () => {
  const names = Object.keys(operations)
  const cases = [
    "exp",
    "EXP",
    "Expp",
    "Ep",
    "Exo",
    "sqnorm2",
    "SqNorm",
    "Norm",
    "Foo",
    "Weighted",
    "WeightedSqN",
    "relu",
    "Concatenate",
    "Q",
    "Sinn",
    "Div",
  ]
  test("are the one that fits", () => {
    expect(near("exp", names)).toBe("Exp")
    expect(near("SqDis", names)).toBe("SqDist")
    expect(near("relu", names)).toBe("ReLU")
    expect(near("Foo", names)).toBe("")
    expect(near("Norm", names)).toBe("")
  })
  test("are the same in types", () => {
    const head =
      'import type { Near } from "../../src/formula/parser/suggest.ts"\nimport type { OperationName } from "../../src/operations/table.ts"'
    expect(
      evaluate(
        head,
        cases.map((name) => `Near<"${name}", OperationName>`),
      ),
    ).toEqual(cases.map((name) => near(name, names)))
  })
})

describe("digits", () => {
  test("add, multiply and compare as numbers do", () => {
    const numbers = [0, 1, 2, 9, 10, 19, 64, 99, 100, 101, 784, 999, 4096, 123456]
    const pairs = numbers.flatMap((a) => numbers.map((b) => [a, b] as const))
    const head = 'import type { Add, AtMost, Less, Times } from "../../src/formula/dimensions/decimal.ts"'
    const operation = (name: string) =>
      evaluate(
        head,
        pairs.map(([a, b]) => `${name}<"${a}", "${b}">`),
      )
    expect(operation("Add")).toEqual(pairs.map(([a, b]) => String(a + b)))
    expect(operation("Times")).toEqual(pairs.map(([a, b]) => String(a * b)))
    expect(operation("Less")).toEqual(pairs.map(([a, b]) => String(a < b)))
    expect(operation("AtMost")).toEqual(pairs.map(([a, b]) => String(a <= b)))
  })
})
