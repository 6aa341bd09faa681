// The parser: what it accepts and how, and the position and sentence of each mistake.
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { FormulaError } from "../../src/formula/error.ts"
import type { Node } from "../../src/formula/node.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import { print } from "../../src/formula/print.ts"
import { dims, node } from "./arbitrary.ts"
import { mistakes, variables } from "./mistakes.ts"

const shape = (n: Node): string =>
  n.kind === "call" ? `${n.name}(${n.args.map(shape).join(",")})` : n.kind === "variable" ? n.name : print(n)
const shapeOf = (text: string) => shape(parse(text, variables))

describe("parse", () => {
  test.each([
    ["x + y * u", "Add(x,Mult(y,u))"],
    ["x - y - x", "Subtract(Subtract(x,y),x)"],
    ["x / u / u", "Divide(Divide(x,u),u)"],
    ["-x * y", "Mult(Minus(x),y)"],
    ["-x ** 2", "Minus(Square(x))"],
    ["x ** -1", "Pow(x,-1)"],
    ["u ** u ** 2", "Powf(u,Square(u))"],
    ["x ** 0.5", "Sqrt(x)"],
    ["x ** -0.5", "Rsqrt(x)"],
    ["x ** 3", "Pow(x,3)"],
    ["x ** 1.5", "Powf(x,1.5)"],
    ["x ** u", "Powf(x,u)"],
    ["x + y | x - y", "Scalprod(Add(x,y),Subtract(x,y))"],
    ["x | y * x", "Scalprod(x,Mult(y,x))"],
    ["x | y < u", "LessThan(Scalprod(x,y),u)"],
    ["x > y", "LessThan(y,x)"],
    ["x >= y", "LessOrEqual(y,x)"],
    ["x == y", "Equal(x,y)"],
    ["x != y", "NotEqual(x,y)"],
    ["(x < y) < u", "LessThan(LessThan(x,y),u)"],
    ["- -x", "Minus(Minus(x))"],
    ["--2", "2"],
    ["(-2) ** 2", "Square(-2)"],
    ["-2 ** 2", "Minus(Square(2))"],
    ["Pow(x, (-1))", "Pow(x,-1)"],
    ["IntCst(-2)", "IntCst(-2)"],
    ["0.5 * x", "Mult(0.5,x)"],
    ["1e-3 * x", "Mult(0.001,x)"],
    [" Exp (\n\tx\r\n) ", "Exp(x)"],
    ["Var(1, 3, 1) - Var(0,3,0)", "Subtract(y,x)"],
  ])("reads %s", (text, tree) => expect(shapeOf(text)).toBe(tree))

  test("reads a name before a parenthesis as an operation, and elsewhere as a variable", () => {
    expect(shape(parse("Exp(Exp)", { Exp: 3 }))).toBe("Exp(Exp)")
    expect(parse("Exp(Exp)", { Exp: 3 }).dim).toBe(3)
  })

  test("records the positions of nodes", () => {
    const text = "  Exp( (x - y) )"
    const tree = parse(text, variables)
    expect(text.slice(tree.start, tree.end)).toBe("Exp( (x - y) )")
    const [inner] = tree.kind === "call" ? tree.args : []
    expect(text.slice(inner!.start, inner!.end)).toBe("(x - y)")
  })

  test("reads long formulas", () => {
    expect(parse(Array(20_000).fill("x").join(" + "), variables).dim).toBe(3)
    expect(parse(`${"(".repeat(20_000)}x${")".repeat(20_000)}`, variables).dim).toBe(3)
  })
})

describe("parse: mistakes", () => {
  test.each(mistakes)("reports %s", (text, sentence, place) => {
    let error: unknown
    try {
      parse(text, variables)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(FormulaError)
    const { message, start, end } = error as FormulaError
    expect(message).toBe(sentence)
    expect(text.slice(start, end)).toBe(place)
  })

  test("report the first unknown variable in the order of the text", () => {
    expect(() => parse("Var(9,3,0)", { x: 3 })).toThrow(
      "`Var(9,3,0)` is the variable at position 9, but the number of variables is 1; positions count from 0",
    )
    expect(() => parse("Var(0,2,0)", { x: 3 })).toThrow("`Var(0,2,0)` is the variable `x`, which has dimension 3")
  })
})

describe("print", () => {
  const bare = (n: Node): unknown =>
    JSON.parse(JSON.stringify(n, (key, value) => (key === "start" || key === "end" ? undefined : Object.is(value, -0) ? "-0" : value)))

  test("is the inverse of parse", () => {
    fc.assert(
      fc.property(node, (tree) => {
        expect(bare(parse(print(tree), dims))).toEqual(bare(tree))
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    "x - y * u",
    "(x - y) * u",
    "-x ** 2",
    "(-2) ** 2",
    "x - (y - x)",
    "x | (y | x)",
    "Minus(2)",
    "Pow(x, 2)",
    "(x < y) < u",
    "x ** -u",
    "Powf(x, 2)",
  ])("keeps %s", (text) => expect(print(parse(text, variables))).toBe(text))
})
