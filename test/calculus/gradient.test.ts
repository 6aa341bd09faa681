// Gradients against finite differences of the oracle, for every row of the table and for formulas of many; and gradients of gradients.
import { describe, expect, test } from "vitest"
import { gradient } from "../../src/calculus/gradient.ts"
import { number } from "../../src/calculus/trees.ts"
import type { Node } from "../../src/formula/node.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import { print as printNode } from "../../src/formula/print.ts"
import { evaluate } from "../support/oracle.ts"
import { random } from "../support/run.ts"
import { samples } from "../support/samples.ts"

const dims = { x: 3, y: 3, s: 1, t: 1, A: 6, W: 9, e: 3, u: 3 }
type Name = keyof typeof dims
type Point = Record<Name, number[]>

const point = (seed: number, low: number, high: number): Point =>
  Object.fromEntries(Object.entries(dims).map(([name, dim], n) => [name, Array.from(random(seed + n, dim, low, high))])) as Point

/** A tree as calls. */
const print = (node: Node): string => (node.kind === "call" ? `${node.name}(${node.args.map(print).join(", ")})` : printNode(node))

/** The gradient of sum(weight * f) by central differences. */
function differences(f: Node, name: Name, weight: readonly number[], at: Point): number[] {
  const value = (shift: number, k: number) => {
    const moved = { ...at, [name]: at[name].map((component, l) => (l === k ? component + shift : component)) }
    return evaluate(f, moved).reduce((total, component, n) => total + component * weight[n]!, 0)
  }
  const h = 1e-5
  return at[name].map((_, k) => (8 * (value(h, k) - value(-h, k)) - (value(2 * h, k) - value(-2 * h, k))) / (12 * h))
}

/** Compares the gradients with finite differences; `refused` are the variables with respect to which there is none. */
function check(text: string, seed = 1, low = 0.3, high = 0.9, refused: readonly string[] = []): void {
  const f = parse(text, dims)
  const at = point(seed, low, high)
  const weight = Array.from(random(77, f.dim, 0.5, 1.5))
  for (const name of ["x", "y", "s", "t", "A", "W"] as const) {
    // the cotangent is a formula as well: a row of literals
    const cotangent = weight.map((value) => value.toFixed(6)).reduceRight((rest, value) => (rest ? `Concat(${value}, ${rest})` : value), "")
    const made = () => gradient(f, name, dims[name], parse(cotangent, dims))
    if (refused.includes(name)) {
      expect(made, `${text} by ${name}`).toThrow("has no derivative here")
      continue
    }
    const result = made()
    expect(result.dim, `${text} by ${name}`).toBe(dims[name])
    const exact = differences(
      f,
      name,
      weight.map((value) => Number(value.toFixed(6))),
      at,
    )
    const got = evaluate(result, at)
    for (const [k, value] of got.entries()) {
      expect(Math.abs(value - exact[k]!), `${text} by ${name}[${k}]: ${print(result)}`).toBeLessThan(1e-7 * (1 + Math.abs(exact[k]!)))
    }
  }
}

/** Variables without a gradient: the third derivatives of soft-DTW are not there. */
const refusals: Readonly<Record<string, readonly string[]>> = { "DiffGradSoftDTW_SqDist(x, y, 0.7, y, x)": ["x", "y"] }

describe("the gradient of every row of the table", () => {
  for (const [name, texts] of samples(3)) {
    test.each(texts)(`agrees with finite differences: ${name}, %s`, (text) => check(text, 1, 0.3, 0.9, refusals[text]))
  }
  test("is an error if an operation that depends on the variable has no derivative", () => {
    const refused = (text: string, name: string) => () => gradient(parse(text, dims), name, 1, parse("1", dims))
    expect(refused("DiffGradSoftDTW_SqDist(s, t, 0.5, s, t)", "s")).toThrow("`DiffGradSoftDTW_SqDist` has no derivative here")
    expect(refused("SoftDTW_SqDist(x, y, s)", "s")).toThrow("`SoftDTW_SqDist` has no derivative here")
    expect(refused("BSpline(Concat(Concat(0, s), 1), t, 1)", "s")).toThrow("`BSpline` has no derivative here")
    expect(evaluate(gradient(parse("BSpline(x, t, 1) + s", dims), "s", 1, parse("1", dims)), point(1, 0, 1))).toEqual([1])
  })
})

test.each([
  "Exp(-SqNorm2(x - y))",
  "Exp(-s * SqDist(x, y)) * (x | y) * x",
  "Norm2(x - y) / (1 + Norm2(x)) + t * Sum(x * Log(y))",
  "Sum(MatVecMult(A, Normalize(x))) * Sqrt(SqNorm2(VecMatMult(y, A)))",
  "TensorProd(x, Concat(s, y)) * 2 - Elem(W, 4)",
  "WeightedSqDist(W, x * s, y) * Pow(x - y, 3)",
])("the gradient of a formula of several operations agrees with finite differences: %s", (text) => check(text, 5))

test("the derivative is 0 at a kink or a singular point, as in KeOps", () => {
  const zero = { x: [0, 0, 0], e: [1, 1, 1] }
  const at = (text: string) => Array.from(evaluate(gradient(parse(text, { x: 3 }), "x", 3, number(1)), zero), (value) => value + 0)
  expect(at("Norm2(x)")).toEqual([0, 0, 0])
  expect(at("Abs(x)")).toEqual([0, 0, 0])
  expect(at("ReLU(x)")).toEqual([1, 1, 1])
  expect(at("Normalize(x)")).toEqual([0, 0, 0])
})

test("a variable that does not occur has gradient 0", () => {
  expect(print(gradient(parse("Exp(x)", { x: 3 }), "y", 2, number(1)))).toBe("Zero(2)")
})

test("gradients of gradients agree with finite differences", () => {
  const f = parse("Exp(-SqDist(x, y)) * (x | y)", dims)
  const at = point(9, 0.2, 0.8)
  // d/dx (u | grad f) by the calculus, against differences of (u | grad f)
  const first = gradient(f, "x", 3, number(1))
  const second = gradient(first, "x", 3, { kind: "variable", name: "u", dim: 3, start: 0, end: 0 })
  const exact = differences(first, "x", at.u, at)
  for (const [k, value] of evaluate(second, at).entries()) expect(value).toBeCloseTo(exact[k]!, 6)
})

test("the gradient of a long chain stays small, because trees share parts", () => {
  let text = "x"
  for (let n = 0; n < 12; n++) text = `Exp(Sum(${text} * ${n % 2 ? "y" : "s"}) * x)`
  const nodes = new Set<Node>()
  const count = (node: Node) => {
    if (nodes.has(node)) return
    nodes.add(node)
    if (node.kind === "call") node.args.forEach(count)
  }
  count(gradient(parse(text, dims), "x", 3, number(1)))
  expect(nodes.size).toBeLessThan(600)
})
