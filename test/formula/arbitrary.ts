// Random formulas for property tests: trees as the parser makes them, valid by construction, and texts with mistakes.
import fc from "fast-check"
import { common } from "../../src/formula/dimensions/operand.ts"
import type { Node } from "../../src/formula/node.ts"
import { operations } from "../../src/operations/table.ts"

export const dims = { x: 3, y: 3, u: 1, v: 1, w: 9, M: 12 }

const at = { start: 0, end: 0 }
const variables: readonly Node[] = Object.entries(dims).map(([name, dim]) => ({ kind: "variable", name, dim, ...at }))
const literal = (value: number): Node => ({ kind: "number", value, dim: 1, ...at })

type Name = keyof typeof operations
const ofShape = (...shapes: readonly string[]) =>
  (Object.keys(operations) as Name[]).filter((name) => shapes.includes(operations[name].shape))
const call = (name: Name, dim: number, ...args: readonly Node[]): Node => ({ kind: "call", name, dim, args, ...at })

/** Calls of every shape on operands of any dimension; what does not fit becomes an operand itself. */
export const node: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => {
  const child = tie("node")
  const leaf = fc.oneof(fc.constantFrom(...variables), fc.constantFrom(0, 1, 2, 3, 0.5, -1, -2, 1e-3, 1.25, 100).map(literal))
  const integer = fc.integer({ min: -3, max: 4 }).map(literal)
  const unary = fc.tuple(fc.constantFrom(...ofShape("same")), child).map(([name, f]) => call(name, f.dim, f))
  const toOne = fc.tuple(fc.constantFrom(...ofShape("scalar")), child).map(([name, f]) => call(name, 1, f))
  const binary = fc.tuple(fc.constantFrom(...ofShape("broadcast2", "quotient", "pair")), child, child).map(([name, f, g]) => {
    const { shape } = operations[name]
    const dim = common(f.dim, g.dim)
    const zero = shape === "quotient" && g.kind === "number" && g.value === 0
    return dim === 0 || zero ? f : call(name, shape === "pair" ? 1 : dim, f, g)
  })
  const integers = fc.tuple(fc.constantFrom(...ofShape("sameInteger")), child, integer).map(([name, f, n]) => call(name, f.dim, f, n))
  const concat = fc.tuple(fc.constantFrom(...ofShape("concat")), child, child).map(([name, f, g]) => call(name, f.dim + g.dim, f, g))
  const element = fc.tuple(fc.constantFrom(...ofShape("element")), child).map(([name, f]) => call(name, 1, f, literal(f.dim - 1)))
  const extract = fc
    .tuple(fc.constantFrom(...ofShape("extract")), child)
    .map(([name, f]) => call(name, f.dim, f, literal(0), literal(f.dim)))
  return {
    node: fc.oneof({ maxDepth: 5, depthIdentifier: "node" }, leaf, unary, binary, binary, toOne, integers, concat, element, extract),
  }
}).node

/** A valid text with one letter removed, doubled or replaced. */
export const spoil = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(text.length), fc.constantFrom("", "(", ")", ",", "+", "*", "x", "2", " ", "<", "|", "q", "E", "**", "-", "0", "/"))
    .map(([n, other]) => text.slice(0, n) + other + text.slice(n + 1))
